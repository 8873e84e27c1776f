// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;

/**
 * Reads and writes private fields of the JDK through {@code jdk.internal.misc.Unsafe}, whose methods stand behind
 * method handles in static finals: as fast as direct access, needs no compile-time export and prints no warning. The
 * package {@code jdk.internal.misc} of {@code java.base} must be open to this class. Where one of these methods is
 * missing, {@link #require} throws; then only {@link #isInitialized} and {@link #unexpected} may be called.
 *
 * @since 1.0
 */
@SuppressWarnings("StaticAssignmentOfThrowable")   // kept on purpose: it tells why nothing can be moved
public final class UnsafeAccess {
    /** In the place of an offset: this JDK has no such field. */
    static final long NONE = -1;

    private static final Lookup LOOKUP = MethodHandles.lookup();
    /** Why the first missing method is missing, or null. Written by the initialiser alone. */
    private static Throwable missing;
    private static final Object UNSAFE = unsafe();
    private static final MethodHandle OFFSET = find("objectFieldOffset", long.class, Field.class);
    private static final MethodHandle GET_REFERENCE = find("getReference", Object.class, Object.class, long.class);
    private static final MethodHandle GET_REFERENCE_VOLATILE =
            find("getReferenceVolatile", Object.class, Object.class, long.class);
    private static final MethodHandle PUT_REFERENCE =
            find("putReference", void.class, Object.class, long.class, Object.class);
    private static final MethodHandle GET_INT = find("getIntVolatile", int.class, Object.class, long.class);
    private static final MethodHandle PUT_INT = find("putIntVolatile", void.class, Object.class, long.class, int.class);
    private static final MethodHandle COMPARE_AND_SET_INT =
            find("compareAndSetInt", boolean.class, Object.class, long.class, int.class, int.class);
    private static final MethodHandle GET_BOOLEAN =
            find("getBooleanVolatile", boolean.class, Object.class, long.class);
    private static final MethodHandle GET_LONG = find("getLongVolatile", long.class, Object.class, long.class);
    /** Null where this JDK does not tell. */
    private static final MethodHandle SHOULD_BE_INITIALIZED =
            findOptional("shouldBeInitialized", boolean.class, Class.class);

    private UnsafeAccess() {
    }

    private static Object unsafe() {
        try {
            PackageOpener.now();
            Class<?> type = Class.forName("jdk.internal.misc.Unsafe");
            return MethodHandles.privateLookupIn(type, LOOKUP)
                    .findStatic(type, "getUnsafe", MethodType.methodType(type)).invoke();
        } catch (Throwable e) {
            missing = e;
            return null;
        }
    }

    private static MethodHandle find(String name, Class<?> result, Class<?>... parameters) {
        try {
            return UNSAFE == null ? null : lookUp(name, MethodType.methodType(result, parameters));
        } catch (ReflectiveOperationException e) {
            missing = missing == null ? e : missing;
            return null;
        }
    }

    private static MethodHandle findOptional(String name, Class<?> result, Class<?>... parameters) {
        try {
            return UNSAFE == null ? null : lookUp(name, MethodType.methodType(result, parameters));
        } catch (ReflectiveOperationException absent) {
            return null;
        }
    }

    private static MethodHandle lookUp(String name, MethodType type) throws ReflectiveOperationException {
        Class<?> owner = UNSAFE.getClass();
        return MethodHandles.privateLookupIn(owner, LOOKUP).findVirtual(owner, name, type).bindTo(UNSAFE);
    }

    /** Throws what went wrong where a method is missing. */
    static void require() throws Throwable {
        if (missing != null) {
            throw missing;
        }
    }

    /** The offset of a field that must be of the expected type. */
    static long offset(Class<?> type, String name, Class<?> expected) throws Throwable {
        Field field = type.getDeclaredField(name);
        if (field.getType() != expected) {
            throw new NoSuchFieldException(type.getName() + "." + name + " is a " + field.getType().getName());
        }
        return offset(field);
    }

    static long offset(Field field) throws Throwable {
        return (long) OFFSET.invokeExact(field);
    }

    /** A plain read. */
    static Object getReference(Object object, long field) {
        try {
            return (Object) GET_REFERENCE.invokeExact(object, field);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static Object getReferenceVolatile(Object object, long field) {
        try {
            return (Object) GET_REFERENCE_VOLATILE.invokeExact(object, field);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** A plain write. */
    static void putReference(Object object, long field, Object value) {
        try {
            PUT_REFERENCE.invokeExact(object, field, value);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int getIntVolatile(Object object, long field) {
        try {
            return (int) GET_INT.invokeExact(object, field);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static void putIntVolatile(Object object, long field, int value) {
        try {
            PUT_INT.invokeExact(object, field, value);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static boolean compareAndSetInt(Object object, long field, int expected, int value) {
        try {
            return (boolean) COMPARE_AND_SET_INT.invokeExact(object, field, expected, value);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static boolean getBooleanVolatile(Object object, long field) {
        try {
            return (boolean) GET_BOOLEAN.invokeExact(object, field);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static long getLongVolatile(Object object, long field) {
        try {
            return (long) GET_LONG.invokeExact(object, field);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Tells whether a class is initialised, without initialising it; false also where this JDK does not tell. */
    public static boolean isInitialized(Class<?> type) {
        if (SHOULD_BE_INITIALIZED == null) {
            return false;
        }
        try {
            return !(boolean) SHOULD_BE_INITIALIZED.invokeExact(type);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** For what a method handle throws, where the method behind it declares no checked exception. */
    static Error unexpected(Throwable thrown) {
        if (thrown instanceof Error error) {
            return error;
        }
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
        return new AssertionError(thrown);
    }
}
