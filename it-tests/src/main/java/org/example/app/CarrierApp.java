// SPDX-License-Identifier: Apache-2.0
package org.example.app;

/** Prints which platform thread carries a virtual thread inside one method. */
public final class CarrierApp {
    private CarrierApp() {
    }

    /**
     * Runs it.
     *
     * @param args none
     * @throws InterruptedException never
     */
    public static void main(String[] args) throws InterruptedException {
        Thread.startVirtualThread(() -> System.out.println("carrier=" + carrier())).join();
    }

    /** To be listed. */
    static String carrier() {
        String text = Thread.currentThread().toString();
        return text.substring(text.indexOf('@') + 1);
    }
}
