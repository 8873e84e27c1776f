// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.pattern;

/**
 * Names of methods for people.
 *
 * @since 1.0
 */
public final class MethodNames {
    private static final String DESCRIPTORS = "ZBCSIJFD";
    private static final String[] PRIMITIVES = {
        "boolean", "byte", "char", "short", "int", "long", "float", "double",
    };

    private MethodNames() {
    }

    /**
     * Names a method as a pattern would, {@code com.acme.Type#method(int, java.lang.String[])}.
     *
     * @param type internal name of the class
     * @param method name of the method
     * @param descriptor as in the class file
     * @return a pattern that takes this method and no other
     */
    public static String readable(String type, String method, String descriptor) {
        return type.replace('/', '.') + "#" + readable(method, descriptor);
    }

    static String readable(String method, String descriptor) {
        StringBuilder text = new StringBuilder(method).append('(');
        int at = 1;
        while (descriptor.charAt(at) != ')') {
            if (at > 1) {
                text.append(", ");
            }
            int dimensions = 0;
            while (descriptor.charAt(at) == '[') {
                dimensions++;
                at++;
            }
            if (descriptor.charAt(at) == 'L') {
                int end = descriptor.indexOf(';', at);
                text.append(descriptor.substring(at + 1, end).replace('/', '.'));
                at = end + 1;
            } else {
                text.append(PRIMITIVES[DESCRIPTORS.indexOf(descriptor.charAt(at))]);
                at++;
            }
            for (int i = 0; i < dimensions; i++) {
                text.append("[]");
            }
        }
        return text.append(')').toString();
    }
}
