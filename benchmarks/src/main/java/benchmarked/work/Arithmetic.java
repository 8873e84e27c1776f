// SPDX-License-Identifier: Apache-2.0
package benchmarked.work;

/**
 * Methods that take less than a nanosecond: what is seen is what surrounds them.
 *
 * @since 1.0
 */
public final class Arithmetic {
    private static final int FACTOR = 31;

    private Arithmetic() {
    }

    /**
     * The bare call.
     *
     * @param x any
     * @return something that depends on it
     */
    public static int direct(int x) {
        return x * FACTOR + 1;
    }

    /**
     * The same, and listed.
     *
     * @param x any
     * @return as {@link #direct}
     */
    public static int listed(int x) {
        return x * FACTOR + 1;
    }

    /**
     * Many bare calls in a bare one.
     *
     * @param calls how many
     * @param x any
     * @return something that depends on both
     */
    public static int directOuter(int calls, int x) {
        int result = x;
        for (int i = 0; i < calls; i++) {
            result = direct(result);
        }
        return result;
    }

    /**
     * Many listed calls in a listed one.
     *
     * @param calls how many
     * @param x any
     * @return as {@link #directOuter}
     */
    public static int listedOuter(int calls, int x) {
        int result = x;
        for (int i = 0; i < calls; i++) {
            result = listed(result);
        }
        return result;
    }
}
