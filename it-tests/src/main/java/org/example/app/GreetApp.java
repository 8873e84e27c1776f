// SPDX-License-Identifier: Apache-2.0
package org.example.app;

/**
 * A small application with something of everything: output on both streams, an exit status, a virtual thread, an
 * interface.
 *
 * @since 1.0
 */
public final class GreetApp {
    static final int STATUS = 7;

    private GreetApp() {
    }

    /** Greets. */
    public interface Greeter {
        /**
         * Greets.
         *
         * @param name whom
         * @return the greeting
         */
        String greet(String name);
    }

    /** Says hello. */
    static final class Hello implements Greeter {
        @Override
        public String greet(String name) {
            return "hello " + name;
        }
    }

    /**
     * Greets all that are named, from a virtual thread, and exits with status 7.
     *
     * @param args names
     * @throws InterruptedException if interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        Greeter greeter = new Hello();
        for (String name : args) {
            Thread.ofVirtual().start(() -> System.out.println(greeter.greet(name))).join();
        }
        System.err.println("greeted " + args.length);
        System.exit(STATUS);
    }
}
