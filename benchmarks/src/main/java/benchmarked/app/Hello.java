// SPDX-License-Identifier: Apache-2.0
package benchmarked.app;

/**
 * Says hello, on a platform thread as most of a start-up runs, and ends.
 *
 * @since 1.0
 */
public final class Hello implements Greeter {
    private Hello() {
    }

    /**
     * Runs it.
     *
     * @param args none
     */
    public static void main(String[] args) {
        System.out.println(new Hello().greeting());
    }

    @Override
    public String greeting() {
        return "Hello, world";
    }
}
