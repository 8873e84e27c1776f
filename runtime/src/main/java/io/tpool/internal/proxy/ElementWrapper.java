// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.proxy;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.Spliterator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Behind a view of a collection, a map, an entry or an iterator: its methods run where they are called, on the
 * collection itself, and the elements that they give out are wrapped.
 */
final class ElementWrapper extends Wrapper {
    private final UnaryOperator<Object> wrap;

    ElementWrapper(Object target, UnaryOperator<Object> wrap) {
        super(target);
        this.wrap = wrap;
    }

    static boolean holdsElements(Object value) {
        return value instanceof Collection || value instanceof Map || value instanceof Iterator
                || value instanceof Map.Entry;
    }

    @Override
    Object call(Object proxy, Method method, Object[] arguments) throws Exception {
        Object value = callTarget(method, Elements.in(method, arguments, this::out));
        Class<?> declared = method.getReturnType();
        if (value == null || declared.isPrimitive()) {
            return value;
        }
        if (value instanceof Stream || value instanceof Spliterator) {
            return Elements.mapped(declared, value, this::out);
        }
        return value instanceof Object[] array ? Elements.replaced(array, wrap) : out(value, declared);
    }

    private Object out(Object value) {
        return out(value, Object.class);
    }

    private Object out(Object value, Class<?> declared) {
        Object wrapped = wrap.apply(value);
        if (wrapped != value || !holdsElements(value) || behind(value) != null) {
            return wrapped;
        }
        return Interfaces.proxy(value, declared, Set.of(), new ElementWrapper(value, wrap));
    }
}
