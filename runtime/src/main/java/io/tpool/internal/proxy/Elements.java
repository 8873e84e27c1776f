// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.proxy;

import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.Spliterator;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The way of elements into and out of a collection whose elements the application is to see wrapped, while the
 * collection itself knows only the bare ones.
 */
final class Elements {
    private Elements() {
    }

    /**
     * Arguments for a method of the JDK's collections: bare elements; and functions that see its elements wrapped and
     * give bare ones back. What the arguments of other methods mean is not known; they are passed as they are.
     */
    static Object[] in(Method method, Object[] arguments, UnaryOperator<Object> wrap) {
        if (arguments == null || method.getDeclaringClass().getModule() != Object.class.getModule()) {
            return arguments;
        }
        Class<?>[] declared = method.getParameterTypes();
        Object[] passed = new Object[arguments.length];
        for (int i = 0; i < passed.length; i++) {
            // By the declared type: an element that happens to be a function is an element.
            Object function = arguments[i] == null ? null : adapted(declared[i], arguments[i], wrap);
            passed[i] = function != null ? function : Wrapper.unwrap(arguments[i]);
        }
        return passed;
    }

    @SuppressWarnings("unchecked")
    private static Object adapted(Class<?> declared, Object function, UnaryOperator<Object> wrap) {
        if (declared == Consumer.class) {
            Consumer<Object> of = (Consumer<Object>) function;
            return (Consumer<Object>) a -> of.accept(wrap.apply(a));
        }
        if (declared == BiConsumer.class) {
            BiConsumer<Object, Object> of = (BiConsumer<Object, Object>) function;
            return (BiConsumer<Object, Object>) (a, b) -> of.accept(wrap.apply(a), wrap.apply(b));
        }
        if (declared == Predicate.class) {
            Predicate<Object> of = (Predicate<Object>) function;
            return (Predicate<Object>) a -> of.test(wrap.apply(a));
        }
        if (declared == Comparator.class) {
            Comparator<Object> of = (Comparator<Object>) function;
            return (Comparator<Object>) (a, b) -> of.compare(wrap.apply(a), wrap.apply(b));
        }
        if (declared == BiFunction.class) {
            BiFunction<Object, Object, Object> of = (BiFunction<Object, Object, Object>) function;
            return (BiFunction<Object, Object, Object>) (a, b) ->
                    Wrapper.unwrap(of.apply(wrap.apply(a), wrap.apply(b)));
        }
        if (declared == Function.class || declared == UnaryOperator.class) {
            Function<Object, Object> of = (Function<Object, Object>) function;
            return (UnaryOperator<Object>) a -> Wrapper.unwrap(of.apply(wrap.apply(a)));
        }
        return null;
    }

    /**
     * A stream or spliterator that gives its elements wrapped; the value itself if it is of a kind of its own, or
     * neither.
     */
    static Object mapped(Class<?> declared, Object value, UnaryOperator<Object> wrap) {
        Object mapped = value;
        if (value instanceof Stream<?> stream && declared.isAssignableFrom(Stream.class)) {
            mapped = stream.map(wrap);
        } else if (value instanceof Spliterator<?> source && declared.isAssignableFrom(Spliterator.class)) {
            mapped = StreamSupport.stream(source, false).map(wrap).spliterator();
        }
        return mapped;
    }

    /** The array with its elements wrapped; as it is if it holds none but objects of a class. */
    static Object replaced(Object[] array, UnaryOperator<Object> wrap) {
        for (int i = 0; i < array.length; i++) {
            Object wrapped = wrap.apply(array[i]);
            if (array.getClass().getComponentType().isInstance(wrapped)) {
                array[i] = wrapped;
            }
        }
        return array;
    }
}
