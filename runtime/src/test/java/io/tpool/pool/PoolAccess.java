package io.tpool.pool;

import java.lang.reflect.Method;

/** What tests outside this package do to a pool that applications cannot do. */
public final class PoolAccess {
    /** Bytes of stack that no system grants a thread. */
    public static final long TOO_LARGE = 1L << 50;

    private PoolAccess() {
    }

    /** Does what the stall detector does to a pool in which work waits and none gets done. */
    public static void stalled(Pool pool) {
        pool.stalled();
    }

    /** Tells whether work waits in a queue. */
    public static boolean hasWaiting(Pool pool) {
        return pool.hasWaiting();
    }

    /** Places taken by calls that wait or run; 0 where the policy is to wait. */
    public static int placesTaken(Pool pool) {
        return pool.placesTaken();
    }

    /**
     * Has the system refuse every further thread of the pool, or grant them again: the pool asks for stacks of that
     * many bytes from
     * now on. The runtime has no seam for this, so a final field is written.
     */
    public static void stackSize(Pool pool, long bytes) {
        try {
            Class<?> type = Class.forName("jdk.internal.misc.Unsafe");
            Object unsafe = opened(type.getDeclaredMethod("getUnsafe")).invoke(null);
            Object field = opened(type.getDeclaredMethod("objectFieldOffset", Class.class, String.class))
                    .invoke(unsafe, Pool.class, "stackSize");
            opened(type.getDeclaredMethod("putLongVolatile", Object.class, long.class, long.class))
                    .invoke(unsafe, pool, field, bytes);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the pool keeps its stack size elsewhere", e);
        }
    }

    private static Method opened(Method method) {
        method.setAccessible(true);
        return method;
    }
}
