// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.pattern;

/**
 * A method that a class declares.
 *
 * @param name as in the class file, {@code <init>} for a constructor
 * @param descriptor as in the class file
 * @param access the {@code ACC_} flags of the class file
 *
 * @since 1.0
 */
public record MethodShape(String name, String descriptor, int access) {
    private static final int ACC_BRIDGE = 0x0040;
    private static final int ACC_NATIVE = 0x0100;
    private static final int ACC_ABSTRACT = 0x0400;

    /** Tells whether the method has its body in native code. */
    public boolean isNative() {
        return (access & ACC_NATIVE) != 0;
    }

    /** Tells whether the method has no body at all. */
    boolean isAbstract() {
        return (access & ACC_ABSTRACT) != 0;
    }

    boolean isBridge() {
        return (access & ACC_BRIDGE) != 0;
    }

    boolean isInitializer() {
        return name.charAt(0) == '<';
    }
}
