// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.pattern;

/**
 * Why a method that a pattern names was not woven.
 *
 * @since 1.0
 */
public enum NotWoven {
    /** It has no body. */
    ABSTRACT("is abstract", "list the types that implement it: TYPE+#METHOD"),
    /** It is native, and the JVM had loaded its class before the agent could rename it. */
    NATIVE_LOADED("is native, and its class was loaded before the agent", "list the Java method that calls it"),
    /** Its class binds its native methods by name, as JNA's direct mapping does: renamed they would not be found. */
    BOUND_BY_NAME("is native, and its class binds its natives by name, so that a renamed one would not be found "
        + "(the guard covers its calls)",
            "list the Java method that calls it, which discover names"),
    /** It reads or changes what belongs to the OS thread of its caller. */
    OF_THE_OS_THREAD("is for the OS thread that its caller runs on, and another one would answer for itself",
            "list the method that makes the native call; the error number comes home with it"),
    /** It is native, and this JVM takes no native method prefix. */
    NO_RENAMING("is native, and this JVM does not let agents rename native methods",
        "list the Java method that calls it"),
    /** Its class is serializable without a declared version, which renaming would change. */
    SERIAL_VERSION("is native, and renaming it would change the serial version of its class, which declares none",
            "declare a serialVersionUID, or list the Java method that calls it"),
    /** Handed off it would wait for the monitor that its caller holds. */
    HOLDS_MONITOR("is synchronized, and its class was loaded before the agent could put "
        + "the hand-off before the monitor",
            "use mode tpool, or list the Java method that calls it"),
    /** Handed off it would see another caller. */
    CALLER_SENSITIVE("behaves by who calls it, which mode handoff would change",
        "use mode tpool, or list the Java method that calls it"), /** Its class file cannot hold a method handle. */
    OLD_CLASS_FILE("belongs to a class compiled for Java 6 or earlier, which mode handoff cannot change",
            "use mode tpool, or list a method that calls it"),
    /** A method handle cannot pass them. */
    TOO_MANY_ARGUMENTS("takes more arguments than mode handoff can pass",
        "use mode tpool, or list a method that calls it"),
    /** A class file has limits: 64 KB for a method, 65535 constants. */
    TOO_LARGE("leaves no room in its class file for the hop", "list a method that calls it"),
    /** Loaders may filter what their classes see of the boot loader. */
    RUNTIME_NOT_SEEN("belongs to a class whose loader does not find what woven code calls",
            "list the method of another class that calls it"),
    /** The JVM refused the class with the method woven. */
    REJECTED("was refused by the JVM once woven", "take it off the list, and report it with the message of the JVM"),
    /** The weaver does not cope with its class. */
    FAILED("could not be woven", "take it off the list, and report it with the problem that the log shows"),
    /** Its class cannot be changed in this JVM. */
    UNMODIFIABLE("belongs to a class that this JVM does not let agents change", "list the Java method that calls it");

    private final String reason;
    private final String remedy;

    NotWoven(String reason, String remedy) {
        this.reason = reason;
        this.remedy = remedy;
    }

    /**
     * Gives the reason.
     *
     * @return a phrase that follows the method's name
     */
    public String reason() {
        return reason;
    }

    /**
     * Gives the way out where no better one is known.
     *
     * @return a phrase
     */
    public String remedy() {
        return remedy;
    }
}
