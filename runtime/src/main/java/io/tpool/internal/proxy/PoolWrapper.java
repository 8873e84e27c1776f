// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.proxy;

import java.lang.reflect.Method;

/** Behind a proxy: every method of its interfaces runs in the pool. */
public final class PoolWrapper extends Wrapper {
    public final Calls calls;
    public final Autowrap autowrap;
    private final boolean holdsElements;

    public PoolWrapper(Object target, Calls calls, Autowrap autowrap) {
        super(target);
        this.calls = calls;
        this.autowrap = autowrap;
        holdsElements = autowrap.hasTypes() && (target instanceof Iterable || ElementWrapper.holdsElements(target));
    }

    @Override
    Object call(Object proxy, Method method, Object[] arguments) throws Exception {
        return calls.execute(() -> {
            Object[] passed = holdsElements ? Elements.in(method, arguments, this::element) : arguments;
            return autowrap.result(this, proxy, method, callTarget(method, passed));
        });
    }

    private Object element(Object element) {
        return autowrap.element(calls, element);
    }
}
