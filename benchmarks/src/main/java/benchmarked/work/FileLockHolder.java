// SPDX-License-Identifier: Apache-2.0
package benchmarked.work;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A process that keeps a file locked, but for a moment now and then.
 *
 * @since 1.0
 */
public final class FileLockHolder {
    private static final int FREE_MILLIS = 20;

    private FileLockHolder() {
    }

    /**
     * Starts one; it ends with this JVM.
     *
     * @param file to be locked, exists
     * @throws IOException if the process cannot be started
     */
    static void start(Path file) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"),
            FileLockHolder.class.getName(), file.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        process.getInputStream().read();   // it has the lock
    }

    /**
     * Locks and unlocks, until its output is closed.
     *
     * @param args the file
     * @throws Exception if the file cannot be locked
     */
    public static void main(String[] args) throws Exception {
        try (FileChannel channel = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE)) {
            while (!System.out.checkError()) {
                try (FileLock lock = channel.lock()) {
                    System.out.println(lock.isValid());
                    Thread.sleep(Captures.MILLIS);
                }
                Thread.sleep(FREE_MILLIS);
            }
        }
    }
}
