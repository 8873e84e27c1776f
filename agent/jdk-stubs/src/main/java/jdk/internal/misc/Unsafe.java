// SPDX-License-Identifier: Apache-2.0
package jdk.internal.misc;

import java.security.ProtectionDomain;

/**
 * Stands for the JDK's class of this name, which javac does not let us name. The JVM never sees this copy: a package of
 * {@code java.base} is loaded from there. By reflection the first call costs more start-up time than all the rest of
 * {@code premain}.
 */
public final class Unsafe {
    private Unsafe() {
    }

    /** As in the JDK. */
    public static Unsafe getUnsafe() {
        throw new UnsupportedOperationException("only for the compiler");
    }

    /**
     * As in the JDK.
     *
     * @param name of the class, null to take it from the bytes
     * @param bytes the class file
     * @param offset where it begins
     * @param length its length
     * @param loader null for the boot loader
     * @param domain may be null
     * @return the class
     */
    public Class<?> defineClass(String name, byte[] bytes, int offset, int length, ClassLoader loader,
        ProtectionDomain domain) {
        throw new UnsupportedOperationException("only for the compiler");
    }

    /**
     * As in the JDK.
     *
     * @param type the class that declares the field
     * @param field its name
     * @return where it is
     */
    public long objectFieldOffset(Class<?> type, String field) {
        throw new UnsupportedOperationException("only for the compiler");
    }

    /**
     * As in the JDK.
     *
     * @param object with the field
     * @param offset of the field
     * @param value to write
     */
    public void putReferenceVolatile(Object object, long offset, Object value) {
        throw new UnsupportedOperationException("only for the compiler");
    }
}
