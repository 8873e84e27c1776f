// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.proxy;

import io.tpool.internal.pool.Thrown;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;

/** What stands behind an object of ours in front of one of the application's. */
public abstract class Wrapper implements InvocationHandler {
    public final Object target;

    Wrapper(Object target) {
        this.target = target;
    }

    @Override
    public final Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(method, arguments);
        }
        return call(proxy, method, arguments);
    }

    abstract Object call(Object proxy, Method method, Object[] arguments) throws Throwable;

    /** These three run in the caller: they are called often, and by collections, and hardly ever block. */
    private Object ofObject(Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "equals" -> target.equals(unwrap(arguments[0]));
            case "hashCode" -> target.hashCode();
            default -> target.toString();
        };
    }

    /** Calls the method of the target; throws the very object that the method throws. */
    final Object callTarget(Method method, Object[] arguments) throws Exception {
        if (!Modifier.isPublic(method.getDeclaringClass().getModifiers())) {
            method.setAccessible(true);
        }
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw Thrown.<RuntimeException>asIs(e.getCause());
        }
    }

    /** The wrapper behind an object; null if it is not one of ours. */
    public static Wrapper behind(Object object) {
        return object != null && Proxy.isProxyClass(object.getClass())
                && Proxy.getInvocationHandler(object) instanceof Wrapper wrapper ? wrapper : null;
    }

    /** What is behind an object of ours; any other object itself. */
    public static Object unwrap(Object object) {
        Wrapper wrapper = behind(object);
        return wrapper == null ? object : wrapper.target;
    }
}
