// SPDX-License-Identifier: Apache-2.0
package io.tpool;

import io.tpool.internal.proxy.Calls;
import io.tpool.internal.proxy.Wrapper;
import io.tpool.internal.proxy.Autowrap;
import io.tpool.internal.proxy.PoolWrapper;
import io.tpool.internal.proxy.Interfaces;
import java.lang.reflect.Method;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/**
 * Makes a proxy whose results are wrapped in their turn, where they are what one says here.
 *
 * <pre>{@code
 * Connection connection = pool.proxyBuilder(Connection.class, bare)
 *         .autowrap(Statement.class, ResultSet.class)
 *         .build();
 * }</pre>
 *
 * <p>For one thread; the proxy is for as many as its target is.
 *
 * @param <I> the interface
 * @since 1.0
 */
public final class ProxyBuilder<I> {
    private final Class<I> type;
    private final I target;
    private final Calls calls;
    private final Set<Class<?>> types = new LinkedHashSet<>();
    private final Set<String> names = new LinkedHashSet<>();

    ProxyBuilder(Class<I> type, I target, Calls calls) {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(target, "target");
        check(type);
        if (!type.isInstance(target)) {
            throw new IllegalArgumentException(target.getClass().getName() + " does not implement " + type.getName());
        }
        this.type = type;
        this.target = target;
        this.calls = calls;
    }

    /**
     * Wraps every value returned that is an instance of one of these types, and every such element of a collection, a
     * map or an array that is returned.
     *
     * <p>The wrapped value implements what its class implements, so it can be cast to any public interface of the
     * class; its methods run in the pool, and it is autowrapped as this proxy is. A collection or map that holds such
     * elements is given out as a view: its methods run in the caller, on the collection itself, and only the elements
     * that one gets from it, or that functions passed to it see, are wrapped. A value that a method declares to return
     * as a class cannot be wrapped and is returned as it is.
     *
     * @param types interfaces, not null
     * @return this
     * @throws IllegalArgumentException if one of them is a class, or an interface that only certain classes can
     *     implement
     */
    public ProxyBuilder<I> autowrap(Class<?>... types) {
        for (Class<?> wrapped : types) {
            check(Objects.requireNonNull(wrapped, "type"));
            this.types.add(wrapped);
        }
        return this;
    }

    /**
     * Wraps what methods of these names return, whatever it is; also the methods of those names of what is wrapped in
     * its turn.
     *
     * @param names of methods, of this interface or of those of wrapped values, not null
     * @return this
     * @throws IllegalArgumentException if this interface has such a method and it returns a primitive value or an
     *     object of a class
     */
    public ProxyBuilder<I> autowrapNames(String... names) {
        for (String name : names) {
            Method method = Interfaces.unwrappable(type, Objects.requireNonNull(name, "name"));
            if (method != null) {
                throw new IllegalArgumentException("autowrapNames: " + type.getName() + "#" + name + " returns "
                        + method.getReturnType().getName()
                        + ", which is not an interface; only interfaces can be wrapped");
            }
            this.names.add(name);
        }
        return this;
    }

    /**
     * Makes the proxy.
     *
     * @return never null; if the target is a proxy already, a proxy of what that one wraps, autowrapped as both say
     */
    public I build() {
        Autowrap autowrap = new Autowrap(Set.copyOf(types), Set.copyOf(names));
        if (Wrapper.behind(target) instanceof PoolWrapper earlier && type.isInstance(earlier.target)) {
            if (earlier.calls == calls && earlier.autowrap.and(autowrap).equals(earlier.autowrap)) {
                return target;
            }
            return Interfaces.proxy(type, new PoolWrapper(earlier.target, calls, earlier.autowrap.and(autowrap)));
        }
        return Interfaces.proxy(type, new PoolWrapper(target, calls, autowrap));
    }

    private static void check(Class<?> type) {
        String problem = Interfaces.problem(type);
        if (problem != null) {
            throw new IllegalArgumentException("no proxy for " + type.getName() + ": it " + problem
                    + implemented(type));
        }
    }

    /** What to use in place of a class. */
    private static String implemented(Class<?> type) {
        Set<Class<?>> found = new LinkedHashSet<>();
        if (!type.isInterface()) {
            Interfaces.addInterfaces(type, found);
        }
        StringBuilder text = new StringBuilder();
        for (Class<?> each : found) {
            text.append(text.length() == 0 ? "; use one that it implements: " : ", ").append(each.getName());
        }
        return text.toString();
    }
}
