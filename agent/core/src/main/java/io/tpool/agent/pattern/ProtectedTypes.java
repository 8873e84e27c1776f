// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.pattern;

/**
 * The thread machinery. No pattern lists it and the weaver never weaves it, not even through a wildcard or a {@code +}:
 * what moves a virtual thread cannot itself run on a moved one.
 */
final class ProtectedTypes {
    private static final String[] PACKAGES = {"java/util/concurrent/", "jdk/internal/", "io/tpool/"};

    /**
     * With what is nested in them; the third and the fourth are what the first two are built of, the last is what woven
     * code calls.
     */
    private static final String[] TYPES = {
        "java/lang/Thread", "java/lang/VirtualThread", "java/lang/BaseVirtualThread", "java/lang/ThreadBuilders",
            "java/lang/TPoolHook", };

    private ProtectedTypes() {
    }

    /**
     * Tells whether a type belongs to the thread machinery. Allocates nothing.
     *
     * @param internalName name of a type, or the literal start of a pattern
     * @return true if so
     */
    static boolean contains(String internalName) {
        for (String prefix : PACKAGES) {
            if (internalName.startsWith(prefix)) {
                return true;
            }
        }
        for (String type : TYPES) {
            if (internalName.startsWith(type)
                    && (internalName.length() == type.length() || internalName.charAt(type.length()) == '$')) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether a pattern can mean nothing but thread machinery. */
    static boolean isAllOf(TypePattern type) {
        if (type.internalName() != null) {
            return contains(type.internalName());
        }
        String start = type.literalStart();
        return contains(start) && (start.endsWith("/") || start.indexOf('$') > 0 || isInPackage(start));
    }

    private static boolean isInPackage(String start) {
        for (String prefix : PACKAGES) {
            if (start.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
