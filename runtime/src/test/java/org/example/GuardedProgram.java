// SPDX-License-Identifier: Apache-2.0
package org.example;

import io.tpool.internal.guard.CaptureKind;
import io.tpool.internal.guard.CaptureRow;
import io.tpool.internal.guard.Guard;
import io.tpool.internal.guard.GuardMode;
import io.tpool.internal.guard.GuardSettings;
import io.tpool.testing.Await;
import io.tpool.testing.Occupied.Body;
import io.tpool.testing.Virtual;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Programs whose virtual threads capture carriers, for JVMs of their own. The first argument names the program. */
public final class GuardedProgram {
    private static final CountDownLatch LATCH = new CountDownLatch(1);
    private static final CountDownLatch ENTERED = new CountDownLatch(1);
    static volatile long sink;

    private GuardedProgram() {
    }

    /** Runs the program. */
    public static void main(String[] arguments) throws Exception {
        Virtual.call(() -> null);
        String problem = "bare".equals(arguments[1]) ? null : Guard.start(on());
        System.out.println("problem: " + problem);
        switch (arguments[0]) {
            case "fifo" -> fifo();
            case "initialiser" -> initialiser();
            case "loops" -> loops();
            case "many" -> many(Integer.parseInt(arguments[2]));
            case "changed" -> changed();
            case "switched" -> switched();
            case "leak" -> leak();
            case "nothing" -> { }
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        System.out.println("end");
        System.exit(0);
    }

    private static GuardSettings on() {
        return new GuardSettings(GuardMode.ON, GuardSettings.DEFAULT_PATIENCE_NANOS, GuardSettings.DEFAULT_MAX);
    }

    /** Opening a pipe for reading blocks in native code until somebody opens it for writing. */
    private static final class Pipes {
        private final Path directory = Files.createTempDirectory("pipes");
        private final List<Path> pipes = new ArrayList<>();
        private final List<Thread> readers = new ArrayList<>();

        Pipes(int count) throws Exception {
            for (int i = 0; i < count; i++) {
                Path pipe = directory.resolve("pipe" + i);
                pipes.add(pipe);
            }
            List<String> command = new ArrayList<>(List.of("mkfifo"));
            pipes.forEach(pipe -> command.add(pipe.toString()));
            if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
                throw new AssertionError("no pipes");
            }
            for (Path pipe : pipes) {
                readers.add(Thread.ofVirtual().start(() -> open(pipe)));
            }
        }

        /** Does something while so many carriers are captured. */
        static void during(int count, Body body) throws Exception {
            Pipes pipes = new Pipes(count);
            try {
                body.run();
            } finally {
                pipes.close();
            }
        }

        static void open(Path pipe) {
            try (FileInputStream in = new FileInputStream(pipe.toFile())) {
                in.read();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        void close() throws Exception {
            for (int i = 0; i < pipes.size(); i++) {
                new FileOutputStream(pipes.get(i).toFile()).close();
                Await.end(readers.get(i));
                Files.delete(pipes.get(i));
            }
            Files.delete(directory);
        }
    }

    /** Beats every millisecond until it has seen so many beats; says what the longest gap was. */
    private static String beats(int count) throws Exception {
        AtomicLong worst = new AtomicLong();
        Thread bystander = Thread.ofVirtual().start(() -> {
            long last = System.nanoTime();
            for (int i = 0; i < count; i++) {
                try {
                    Thread.sleep(1);
                } catch (InterruptedException e) {
                    return;
                }
                long now = System.nanoTime();
                worst.set(Math.max(worst.get(), now - last));
                last = now;
            }
        });
        return bystander.join(java.time.Duration.ofSeconds(4)) ? "alive" : "starved";
    }

    private static void restored(int parallelism) throws Exception {
        Await.until("what was lent is given back", () -> Guard.figures().lentCarriers() == 0
                && Guard.figures().parallelism() == parallelism && Guard.figures().capturedCarriers() == 0);
        System.out.println("restored");
    }

    private static void fifo() throws Exception {
        Pipes.during(3, () -> {
            System.out.println("bystander: " + beats(100));
            if (!Guard.isRunning()) {
                System.exit(1);
            }
            Await.until("a name", () -> Guard.captures().stream().anyMatch(row -> row.kind() == CaptureKind.NATIVE));
            for (CaptureRow row : Guard.captures()) {
                System.out.println("row: " + row.method() + " " + row.kind().word() + " by " + row.calledBy());
            }
        });
        restored(1);
    }

    private static final class Config {
        static final int VALUE;

        static {
            ENTERED.countDown();
            try {
                LATCH.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            VALUE = 42;
        }
    }

    private static void initialiser() throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(Thread.ofVirtual().start(() -> sink = Config.VALUE));
        }
        Await.open("the initialiser runs", ENTERED);
        threads.add(Thread.ofVirtual().start(LATCH::countDown));
        for (Thread thread : threads) {
            Await.end(thread);
        }
        restored(1);
    }

    private static void loops() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        for (int i = 0; i < 4; i++) {
            Thread.ofVirtual().start(() -> {
                while (!stop.get()) {
                    sink++;
                }
            });
        }
        System.out.println("bystander: " + beats(20));
        stop.set(true);
        restored(1);
    }

