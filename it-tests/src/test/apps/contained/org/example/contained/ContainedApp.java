// SPDX-License-Identifier: Apache-2.0
package org.example.contained;

/** Lies in a module of a container, whose loader hides everything that the module does not ask for. */
public final class ContainedApp {
    private ContainedApp() {
    }

    /** Prints on which thread a virtual thread runs a listed method. */
    public static void main(String[] args) throws Exception {
        Thread.startVirtualThread(() -> System.out.println("ran=" + where())).join();
    }

    private static String where() {
        Thread thread = Thread.currentThread();
        String name = thread.isVirtual() ? thread.toString().replaceFirst(".*@", "") : thread.getName();
        return name.replaceAll("[0-9]+", "N");
    }
}
