// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.jdk;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Has this JVM load an agent through its own attach listener, as {@code com.sun.tools.attach} has another one do it.
 * That API refuses to attach to its own JVM, and a second JVM to do so takes half a second.
 *
 * <p>HotSpot on Linux: the listener begins when the file {@code .attach_pidN} is there as the JVM gets the signal QUIT.
 * It listens at the socket {@code .java_pidN}, and loads the agent that the command {@code load} names. Byte Buddy's
 * {@code ForEmulatedAttachment} does the same.
 *
 * <p><b>Important</b>: QUIT prints a thread dump where the listener may not begin, and ends a JVM that ignores it. So
 * whoever calls this must know that this JVM runs without {@code -XX:+DisableAttachMechanism} and {@code -Xrs}.
 *
 * @since 1.0
 */
public final class OwnAttachListener {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long POLL_NANOS = 500_000;
    private static final int LONGEST_ANSWER = 4096;
    /** Version of the protocol, command, and its three arguments; each ends with a zero. */
    private static final String LOAD = "1\0load\0instrument\0false\0";

    private OwnAttachListener() {
    }

    /** Tells whether this system has such a listener. */
    public static boolean isKnown() {
        String machine = System.getProperty("java.vm.name", "");
        return System.getProperty("os.name").equals("Linux")
            && (machine.contains("HotSpot") || machine.contains("OpenJDK"));
    }

    /**
     * Loads a Java agent.
     *
     * @param jar the agent's
     * @param argument the agent's, or null
     * @throws IOException if the listener does not begin or does not answer; whether the agent is loaded is for the
     *     caller to see
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public static void load(Path jar, String argument) throws IOException, InterruptedException {
        long pid = ProcessHandle.current().pid();
        Path socket = Path.of("/tmp/.java_pid" + pid);
        if (!Files.exists(socket)) {
            begin(pid, socket);
        }
        String command = LOAD + jar + (argument == null ? "" : "=" + argument) + "\0";
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            ByteBuffer bytes = ByteBuffer.wrap(command.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            // It closes the connection when the agent is loaded.
            ByteBuffer answer = ByteBuffer.allocate(LONGEST_ANSWER);
            while (channel.read(answer) >= 0) {
                answer.clear();
            }
        }
    }

    private static void begin(long pid, Path socket) throws IOException, InterruptedException {
        Path trigger = Files.createFile(Path.of("/tmp/.attach_pid" + pid));
        try {
            Process kill = new ProcessBuilder("kill", "-QUIT", Long.toString(pid))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            if (kill.waitFor() != 0) {
                throw new IOException("kill: exit status " + kill.exitValue());
            }
            long began = System.nanoTime();
            while (!Files.exists(socket)) {
                if (System.nanoTime() - began > LIMIT_NANOS) {
                    throw new IOException("the attach listener does not begin");
                }
                LockSupport.parkNanos(OwnAttachListener.class, POLL_NANOS);
            }
        } finally {
            Files.deleteIfExists(trigger);
        }
    }
}
