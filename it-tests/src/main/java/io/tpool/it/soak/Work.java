package io.tpool.it.soak;

/** What one virtual thread of the soak does, again and again. */
interface Work extends AutoCloseable {
    /** Does it once, and checks what comes out. */
    void once() throws Exception;

    @Override
    default void close() throws Exception {
    }

    /** Fails if something came out that should not. */
    static void check(boolean right, String what) {
        if (!right) {
            throw new IllegalStateException(what);
        }
    }
}
