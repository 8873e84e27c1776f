// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import io.tpool.agent.pattern.OsThreadState;

/** Why there is a line to list, or why there is none. */
enum Reason {
    /** The method itself is to be listed. */
    ITSELF(true, "the method itself"),
    /** Monitors pin before JDK 24. */
    ABOVE_MONITORS(true, "first method above the monitors, which pin before JDK 24"),
    /** A foreign function has no method of its own. */
    FOREIGN_FUNCTION(true, "the caller of a foreign function, which has no method of its own"),
    /** JNA has one native for all functions, or binds a class's natives by name. */
    JNA(true, "first method above JNA"),
    /** A native of a class that is loaded before any agent cannot be renamed. */
    LOADED_EARLY(true, "its class is loaded before any agent, so its caller"),
    /** The thread computes in Java code. */
    COMPUTES(true, "computes without a pause"),
    /** Another line covers it. */
    INSIDE(true, "all calls are made inside it"),
    /** Calls back into Java: only the outer native call can move. */
    CALLED_BACK(true, "what is inside this native call cannot move without it"),
    /** A class initialiser pins, and so does the wait for the thread that is inside it. */
    CLASS_INITIALISER(true, "first method outside the class initialiser, which pins"),
    /** The JVM calls a class loader. */
    CLASS_LOADING(true, "first method outside class loading, which pins"),
    /** The thread waits in the JVM. */
    WAITS(true, "waits here for a class that another thread initialises, or for a monitor"),
    /** A loop of short native calls. */
    LOOPS(true, "calls short natives in a loop: the method that loops"),
    /** jnr-ffi keeps errno on the OS thread. */
    JNR_ERRNO(true, OsThreadState.JNR_ERRNO.advice()),

    /** The JDK compensates by itself. */
    JDK_LENDS(false, "the JDK lends a carrier meanwhile"),
    /** LMDB keeps a transaction on the OS thread. */
    LMDB(false, OsThreadState.LMDB.advice()),
    /** RocksDB measures an OS thread. */
    ROCKS_PERF(false, OsThreadState.ROCKS_PERF.advice()),
    /** Waiting for events. */
    EVENT_LOOP(false, "an event loop waits here: run it on a platform thread"),
    /** Native code that must stay on one thread. */
    THREAD_AFFINE(false, OsThreadState.GRAPHICS.advice()),
    /** It is listed, and the learned policy keeps its calls on their carriers. */
    STAYS(false, "it is listed, or is inside a listed method, whose calls stay while moving them costs more"),
    /** Not worth a hop. */
    TOO_SHORT(false, "too short to be worth a hop"),
    /** Hardly any time. */
    TOO_LITTLE(false, "too little to matter"),
    /** Not even one method on the stack can be listed. */
    NOTHING_LISTABLE(false, "no method on its stack can be listed; the guard covers it"),
    /** The stack does not show what pins. */
    NOT_VISIBLE(false, "its stack does not show what pins it");

    private final boolean listed;
    private final String text;

    Reason(boolean listed, String text) {
        this.listed = listed;
        this.text = text;
    }

    /** What is said of a library that keeps something on the OS thread. */
    static Reason of(OsThreadState library) {
        return switch (library) {
            case LMDB -> LMDB;
            case ROCKS_PERF -> ROCKS_PERF;
            case JNR_ERRNO -> JNR_ERRNO;
            case GRAPHICS -> THREAD_AFFINE;
        };
    }

    boolean isListed() {
        return listed;
    }

    String text() {
        return text;
    }

    /**
     * Puts advice into words: the line to list with this reason, or that nothing is to be listed if there is no
     * line.
     */
    String advice(String line) {
        return line == null ? "do not list: " + text : "list " + line + " (" + text + ")";
    }
}
