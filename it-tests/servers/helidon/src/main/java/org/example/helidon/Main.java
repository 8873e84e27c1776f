// SPDX-License-Identifier: Apache-2.0
package org.example.helidon;

import io.helidon.webserver.WebServer;
import org.example.shop.Shop;

/**
 * The shop on Helidon SE, which serves each connection on a virtual thread.
 *
 * @since 1.0
 */
public final class Main {
    private Main() {
    }

    /**
     * Starts it.
     *
     * @param args none
     */
    public static void main(String[] args) {
        Shop shop = new Shop(Shop.pool());
        WebServer.builder().host("127.0.0.1").port(Integer.getInteger("shop.port"))
            .routing(routing -> routing
                .get("/health", (request, response) -> response.send(health()))
                .post("/orders", (request, response) -> response.send(shop.order()))
                .get("/reports", (request, response) -> response.send(shop.report())))
            .build().start();
    }

    private static String health() {
        return Thread.currentThread().isVirtual() ? "up" : "not on a virtual thread";
    }
}
