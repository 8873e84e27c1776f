// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

import io.tpool.internal.pool.Pool;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;

/** Code of an application, for a class loader of its own; it leaves behind on its thread whatever it can. */
public final class Guest implements Callable<Object> {
    private static final ThreadLocal<Object> LOCAL = new ThreadLocal<>();
    private static final InheritableThreadLocal<Object> INHERITABLE = new InheritableThreadLocal<>();

    /** For reflection. */
    public Guest() {
    }

    /** A new guest in a new class loader. */
    @SuppressWarnings("unchecked")
    static Callable<Object> arrives() throws ReflectiveOperationException {
        return (Callable<Object>) new Loader().loadClass(Guest.class.getName()).getConstructor().newInstance();
    }

    /** Calls the pool by itself, so that its code is on the stack when a thread is started. */
    static void callsPool(Callable<Object> guest, Pool pool) throws ReflectiveOperationException {
        guest.getClass().getMethod("callPool", Pool.class).invoke(guest, pool);
    }

    /** See above. */
    public void callPool(Pool pool) throws Exception {
        Offload.call(pool, this);
    }

    @Override
    public Object call() {
        Thread self = Thread.currentThread();
        LOCAL.set(this);
        INHERITABLE.set(this);
        if (!self.isVirtual()) {
            self.setContextClassLoader(getClass().getClassLoader());
            self.setUncaughtExceptionHandler((thread, e) -> LOCAL.remove());
        }
        return null;
    }

    private static final class Loader extends ClassLoader {
        Loader() {
            super(Guest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(Guest.class.getName())) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length,
                        new java.security.ProtectionDomain(null, null, this, null));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
