// SPDX-License-Identifier: Apache-2.0
package org.example.tests;

import io.tpool.junit.CarriersStayFree;
import org.junit.jupiter.api.Test;

@CarriersStayFree
class Initialiser {
    @Test
    void initialisesClass() throws Exception {
        // A loader of its own, so that the class is initialised in each run.
        Class<?> slow = new Fresh().define();
        Work.inThreads(1, () -> slow.getField("READY").get(null));
    }

    /** Its class initialiser parks. */
    public static final class Slow {
        public static final boolean READY = ready();

        static {
            try {
                Thread.sleep(1_200);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        private static boolean ready() {
            return true;
        }
    }

    private static final class Fresh extends ClassLoader {
        Class<?> define() throws Exception {
            String name = Slow.class.getName();
            try (var in = Slow.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            }
        }
    }
}
