package io.tpool.offload;

/**
 * The woven methods of this JVM, by the number that their byte code carries.
 *
 * @since 1.0
 */
public final class ListedMethods {
    private ListedMethods() {
    }

    /**
     * Takes a method in.
     *
     * @param method for people, {@code com.acme.Type#method(int, java.lang.String)}
     * @param pool name of its pool
     * @param mode how it is kept off the carrier
     * @param loader loader of its class, null for the boot loader; kept weakly, the number is free again when it is gone
     * @return number for the byte code
     */
    public static int register(String method, String pool, Mode mode, ClassLoader loader) {
        throw new UnsupportedOperationException("not yet");
    }

    /**
     * Gives back a number whose byte code the JVM did not accept.
     *
     * @param number from {@link #register}
     */
    public static void discard(int number) {
        throw new UnsupportedOperationException("not yet");
    }
}
