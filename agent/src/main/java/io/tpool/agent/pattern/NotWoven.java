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
    BOUND_BY_NAME("is native, and its class binds its natives by name", "list the Java method that calls it"),
    /** The JVM refused the class with the method woven. */
    REJECTED("was refused by the JVM once woven", "take it off the list, and report it with the message of the JVM"),
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
