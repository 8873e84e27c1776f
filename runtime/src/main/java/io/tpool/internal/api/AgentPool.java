// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.api;

import io.tpool.internal.pool.Thrown;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;

/**
 * A pool of the agent, used from a copy of the API that is not the agent's. The agent's copy lies on the boot loader,
 * where most loaders look first. A module path, a module of JBoss or OSGi and a web application may find a copy of
 * their own instead; so that there is one default pool all the same, that copy passes everything on to the class
 * {@code TPool} of the boot loader.
 */
public final class AgentPool implements PoolOperations {
    private static final Handles AGENT = find();

    private final Object pool;

    private AgentPool(Object pool) {
        this.pool = pool;
    }

    /**
     * Public methods of the agent's {@code TPool}; parameters and results are types of the JDK, and {@code Object} for
     * the pool.
     */
    private record Handles(MethodHandle shared, MethodHandle create, MethodHandle execute, MethodHandle executeInTime,
            MethodHandle executor, MethodHandle resize, MethodHandle size, MethodHandle killAll, MethodHandle close) {
    }

    private static Handles find() {
        try {
            Class<?> type = Class.forName("io.tpool.TPool", false, null);
            return AgentPool.class.getClassLoader() == null ? null : new Handles(
                of(type, true, "shared", type).asType(MethodType.methodType(Object.class)),
                of(type, true, "create", type, String.class, int.class)
                .asType(MethodType.methodType(Object.class, String.class, int.class)),
                of(type, false, "execute", Object.class, Callable.class),
                of(type, false, "execute", Object.class, Callable.class, Duration.class),
                of(type, false, "executor", Executor.class),
                of(type, false, "resize", void.class, int.class),
                of(type, false, "size", int.class),
                of(type, false, "killAll", void.class),
                of(type, false, "close", void.class));
        } catch (ReflectiveOperationException e) {
            return null;   // no agent, or one of another version
        }
    }

    private static MethodHandle of(Class<?> type, boolean isStatic, String name, Class<?> result,
            Class<?>... parameters)
            throws ReflectiveOperationException {
        MethodType signature = MethodType.methodType(result, parameters);
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        if (isStatic) {
            return lookup.findStatic(type, name, signature);
        }
        MethodHandle method = lookup.findVirtual(type, name, signature);
        return method.asType(method.type().changeParameterType(0, Object.class));
    }

    /**
     * The agent's default pool; null if this copy of the API is the agent's, or there was no agent when it was first
     * used.
     */
    public static PoolOperations shared() {
        try {
            return AGENT == null ? null : new AgentPool((Object) AGENT.shared.invokeExact());
        } catch (Throwable e) {
            throw Thrown.<RuntimeException>asIs(e);
        }
    }

    /** A new pool beside the agent's, or null as {@link #shared}. */
    public static PoolOperations create(String name, int size) {
        try {
            return AGENT == null ? null : new AgentPool((Object) AGENT.create.invokeExact(name, size));
        } catch (Throwable e) {
            throw Thrown.<RuntimeException>asIs(e);
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T execute(Callable<T> task) {
        try {
            return (T) (Object) AGENT.execute.invokeExact(pool, task);
        } catch (Throwable e) {
            throw Thrown.<RuntimeException>asIs(e);
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T execute(Callable<T> task, Duration timeout) {
        try {
            return (T) (Object) AGENT.executeInTime.invokeExact(pool, task, timeout);
        } catch (Throwable e) {
            throw Thrown.<RuntimeException>asIs(e);
        }
    }

    @Override
    public void post(Runnable task) {
        try {
            ((Executor) AGENT.executor.invokeExact(pool)).execute(task);
        } catch (Throwable e) {
            throw Thrown.<RuntimeException>asIs(e);
        }
    }

    @Override
    public void resize(int size) {
        try {
            AGENT.resize.invokeExact(pool, size);
        } catch (Throwable e) {
            throw Thrown.<RuntimeException>asIs(e);
        }
    }

    @Override
    public int size() {
        try {
            return (int) AGENT.size.invokeExact(pool);
        } catch (Throwable e) {
            throw Thrown.<RuntimeException>asIs(e);
        }
    }

    @Override
    public void killAll() {
        try {
            AGENT.killAll.invokeExact(pool);
        } catch (Throwable e) {
            throw Thrown.<RuntimeException>asIs(e);
        }
    }

    @Override
    public void close() {
        try {
            AGENT.close.invokeExact(pool);
        } catch (Throwable e) {
            throw Thrown.<RuntimeException>asIs(e);
        }
    }

    /** For people. */
    @Override
    public String toString() {
        return pool.toString();
    }
}
