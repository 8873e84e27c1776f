// SPDX-License-Identifier: Apache-2.0
package org.example.micronaut;

import io.micronaut.runtime.Micronaut;

/**
 * The shop on Micronaut.
 *
 * @since 1.0
 */
public final class Main {
    private Main() {
    }

    /**
     * Starts it.
     *
     * @param args for Micronaut
     */
    public static void main(String[] args) {
        Micronaut.run(Main.class, args);
    }
}
