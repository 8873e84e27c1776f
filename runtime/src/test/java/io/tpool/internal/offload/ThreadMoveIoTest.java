// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.testing.Await;
import io.tpool.testing.Virtual;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JDK's own blocking operations inside a call: they know carriers of their own kind, and now meet others. */
class ThreadMoveIoTest {
    private static final byte[] MESSAGE = "blocking and native".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private final Listed listed = Listed.inPool(1);

    @AfterEach
    void end() {
        listed.close();
    }

    @Test
    void a_thread_that_waits_for_a_socket_frees_its_pool_thread_and_comes_back_to_it() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CountDownLatch connected = new CountDownLatch(1);
            Virtual.Running<byte[]> client = Virtual.start(() -> listed.call(() -> {
                try (Socket socket = new Socket(server.getInetAddress(), server.getLocalPort())) {
                    connected.countDown();
                    byte[] read = socket.getInputStream().readNBytes(MESSAGE.length);
                    assertTrue(listed.isCarrying());
                    return read;
                }
            }));
            try (Socket accepted = server.accept()) {
                Await.open("the client is connected", connected);
                Await.until("it waits for input", () -> client.thread().getState() == Thread.State.WAITING);
                assertTrue(Virtual.call(() -> listed.call(listed::isCarrying)));
                accepted.getOutputStream().write(MESSAGE);
                assertArrayEquals(MESSAGE, client.end());
            }
        }
    }

    @Test
    void a_thread_that_waits_for_a_socket_with_a_limit_comes_back_to_the_pool() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(50);
            assertTrue(Virtual.call(() -> listed.call(() -> {
                assertThrows(SocketTimeoutException.class, server::accept);
                return listed.isCarrying();
            })));
        }
    }

    @Test
    void files_are_read_and_written(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("file");
        Virtual.call(() -> listed.call(() -> {
            Files.write(file, MESSAGE);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
                channel.write(ByteBuffer.wrap(MESSAGE));
                channel.force(true);
            }
            try (InputStream in = Files.newInputStream(file)) {
                assertArrayEquals(MESSAGE, in.readNBytes(MESSAGE.length));
            }
            assertTrue(listed.isCarrying());
            return null;
        }));
        assertEquals(2 * MESSAGE.length, Files.size(file));
    }

    @Test
    void pipes_are_read_and_written() throws Exception {
        Pipe pipe = Pipe.open();
        Virtual.Running<Integer> reader = Virtual.start(() -> listed.call(() -> {
            ByteBuffer buffer = ByteBuffer.allocate(MESSAGE.length);
            while (buffer.hasRemaining()) {
                pipe.source().read(buffer);
            }
            assertTrue(listed.isCarrying());
            return buffer.position();
        }));
        Await.until("it waits for input", () -> reader.thread().getState() == Thread.State.WAITING);
        pipe.sink().write(ByteBuffer.wrap(MESSAGE));
        assertEquals(MESSAGE.length, reader.end());
        pipe.sink().close();
        pipe.source().close();
    }

    @Test
    void another_process_is_run_and_waited_for() throws Exception {
        int status = Virtual.call(() -> listed.call(() -> {
            Process process =
                    new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--version")
                    .redirectErrorStream(true).start();
            assertTrue(process.getInputStream().readAllBytes().length > 0);
            int ended = process.waitFor();
            assertTrue(listed.isCarrying());
            return ended;
        }));
        assertEquals(0, status);
    }
}
