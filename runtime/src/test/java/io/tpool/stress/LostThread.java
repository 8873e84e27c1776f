// SPDX-License-Identifier: Apache-2.0
package io.tpool.stress;

import io.tpool.internal.jdk.VirtualThreads;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;

/** Words about a thread that does not come back: what the JDK and the runtime know of it. */
public final class LostThread {
    private LostThread() {
    }

    /** Looks at fields only: to take its stack may bring a virtual thread back. */
    public static String describe(Thread thread) {
        String words = thread.getName() + " " + thread.getState();
        if (thread.isVirtual() && VirtualThreads.problem() == null) {
            words += " VirtualThread.state=" + field(thread.getClass(), thread, "state") + " task="
                    + fields(VirtualThreads.task(thread), 1);
        }
        return words;
    }

    private static Object field(Class<?> type, Object object, String name) {
        try {
            Field field = type.getDeclaredField(name);
            field.setAccessible(true);
            return field.get(object);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return "?";
        }
    }

    private static String fields(Object object, int levels) {
        if (object == null || levels == 0 || !object.getClass().getName().startsWith("io.tpool.")) {
            return String.valueOf(object);
        }
        StringBuilder words = new StringBuilder(object.getClass().getSimpleName()).append('{');
        for (Class<?> type = object.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    words.append(field.getName()).append('=').append(fields(field(type, object, field.getName()),
                            levels - 1)).append(' ');
                }
            }
        }
        return words.append('}').toString();
    }
}
