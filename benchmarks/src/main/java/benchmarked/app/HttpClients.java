// SPDX-License-Identifier: Apache-2.0
package benchmarked.app;

import benchmarked.crowd.Durations;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Platform threads that each keep a connection to a web server of this machine, ask and wait for the answer. */
final class HttpClients {
    /** Name of the threads. */
    static final String NAME = "http-client";
    private static final byte[] REQUEST =
        "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    /** Last word of every answer, where a virtual thread gave it. */
    private static final String END = "virtual";
    private static final int BUFFER = 4_096;

    private final int port;
    private final int count;
    private final int breakMillis;
    private final Durations durations;
    private final LongAdder answered = new LongAdder();

    HttpClients(int port, int count, int breakMillis, Durations durations) {
        this.port = port;
        this.count = count;
        this.breakMillis = breakMillis;
        this.durations = durations;
    }

    /** Starts them, one after the other. */
    void start() throws InterruptedException {
        for (int i = 0; i < count; i++) {
            Thread.ofPlatform().daemon().name(NAME).start(this::live);
            Thread.sleep(1);
        }
    }

    /** Requests that have been answered. */
    long answered() {
        return answered.sum();
    }

    private void live() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            byte[] buffer = new byte[BUFFER];
            while (true) {
                long begin = System.nanoTime();
                socket.getOutputStream().write(REQUEST);
                read(socket.getInputStream(), buffer);
                durations.add(System.nanoTime() - begin);
                answered.increment();
                TimeUnit.MILLISECONDS.sleep(breakMillis);
            }
        } catch (IOException | InterruptedException e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static void read(InputStream in, byte[] buffer) throws IOException {
        int length = 0;
        do {
            int more = in.read(buffer, length, buffer.length - length);
            if (more <= 0) {
                throw new IOException("no such answer was expected: " + new String(buffer, 0, length,
                    StandardCharsets.US_ASCII));
            }
            length += more;
        } while (!endsWithEnd(buffer, length));
    }

    private static boolean endsWithEnd(byte[] buffer, int length) {
        for (int i = 1; i <= END.length(); i++) {
            if (length < END.length() || buffer[length - i] != END.charAt(END.length() - i)) {
                return false;
            }
        }
        return true;
    }
}
