// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A JVM that has been started. It is killed by {@link #close} if it has not ended. */
final class Running implements AutoCloseable {
    static final String OUT = "out";
    static final String ERR = "err";
    private static final long LOOK_MILLIS = 20;

    private final String command;
    private final Jdk jdk;
    private final Process process;
    private final Path files;
    private final Duration timeout;

    Running(String command, Jdk jdk, Process process, Path files, Duration timeout) {
        this.command = command;
        this.jdk = jdk;
        this.process = process;
        this.files = files;
        this.timeout = timeout;
    }

    String pid() {
        return Long.toString(process.pid());
    }

    /** Waits until it has printed a line that begins so. */
    Running awaitLine(String begin) {
        return await("line '" + begin + "'", out -> out.lines().anyMatch(line -> line.startsWith(begin)));
    }

    /** What stands behind this in the line that begins so. */
    String lineAfter(String begin) {
        try {
            return Files.readString(files.resolve(OUT)).lines().filter(line -> line.startsWith(begin)).findFirst()
                .orElseThrow().substring(begin.length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it has printed this, anywhere. */
    Running awaitText(String text) {
        return await(text, out -> out.contains(text));
    }

    /** Waits until it has written this to its standard error, anywhere. */
    Running awaitError(String text) {
        return await(text, ERR, err -> err.contains(text));
    }

    /** Waits until it has made this file. */
    Running awaitFile(Path file) {
        return await("file " + file, out -> Files.exists(file));
    }

    private Running await(String what, Predicate<String> printed) {
        return await(what, OUT, printed);
    }

    private Running await(String what, String file, Predicate<String> printed) {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            while (!printed.test(Files.readString(files.resolve(file)))) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new AssertionError(command + "\nprinted no " + what + "\n" + outAndErr() + threads());
                }
                Thread.sleep(LOOK_MILLIS);
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(command, e);
        }
    }

    /** Sends it a line. */
    Running tell(String line) {
        return type(line + "\n");
    }

    /** Sends it this and nothing more. */
    Running type(String keys) {
        try {
            process.getOutputStream().write(keys.getBytes());
            process.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes its standard input and waits for its end. */
    Run end() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(command + "\nstill runs after " + timeout + "\n" + outAndErr() + threads());
            }
            return new Run(command, process.exitValue(), Files.readString(files.resolve(OUT)),
                Files.readString(files.resolve(ERR)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(command, e);
        } finally {
            close();
        }
    }

    private String outAndErr() throws IOException {
        return Files.readString(files.resolve(OUT)) + Files.readString(files.resolve(ERR));
    }

    /** What its threads are doing, or how it has ended. */
    String threads() {
        try {
            return process.isAlive() ? ThreadDump.of(jdk, process, files) : "exit status " + process.exitValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(command, e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
