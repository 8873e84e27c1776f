// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.jdk;

import java.lang.invoke.MethodHandles;

/**
 * Adds a class to the package {@code java.lang} of this JVM.
 *
 * @since 1.0
 */
public final class JavaLangDefiner {
    private JavaLangDefiner() {
    }

    /**
     * Defines one class, which may call the runtime.
     *
     * @param classFile its bytes
     * @throws IllegalAccessException if nobody has opened the package to the runtime
     * @throws LinkageError if there is a class of that name, or the JVM refuses it
     */
    public static void define(byte[] classFile) throws IllegalAccessException {
        PackageOpener.now();
        MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup()).defineClass(classFile);
    }
}
