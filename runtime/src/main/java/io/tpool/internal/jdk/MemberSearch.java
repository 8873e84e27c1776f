// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;

/**
 * The search for private members of the JDK. A class that needs some has one table of them, its static final fields.
 * The first required member that is missing is the {@link #problem}, and nothing that is asked for after it is found.
 * What {@link #optional} looks for may be missing without harm.
 *
 * <p>In the place of what is missing there is null, or {@link UnsafeAccess#NONE} for a field. A class is not
 * initialised by being found. There is no lambda here: the first one of a JVM takes milliseconds.
 */
final class MemberSearch {
    private static final Lookup LOOKUP = MethodHandles.lookup();

    private final String complaint;
    private final boolean isOptional;
    private Throwable missing;

    /**
     * Opens the packages.
     *
     * @param complaint what a JDK does not do where a required member is missing
     */
    MemberSearch(String complaint) {
        this(complaint, false);
        try {
            PackageOpener.now();
            UnsafeAccess.require();
        } catch (Throwable e) {
            missing = e;
        }
    }

    private MemberSearch(String complaint, boolean isOptional) {
        this.complaint = complaint;
        this.isOptional = isOptional;
    }

    /** Returns the search for the rest, when all that is required has been asked for. */
    MemberSearch optional() {
        MemberSearch rest = new MemberSearch(complaint, true);
        rest.missing = missing;
        return rest;
    }

    /** Says what is missing, in one line without a full stop; null if all that is required is there. */
    String problem() {
        return missing == null ? null
            : "this JDK (" + System.getProperty("java.vm.version") + ") " + complaint + ": " + missing;
    }

    private void isMissing(Throwable why) {
        if (!isOptional && missing == null) {
            missing = why;
        }
    }

    /** Requires what no member tells. */
    void require(boolean isSo, String otherwise) {
        if (!isSo) {
            isMissing(new UnsupportedOperationException(otherwise));
        }
    }

    Class<?> type(String name) {
        try {
            return missing == null ? Class.forName(name, false, null) : null;
        } catch (ClassNotFoundException | LinkageError e) {
            isMissing(e);
            return null;
        }
    }

    /** The offset of a field that must be of the expected type. */
    long field(Class<?> type, String name, Class<?> expected) {
        try {
            return missing == null ? UnsafeAccess.offset(type, name, expected) : UnsafeAccess.NONE;
        } catch (Throwable e) {
            isMissing(e);
            return UnsafeAccess.NONE;
        }
    }

    /** The offset of the field of a type, whatever its name. */
    long onlyField(Class<?> type, Class<?> expected) {
        try {
            if (missing != null) {
                return UnsafeAccess.NONE;
            }
            for (Field field : type.getDeclaredFields()) {
                if (field.getType() == expected) {
                    return UnsafeAccess.offset(field);
                }
            }
            throw new NoSuchFieldException(type + " has no " + expected);
        } catch (Throwable e) {
            isMissing(e);
            return UnsafeAccess.NONE;
        }
    }

    /** The value of a static field; null also where it is missing. Initialises the class. */
    Object constant(Class<?> type, String name) {
        try {
            Field field = missing == null ? type.getDeclaredField(name) : null;
            return field == null ? null : privateIn(type).unreflectGetter(field).invoke();
        } catch (Throwable e) {
            isMissing(e);
            return null;
        }
    }

    /** The value of a static field of type int; something else where it is missing. */
    int number(Class<?> type, String name, int otherwise) {
        return constant(type, name) instanceof Integer number ? number : otherwise;
    }

    /** A static method, as one of another type. Initialises its class. */
    MethodHandle staticMethod(Class<?> type, String name, MethodType is, MethodType as) {
        try {
            return missing == null ? convert(initialized(type).findStatic(type, name, is), as) : null;
        } catch (Throwable e) {
            isMissing(e);
            return null;
        }
    }

    /** The method of this very class, not of one that overrides it, as one of another type. */
    MethodHandle method(Class<?> type, String name, MethodType is, MethodType as) {
        try {
            return missing == null ? convert(privateIn(type).findSpecial(type, name, is, type), as) : null;
        } catch (Throwable e) {
            isMissing(e);
            return null;
        }
    }

    /** The method of that name that has no parameter, or one that is given; as one of another type. */
    MethodHandle methodWith(Object argument, Class<?> type, String name, MethodType as) {
        try {
            if (missing != null) {
                return null;
            }
            for (Method method : type.getDeclaredMethods()) {
                int count = method.getParameterCount();
                if (method.getName().equals(name) && count <= 1) {
                    MethodHandle found = privateIn(type).unreflect(method);
                    return convert(count == 0 ? found : MethodHandles.insertArguments(found, 1, argument), as);
                }
            }
            throw new NoSuchMethodException(type + "." + name);
        } catch (Throwable e) {
            isMissing(e);
            return null;
        }
    }

    private static MethodHandle convert(MethodHandle found, MethodType as) {
        return MethodHandles.explicitCastArguments(found, as);
    }

    private static Lookup initialized(Class<?> type) throws IllegalAccessException {
        Lookup in = privateIn(type);
        in.ensureInitialized(type);
        return in;
    }

    private static Lookup privateIn(Class<?> type) throws IllegalAccessException {
        return MethodHandles.privateLookupIn(type, LOOKUP);
    }
}
