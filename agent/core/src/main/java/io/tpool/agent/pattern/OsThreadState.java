// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.pattern;

/**
 * Libraries that keep something on the OS thread between two calls. It does not move with a virtual thread, so that two
 * listed calls in a row may find what another thread left.
 *
 * @since 1.0
 */
public enum OsThreadState {
    /** An environment's writer is the OS thread that began the transaction. */
    LMDB("LMDB keeps a write transaction on its OS thread; only a method of yours around the whole transaction "
        + "may be listed,"
        + " and need not be: the guard covers it", "org.lmdbjava."),
    /** {@code getPerfContext}, {@code setPerfLevel}. */
    ROCKS_PERF("RocksDB keeps its PerfContext on the OS thread; only a method of yours around all that is measured "
        + "may be listed,"
        + " and need not be: the guard covers it", "org.rocksdb.PerfContext"),
    /** Of jnr-ffi and of JRuby. */
    JNR_ERRNO("jnr-ffi keeps errno on the OS thread: the method that calls it, which looks at errno as well",
        "jnr.ffi.", "com.kenai.jffi.", "$jnr$ffi$"),
    /** A context is current on one OS thread; window systems want their first thread. */
    GRAPHICS("this library ties its state to the OS thread: run it on a platform thread of its own", "sun.awt.",
        "sun.java2d.", "sun.lwawt.",
        "com.sun.glass.", "com.sun.javafx.", "com.sun.prism.", "org.eclipse.swt.internal.", "org.lwjgl.opengl.",
        "org.lwjgl.opengles.", "org.lwjgl.glfw.", "org.lwjgl.egl.", "com.jogamp.", "jogamp.");

    private final String advice;
    private final String[] types;

    OsThreadState(String advice, String... types) {
        this.advice = advice;
        this.types = types;
    }

    /**
     * Finds the library of a class.
     *
     * @param type name of a class, with dots
     * @return null if it is none of these
     */
    public static OsThreadState of(String type) {
        for (OsThreadState library : values()) {
            for (String each : library.types) {
                if (each.charAt(0) == '$' ? type.contains(each) : type.startsWith(each)) {
                    return library;
                }
            }
        }
        return null;
    }

    /**
     * Says what to do.
     *
     * @return a phrase
     */
    public String advice() {
        return advice;
    }

    /**
     * Tells whether the method that calls the library encloses what belongs together.
     *
     * @return false if nobody can tell from a stack which method does
     */
    public boolean isEnclosedByCaller() {
        return this == JNR_ERRNO;
    }
}
