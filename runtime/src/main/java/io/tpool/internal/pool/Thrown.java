// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.pool;

/**
 * Throws the very object that a task threw, also a checked exception where the compiler does not expect one.
 *
 * @since 1.0
 */
public final class Thrown {
    private Thrown() {
    }

    /**
     * Throws it.
     *
     * @param <E> what the compiler is to expect
     * @param thrown not null
     * @return never
     * @throws E always
     */
    @SuppressWarnings("unchecked")
    public static <E extends Throwable> E asIs(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
