// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.observe;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Map;

/**
 * MBeans as text, for a reader that gets no objects: a serial filter may let none pass. The lines, with tabs between
 * their parts:
 * <pre>
 * bean  NAME
 * value ATTRIBUTE TYPE VALUE
 * table ATTRIBUTE
 * row   COMPONENT TYPE VALUE COMPONENT TYPE VALUE …
 * end
 * </pre>
 * TYPE is the simple name of a class: {@code String}, {@code Long}, {@code Integer}, {@code Boolean}. In a value
 * {@code \\}, {@code \t} and {@code \n} stand for the characters.
 */
final class MBeanText {
    private final StringBuilder text = new StringBuilder();

    /**
     * Adds a bean.
     *
     * @param name the bean's: {@code Agent}, {@code Guard}, {@code Offload}, {@code Pool NAME}
     * @param type its MXBean interface; attributes are read that are values or maps of records
     * @param bean implements it
     * @throws ReflectiveOperationException if an attribute cannot be read
     */
    void add(String name, Class<?> type, Object bean) throws ReflectiveOperationException {
        text.append("bean\t").append(escaped(name)).append('\n');
        for (Method method : type.getMethods()) {
            String attribute = attribute(method);
            if (attribute != null) {
                add(attribute, value(method, bean));
            }
        }
    }

    private void add(String attribute, Object value) throws ReflectiveOperationException {
        if (value instanceof Map<?, ?> table) {
            text.append("table\t").append(attribute).append('\n');
            for (Object row : table.values()) {
                text.append("row");
                for (RecordComponent component : row.getClass().getRecordComponents()) {
                    append(component.getName(), value(component.getAccessor(), row));
                }
                text.append('\n');
            }
        } else {
            text.append("value");
            append(attribute, value);
            text.append('\n');
        }
    }

    private void append(String name, Object value) {
        text.append('\t').append(name).append('\t').append(value.getClass().getSimpleName()).append('\t')
            .append(escaped(value.toString()));
    }

    private static String attribute(Method method) {
        String name = method.getName();
        if (method.getParameterCount() != 0 || method.getReturnType() == void.class) {
            return null;
        }
        return name.startsWith("get") ? name.substring(3) : name.startsWith("is") ? name.substring(2) : null;
    }

    private static Object value(Method method, Object from) throws ReflectiveOperationException {
        try {
            return method.invoke(from);
        } catch (InvocationTargetException e) {
            throw new ReflectiveOperationException(method + " failed", e.getCause());
        }
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n");
    }

    /** All of it. */
    @Override
    public String toString() {
        return text + "end\n";
    }
}
