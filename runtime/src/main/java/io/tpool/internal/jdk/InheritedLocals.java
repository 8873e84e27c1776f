// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.jdk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;

/**
 * Reads an inheritable thread local of another thread. The JDK answers for the current thread only, and its own look-up
 * may tidy the map up, which nobody but its thread may do. So this goes through the map's table and changes nothing. A
 * value that the thread sets meanwhile may be missed; one that the thread has inherited is there from its constructor
 * on.
 *
 * <p>Held for JDK 21 to 28.
 *
 * @since 1.0
 */
public final class InheritedLocals {
    /** All null where this JDK does not show them. */
    private static final VarHandle MAP;
    private static final VarHandle TABLE;
    private static final VarHandle VALUE;

    static {
        VarHandle map = null;
        VarHandle table = null;
        VarHandle value = null;
        try {
            PackageOpener.now();
            Lookup lookup = MethodHandles.lookup();
            Class<?> mapType = Class.forName("java.lang.ThreadLocal$ThreadLocalMap", false, null);
            Class<?> entryType = Class.forName("java.lang.ThreadLocal$ThreadLocalMap$Entry", false, null);
            map = MethodHandles.privateLookupIn(Thread.class, lookup)
                    .findVarHandle(Thread.class, "inheritableThreadLocals", mapType);
            table = MethodHandles.privateLookupIn(mapType, lookup)
                    .findVarHandle(mapType, "table", entryType.arrayType());
            value = MethodHandles.privateLookupIn(entryType, lookup)
                    .findVarHandle(entryType, "value", Object.class);
        } catch (ReflectiveOperationException | RuntimeException absent) {
            map = null;
        }
        MAP = value == null ? null : map;
        TABLE = table;
        VALUE = value;
    }

    private InheritedLocals() {
    }

    /**
     * Reads one.
     *
     * @param thread any
     * @param local which
     * @return its value in that thread; null if there is none, or this JDK does not tell
     */
    public static Object of(Thread thread, InheritableThreadLocal<?> local) {
        Object map = MAP == null ? null : MAP.getVolatile(thread);
        Object[] table = map == null ? null : (Object[]) TABLE.getVolatile(map);
        if (table == null) {
            return null;
        }
        for (Object entry : table) {
            if (entry instanceof Reference<?> key && refersTo(key, local)) {
                return VALUE.getVolatile(entry);
            }
        }
        return null;
    }

    @SuppressWarnings("unchecked")
    private static boolean refersTo(Reference<?> key, Object local) {
        return ((Reference<Object>) key).refersTo(local);
    }
}
