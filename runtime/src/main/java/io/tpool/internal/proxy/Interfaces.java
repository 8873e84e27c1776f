// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.proxy;

import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which interfaces a proxy implements. */
public final class Interfaces {
    private Interfaces() {
    }

    /**
     * Says why there can be no proxy for a type.
     *
     * @return null if there can
     */
    public static String problem(Class<?> type) {
        if (!type.isInterface()) {
            return "is not an interface";
        }
        if (type.isSealed()) {
            return "is sealed: only the classes that it permits can implement it";
        }
        if (type.isHidden()) {
            return "is hidden: no other class can implement it";
        }
        return unreachable(type);
    }

    private static String unreachable(Class<?> type) {
        Module user = Interfaces.class.getModule();
        Module module = type.getModule();
        boolean open = !Modifier.isPublic(type.getModifiers());
        if (open ? module.isOpen(type.getPackageName(), user) : module.isExported(type.getPackageName(), user)) {
            return null;
        }
        return "is in a package that its module does not " + (open ? "open" : "export") + ": run with --add-"
                + (open ? "opens " : "exports ") + module.getName() + "/" + type.getPackageName() + "=ALL-UNNAMED";
    }

    /** A proxy that implements just this interface. */
    public static <I> I proxy(Class<I> type, Wrapper wrapper) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, wrapper));
    }

    /**
     * A proxy for a value, with all interfaces of its class as far as possible, so that it can be cast as the value
     * itself could.
     *
     * @param declared type that the proxy must be an instance of
     * @param wanted interfaces that it must implement if the value does
     * @return the value itself where there can be no such proxy, because its user needs a class, or no loader sees all
     *     it needs
     */
    public static Object proxy(Object value, Class<?> declared, Collection<Class<?>> wanted,
            InvocationHandler handler) {
        if (declared != Object.class && problem(declared) != null) {
            return value;
        }
        Set<Class<?>> needed = new LinkedHashSet<>();
        if (declared != Object.class) {
            needed.add(declared);
        }
        for (Class<?> type : wanted) {
            if (type.isInstance(value)) {
                needed.add(type);
            }
        }
        Set<Class<?>> all = new LinkedHashSet<>(needed);
        addInterfaces(value.getClass(), all);
        Set<Class<?>> shown = new LinkedHashSet<>(all);
        shown.removeIf(type -> !Modifier.isPublic(type.getModifiers()) && !needed.contains(type));
        for (Set<Class<?>> types : List.of(all, shown, needed)) {
            try {
                if (!types.isEmpty()) {
                    return Proxy.newProxyInstance(loader(value, types), types.toArray(Class<?>[]::new), handler);
                }
            } catch (IllegalArgumentException e) {
                // Two of them have a method that cannot be implemented once for both, or are hidden in different
                // packages, or no loader sees them all: try fewer.
                continue;
            }
        }
        return value;
    }

    /** A loader that sees all of them; the value's own sees at least those that its class names. */
    private static ClassLoader loader(Object value, Set<Class<?>> types) {
        ClassLoader own = value.getClass().getClassLoader();
        if (seesAll(own, types)) {
            return own;
        }
        for (Class<?> type : types) {
            if (seesAll(type.getClassLoader(), types)) {
                return type.getClassLoader();
            }
        }
        return own;
    }

    private static boolean seesAll(ClassLoader loader, Set<Class<?>> types) {
        for (Class<?> type : types) {
            try {
                if (Class.forName(type.getName(), false, loader) != type) {
                    return false;
                }
            } catch (ClassNotFoundException e) {
                return false;
            }
        }
        return true;
    }

    public static void addInterfaces(Class<?> type, Set<Class<?>> found) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            for (Class<?> implemented : at.getInterfaces()) {
                if (problem(implemented) == null && implemented != Serializable.class
                        && implemented != Cloneable.class) {
                    found.add(implemented);
                }
                addInterfaces(implemented, found);
            }
        }
    }

    /** A method of the interface, by its name, whose value can not be wrapped; null if there is none. */
    public static Method unwrappable(Class<?> type, String name) {
        for (Method method : type.getMethods()) {
            Class<?> returned = method.getReturnType();
            if (method.getName().equals(name) && returned != Object.class && problem(returned) != null) {
                return method;
            }
        }
        return null;
    }
}
