// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.proxy;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.Spliterator;
import java.util.stream.BaseStream;

/**
 * What a proxy does with what its methods return.
 *
 * @param types every value that is an instance of one of these interfaces is wrapped
 * @param names every value that a method of one of these names returns is wrapped
 */
public record Autowrap(Set<Class<?>> types, Set<String> names) {
    static final Autowrap NOTHING = new Autowrap(Set.of(), Set.of());

    boolean hasTypes() {
        return !types.isEmpty();
    }

    public Autowrap and(Autowrap other) {
        Set<Class<?>> allTypes = new LinkedHashSet<>(types);
        allTypes.addAll(other.types);
        Set<String> allNames = new LinkedHashSet<>(names);
        allNames.addAll(other.names);
        return new Autowrap(Set.copyOf(allTypes), Set.copyOf(allNames));
    }

    /**
     * What the caller of a proxied method gets. Runs in the pool: looking at the elements of a collection may block.
     */
    Object result(PoolWrapper wrapper, Object proxy, Method method, Object value) {
        Class<?> declared = method.getReturnType();
        if (value == null || declared.isPrimitive()) {
            return value;
        }
        if (value == wrapper.target && declared.isInstance(proxy)) {
            return proxy;
        }
        if (names.contains(method.getName()) || matches(value)) {
            return wrap(wrapper.calls, declared, value);
        }
        if (value instanceof Iterator || value instanceof Spliterator || value instanceof BaseStream) {
            Object source = wrapper.target instanceof BaseStream || !hasTypes() ? value
                    : Elements.mapped(declared, value, element -> element(wrapper.calls, element));
            return wrap(wrapper.calls, declared, source);
        }
        return hasTypes() ? withElements(wrapper.calls, declared, value) : value;
    }

    /** An element of a collection: wrapped if it is of an autowrapped type. */
    Object element(Calls calls, Object element) {
        return matches(element) ? wrap(calls, Object.class, element) : element;
    }

    private boolean matches(Object value) {
        for (Class<?> type : types) {
            if (type.isInstance(value)) {
                return true;
            }
        }
        return false;
    }

    private Object wrap(Calls calls, Class<?> declared, Object value) {
        if (Wrapper.behind(value) != null) {
            return value;
        }
        return Interfaces.proxy(value, declared, types, new PoolWrapper(value, calls, this));
    }

    private Object withElements(Calls calls, Class<?> declared, Object value) {
        boolean any = switch (value) {
            case Collection<?> collection -> anyMatches(collection);
            case Map<?, ?> map -> anyMatches(map.keySet()) || anyMatches(map.values());
            case Object[] array -> anyMatches(Arrays.asList(array));
            default -> false;
        };
        if (!any || Wrapper.behind(value) != null) {
            return value;
        }
        if (value instanceof Object[] array) {
            return Elements.replaced(array.clone(), element -> element(calls, element));
        }
        return Interfaces.proxy(value, declared, Set.of(),
                new ElementWrapper(value, element -> element(calls, element)));
    }

    private boolean anyMatches(Collection<?> elements) {
        for (Object element : elements) {
            if (matches(element)) {
                return true;
            }
        }
        return false;
    }
}
