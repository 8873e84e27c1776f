// SPDX-License-Identifier: Apache-2.0
package io.tpool.it.servers;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Talks to one server on the loopback interface. */
final class HttpClient {
    private static final int TIMEOUT_MILLIS = 60_000;
    private static final int OK = 200;

    static {
        // As many connections as there are clients and late health checks; no request is sent twice.
        System.setProperty("http.maxConnections", "1000");
        System.setProperty("sun.net.http.retryPost", "false");
    }

    private final int port;

    HttpClient(int port) {
        this.port = port;
    }

    /**
     * Sends one request.
     *
     * @return whether the server answered with what was expected
     * @throws IOException if there is no answer
     */
    boolean succeeds(String method, String path, String expected) throws IOException {
        HttpURLConnection connection =
            (HttpURLConnection) URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        boolean isOk = connection.getResponseCode() == OK;
        try (InputStream body = isOk ? connection.getInputStream() : connection.getErrorStream()) {
            return body != null && new String(body.readAllBytes(), StandardCharsets.UTF_8).startsWith(expected) && isOk;
        }
    }

    boolean isUp() throws IOException {
        return succeeds("GET", "/health", "up");
    }

    boolean order() throws IOException {
        return succeeds("POST", "/orders", "ordered 1");
    }

    boolean report() throws IOException {
        return succeeds("GET", "/reports", "sold ");
    }
}