    private static void many(int count) throws Exception {
        Pipes.during(count, () -> {
            Await.until("all are captured", () -> Guard.figures().capturedCarriers() == count);
            System.out.println("bystander: " + beats(100));
        });
        restored(1);
    }

    /**
     * Does something while so many carriers are captured by parks below native frames, for which no JDK makes up by
     * itself.
     */
    private static void pinned(int count, Body body) throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            threads.add(Thread.ofVirtual().start(() -> Virtual.belowNativeFrame(() -> {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            })));
        }
        try {
            body.run();
        } finally {
            release.countDown();
        }
        for (Thread thread : threads) {
            Await.end(thread);
        }
    }

    private static void changed() throws Exception {
        ForkJoinPool pool = scheduler();
        pinned(6, () -> {
            // On a slow machine some of the six are run by helpers. The parallelism is above 3 all the same.
            Await.until("six are lent", () -> Guard.figures().lentCarriers() == 6);
            pool.setParallelism(3);
            Await.until("the new parallelism is the user's", () -> Guard.figures().parallelism() == 3);
            System.out.println("bystander: " + beats(100));
        });
        restored(3);
        System.out.println("parallelism: " + pool.getParallelism());
    }

    private static ForkJoinPool scheduler() throws Exception {
        java.lang.reflect.Field field = Class.forName("java.lang.VirtualThread").getDeclaredField("DEFAULT_SCHEDULER");
        field.setAccessible(true);
        return (ForkJoinPool) field.get(null);
    }

    private static void switched() throws Exception {
        ForkJoinPool pool = scheduler();
        pinned(3, () -> {
            for (GuardMode mode : List.of(GuardMode.OFF, GuardMode.ON, GuardMode.WATCH, GuardMode.ON)) {
                GuardMode set = mode;
                Guard.settings(new GuardSettings(set, GuardSettings.DEFAULT_PATIENCE_NANOS, GuardSettings.DEFAULT_MAX));
                Thread.startVirtualThread(() -> { });
                // On a slow machine a helper runs one of the three, and keeps it.
                Await.until(mode.toString(), () -> set == GuardMode.ON ? Guard.figures().lentCarriers() == 3
                        : pool.getParallelism() == 1);
            }
            Guard.settings(new GuardSettings(GuardMode.ON, GuardSettings.DEFAULT_PATIENCE_NANOS, 2));
            Await.until("not more than max", () -> Guard.figures().lentCarriers() == 2 && pool.getParallelism() <= 3);
        });
        restored(1);
    }

    private static void leak() throws Exception {
        WeakReference<ClassLoader> loader = guest();
        Await.until("the class loader is garbage", () -> {
            System.gc();
            return loader.get() == null;
        });
    }

    /** A class of a loader of its own, whose method captures a carrier. */
    public static final class Guest implements Runnable {
        /** For reflection. */
        public Guest() {
        }

        @Override
        public void run() {
            while (!Thread.currentThread().isInterrupted()) {
                sink++;
            }
        }
    }

    private static WeakReference<ClassLoader> guest() throws Exception {
        URL[] path = {GuardedProgram.class.getProtectionDomain().getCodeSource().getLocation()};
        URLClassLoader loader = new URLClassLoader(path, ClassLoader.getPlatformClassLoader());
        Runnable guest = (Runnable) loader.loadClass(Guest.class.getName()).getConstructor().newInstance();
        Thread thread = Thread.ofVirtual().start(guest);
        Await.until("its method is named",
                () -> Guard.captures().stream().anyMatch(row -> row.method().contains("Guest")));
        thread.interrupt();
        thread.join();
        loader.close();
        return new WeakReference<>(loader);
    }
}
