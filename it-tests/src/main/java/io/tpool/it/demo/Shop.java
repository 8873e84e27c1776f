// SPDX-License-Identifier: Apache-2.0
package io.tpool.it.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An order service, as one writes it on virtual threads today. It knows nothing of the agent. Every tenth of a second
 * it prints for how long its health check has been silent, and at the end what was achieved.
 *
 * @since 1.0
 */
public final class Shop {
    private static final int CUSTOMERS = 50;
    private static final int BROWSING_MILLIS = 20;
    private static final int PAYMENT_MILLIS = 2;
    /** One order in so many is paid by voucher, which is checked while the product is reserved. */
    private static final int VOUCHER_EVERY = 200;
    private static final int REPORT_EVERY_MILLIS = 2_000;
    private static final int WARM_UP_ORDERS = 500;
    static final int SAMPLE_MILLIS = 100;

    private final Database database;
    private final AtomicInteger orders = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();

    private Shop(Database database) {
        this.database = database;
    }

    /**
     * Runs the service for a while.
     *
     * @param args seconds to run
     * @throws Exception if the database cannot be made
     */
    public static void main(String[] args) throws Exception {
        Path directory = Files.createTempDirectory("tpool-shop");
        Path file = directory.resolve("shop.db");
        Shop shop = new Shop(new Database(file));
        shop.warmUp();
        shop.run(Integer.parseInt(args[0]));
        for (String suffix : new String[] {"", "-wal", "-shm"}) {
            Files.deleteIfExists(Path.of(file + suffix));
        }
        Files.delete(directory);
        // Customers may still wait for the database, in native code that no interrupt reaches.
        System.exit(0);
    }

    /** So that neither run is charged for loading and compiling the classes. */
    private void warmUp() throws SQLException, InterruptedException {
        for (int i = 0; i < WARM_UP_ORDERS; i++) {
            database.order(() -> { });
        }
        database.report();
        database.forgetOrders();
    }

    private void run(int seconds) throws InterruptedException, SQLException {
        HeartBeat health = new HeartBeat();
        Thread.ofVirtual().name("health").start(health);
        for (int i = 0; i < CUSTOMERS; i++) {
            Thread.ofVirtual().name("customer-" + i).start(this::buy);
        }
        Thread.ofVirtual().name("report").start(this::report);
        for (int sample = 0; sample < seconds * 1_000 / SAMPLE_MILLIS; sample++) {
            Thread.sleep(SAMPLE_MILLIS);
            System.out.println("silent=" + health.worstMillisSinceLastAsked());
        }
        System.out.println("orders=" + orders);
        System.out.println("failures=" + failures);
        database.osThreads().forEach(thread -> System.out.println("thread=" + thread));
    }

    private void buy() {
        try {
            while (true) {
                Thread.sleep(BROWSING_MILLIS);
                try {
                    order();
                    orders.incrementAndGet();
                } catch (SQLException e) {
                    failures.incrementAndGet();
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a customer", e);
        }
    }

    private void order() throws SQLException, InterruptedException {
        if (ThreadLocalRandom.current().nextInt(VOUCHER_EVERY) == 0) {
            database.order(Shop::pay);
        } else {
            pay();
            database.order(() -> { });
        }
    }

    private static void pay() throws InterruptedException {
        Thread.sleep(PAYMENT_MILLIS);
    }

    private void report() {
        try {
            while (true) {
                Thread.sleep(REPORT_EVERY_MILLIS);
                database.report();
            }
        } catch (InterruptedException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
