// SPDX-License-Identifier: Apache-2.0
package benchmarked.work;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Calls that keep their carrier for {@value #MILLIS} ms, each kind by another means.
 *
 * @since 1.0
 */
public final class Captures {
    /** How long a call keeps its carrier, about. */
    public static final int MILLIS = 200;
    private static final AtomicInteger FIFOS = new AtomicInteger();
    private static final Object MONITOR = new Object();

    private Captures() {
    }

    /** The functions of the C library that {@link #jnaInterface} calls. */
    public interface C extends Library {
        /**
         * Sleeps.
         *
         * @param micros how long
         * @return 0
         */
        int usleep(int micros);
    }

    /**
     * Sleeps in native code, called through an interface of JNA's.
     *
     * @return the work
     */
    public static Work jnaInterface() {
        C c = Native.load("c", C.class);
        return () -> c.usleep((int) TimeUnit.MILLISECONDS.toMicros(MILLIS));
    }

    /**
     * Reads a byte from a named pipe, which gets one now and then.
     *
     * @param folder where the pipe is made
     * @return the work
     * @throws Exception if there is no {@code mkfifo}
     */
    public static Work fifo(Path folder) throws Exception {
        File fifo = folder.resolve("fifo-" + ProcessHandle.current().pid() + "-" + FIFOS.incrementAndGet()).toFile();
        fifo.deleteOnExit();
        if (new ProcessBuilder("mkfifo", fifo.getPath()).inheritIO().start().waitFor() != 0) {
            throw new IOException("mkfifo failed for " + fifo);
        }
        Thread.ofPlatform().daemon().name("writer of " + fifo.getName()).start(() -> write(fifo));
        RandomAccessFile file = new RandomAccessFile(fifo, "r");
        return file::read;
    }

    private static void write(File fifo) {
        try (FileOutputStream out = new FileOutputStream(fifo)) {
            while (true) {
                Thread.sleep(MILLIS);
                out.write(1);
            }
        } catch (IOException | InterruptedException e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    /**
     * Waits for a file's lock, which another process holds most of the time.
     *
     * @param folder where the file is
     * @return the work, for one caller only: within a JVM a second one gets an exception
     * @throws IOException if the file cannot be written to
     */
    public static Work fileLock(Path folder) throws IOException {
        Path file = folder.resolve("locked");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLockHolder.start(file);
        return () -> {
            try (FileLock lock = channel.lock()) {
                return lock.isValid() ? 1 : 0;
            }
        };
    }

    /**
     * Initialises a class whose initialiser parks.
     *
     * @return the work
     */
    public static Work classInitialiser() {
        return () -> {
            Class.forName(Parks.class.getName(), true, new Copies());
            return 1;
        };
    }

    /** Its initialiser parks. */
    static final class Parks {
        static {
            park();
        }

        private Parks() {
        }
    }

    /** Defines {@link Parks} anew. */
    private static final class Copies extends ClassLoader {
        Copies() {
            super(Captures.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(Parks.class.getName())) {
                return super.loadClass(name, resolve);
            }
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * Parks above a native frame: the JVM asks a class loader for a class, and the loader parks.
     *
     * @return the work
     */
    public static Work pinnedPark() {
        return () -> {
            try {
                Class.forName("there.is.None", false, new ClassLoader(null) {
                    @Override
                    protected Class<?> findClass(String name) throws ClassNotFoundException {
                        park();
                        throw new ClassNotFoundException(name);
                    }
                });
                return 0;
            } catch (ClassNotFoundException expected) {
                return 1;
            }
        };
    }

    /** Parks the thread; public, because {@link Parks} is in another loader. */
    public static void park() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /**
     * Sleeps with a monitor held that all callers want. Before JDK 24 those that wait for it keep their carriers, too.
     *
     * @return the work
     */
    public static Work monitor() {
        return () -> {
            synchronized (MONITOR) {
                Thread.sleep(MILLIS);
            }
            return 1;
        };
    }
}
