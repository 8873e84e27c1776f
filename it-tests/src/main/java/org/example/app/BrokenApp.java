// SPDX-License-Identifier: Apache-2.0
package org.example.app;

import java.io.InputStream;

/**
 * Calls a method of a class that the JVM's verifier refuses, and goes on.
 *
 * @since 1.0
 */
public final class BrokenApp {
    private static final byte ICONST_1 = 0x04;
    private static final byte ACONST_NULL = 0x01;
    private static final byte IRETURN = (byte) 0xac;

    private BrokenApp() {
    }

    /** Broken on its way to the JVM: it returns a reference where its descriptor promises an int. */
    static final class Broken {
        private Broken() {
        }

        static int one() {
            return 1;
        }
    }

    /**
     * Prints what comes of calling the broken method.
     *
     * @param args none
     * @throws Exception if the class cannot be read
     */
    public static void main(String[] args) throws Exception {
        byte[] file;
        try (InputStream in = BrokenApp.class.getResourceAsStream("BrokenApp$Broken.class")) {
            file = in.readAllBytes();
        }
        for (int i = 0; i + 1 < file.length; i++) {
            if (file[i] == ICONST_1 && file[i + 1] == IRETURN) {
                file[i] = ACONST_NULL;
            }
        }
        Class<?> broken = new ClassLoader(BrokenApp.class.getClassLoader()) {
            Class<?> define() {
                return defineClass(null, file, 0, file.length);
            }
        }.define();
        Thread.ofVirtual().start(() -> Load.print("call", call(broken))).join();
    }

    private static String call(Class<?> broken) {
        try {
            return "returned " + broken.getDeclaredMethod("one").invoke(null);
        } catch (ReflectiveOperationException | LinkageError e) {
            return e.getClass().getName();
        }
    }
}
