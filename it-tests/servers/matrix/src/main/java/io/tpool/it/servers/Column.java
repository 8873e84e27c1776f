// SPDX-License-Identifier: Apache-2.0
package io.tpool.it.servers;

import java.util.Locale;

/** A figure of a {@link Row}. */
enum Column {
    START_CPU("start CPU s", 2),
    START_RSS("start RSS MB", 0),
    ORDERS_ALONE("orders/s alone", 0),
    ORDER_CPU("CPU µs an order", 0),
    HEALTH_P50("health p50 ms", 1),
    HEALTH_P99("p99", 0),
    HEALTH_MAX("max", 0),
    REPORTS("reports/s", 1),
    ORDERS("orders/s beside", 0),
    FAILED("failed", 0),
    RSS("RSS MB", 0),
    SAID("lines said", 0),
    OTHERS("others' CPU", 2);

    private final String title;
    private final int decimals;

    Column(String title, int decimals) {
        this.title = title;
        this.decimals = decimals;
    }

    String title() {
        return title;
    }

    String format(double figure) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", figure);
    }
}
