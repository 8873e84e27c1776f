// SPDX-License-Identifier: Apache-2.0
package org.example.soak;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongUnaryOperator;

/** Loads a class with a listed method into a class loader of its own, calls it, and forgets both. */
final class VisitorWork implements Work {
    private static final long PAUSE_MILLIS = 20;

    @Override
    public void once() throws Exception {
        LongUnaryOperator visitor =
                (LongUnaryOperator) new Loader().loadClass(Visitor.class.getName()).getConstructor().newInstance();
        Work.check(visitor.getClass() != Visitor.class && visitor.applyAsLong(1) == 2, "the visitor counted wrong");
        Thread.sleep(PAUSE_MILLIS);
    }

    /** Code of an application that comes and goes. */
    public static final class Visitor implements LongUnaryOperator {
        /** For reflection. */
        public Visitor() {
        }

        /** Listed. */
        @Override
        public long applyAsLong(long value) {
            return value + 1;
        }
    }

    private static final class Loader extends ClassLoader {
        Loader() {
            super(Visitor.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(Visitor.class.getName())) {
                return super.loadClass(name, resolve);
            }
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
