// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import java.lang.reflect.Modifier;

/**
 * A method as JFR names it.
 *
 * @param type the binary name of its class
 * @param name its name
 * @param descriptor its descriptor
 * @param modifiers the class file's access flags
 * @param hidden whether it, or its class, is hidden
 * @param bootstrap whether the boot loader defined its class
 * @param classId the JVM's own number of the class; numbers are given out in the order of loading
 */
record MethodRef(String type, String name, String descriptor, int modifiers, boolean hidden, boolean bootstrap,
    long classId) {

    private static final int SYNTHETIC = 0x1000;

    /** Returns the pattern that lists this method: all overloads, or only the native ones. */
    String pattern() {
        return isNative() ? "native " + id() : id();
    }

    /** Returns type and name as a pattern joins them. */
    String id() {
        return type + '#' + name;
    }

    boolean isNative() {
        return Modifier.isNative(modifiers);
    }

    boolean isSynchronized() {
        return Modifier.isSynchronized(modifiers);
    }

    boolean isClassInitialiser() {
        return name.equals("<clinit>");
    }

    boolean isConstructor() {
        return name.equals("<init>");
    }

    boolean isLambda() {
        return name.startsWith("lambda$") || (modifiers & SYNTHETIC) != 0;
    }

    /** Returns the name of the method whose body holds this lambda expression, or null. */
    String enclosingMethod() {
        if (!name.startsWith("lambda$")) {
            return null;
        }
        int end = name.indexOf('$', 7);
        return end < 0 ? null : name.substring(7, end);
    }
}
