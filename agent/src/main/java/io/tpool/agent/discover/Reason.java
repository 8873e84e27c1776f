package io.tpool.agent.discover;

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

    /** A class initialiser pins. */
    CLASS_INITIALISER(false, "inside a class initialiser, which pins; happens once"),
    /** The JVM loads or links a class. */
    CLASS_LOADING(false, "a class is loaded; happens once"),
    /** Waiting for events. */
    EVENT_LOOP(false, "an event loop waits here: run it on a platform thread"),
    /** Native code that must stay on one thread. */
    THREAD_AFFINE(false, "this library ties its state to the OS thread: run it on a platform thread of its own"),
    /** Not worth a hop. */
    TOO_SHORT(false, "too short to be worth a hop"),
    /** Hardly any time. */
    TOO_LITTLE(false, "too little to matter"),
    /** Not even one method on the stack can be listed. */
    NOTHING_LISTABLE(false, "no method on its stack can be listed"),
    /** The stack does not show what pins. */
    NOT_VISIBLE(false, "its stack does not show what pins it");

    private final boolean listed;
    private final String text;

    Reason(boolean listed, String text) {
        this.listed = listed;
        this.text = text;
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
