// SPDX-License-Identifier: Apache-2.0
package org.example.app;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Virtual threads that stand still on all carriers until a line comes on standard input: {@code initialiser},
 * {@code loader}, {@code monitor}, or, for which the JDK lends carriers, {@code pipe}.
 *
 * @since 1.0
 */
public final class StandingApp {
    private static final CountDownLatch GO = new CountDownLatch(1);
    private static final ReentrantLock LOCK = new ReentrantLock();

    private StandingApp() {
    }

    /** What takes long to initialise. */
    private static final class Config {
        static final int VALUE = awaited();

        private Config() {
        }

        private static int awaited() {
            await();
            return 1;
        }
    }

    /** What takes long to load a class. */
    private static final class Loader extends ClassLoader {
        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            await();
            throw new ClassNotFoundException(name);
        }
    }

    /**
     * Runs one of the cases.
     *
     * @param arguments its name
     * @throws Exception if it fails
     */
    public static void main(String[] arguments) throws Exception {
        LOCK.lock();
        List<Thread> threads = new ArrayList<>();
        CountDownLatch begun = new CountDownLatch(Load.carriers());
        for (int i = 0; i < Load.carriers(); i++) {
            threads.add(Thread.startVirtualThread(() -> {
                begun.countDown();
                stand(arguments[0]);
            }));
        }
        begun.await();
        Load.print("standing", threads.size());
        System.in.read();
        GO.countDown();
        LOCK.unlock();
        for (Thread thread : threads) {
            thread.join();
        }
        Load.print("done", threads.size());
    }

    private static void stand(String how) {
        try {
            switch (how) {
                case "initialiser" -> request();
                case "loader" -> use(new Loader());
                case "monitor" -> caller();
                default -> read();
            }
        } catch (ReflectiveOperationException | java.io.IOException expected) {
            return;
        }
    }

    private static int request() {
        return Config.VALUE;
    }

    private static void use(ClassLoader loader) throws ReflectiveOperationException {
        Class.forName("org.example.absent.Type" + Thread.currentThread().threadId(), true, loader);
    }

    private static void caller() {
        new StandingApp().guarded();
    }

    private synchronized void guarded() {
        LOCK.lock();
        LOCK.unlock();
    }

    private static void read() throws java.io.IOException {
        Process silent = new ProcessBuilder("sleep", "600").start();
        Thread.startVirtualThread(() -> {
            await();
            silent.destroy();
        });
        silent.getInputStream().read();
    }

    private static void await() {
        try {
            GO.await(10, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
