// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.pattern;

/**
 * The parameter list of a pattern. A type is a primitive, a fully qualified binary name, or a simple name; the last
 * means a type of {@code java.lang} or of the unnamed package. Each may be an array; {@code ...} after the last is the
 * same as {@code []}.
 */
final class ParameterList {
    private static final String[] PRIMITIVES = {
        "boolean", "byte", "char", "short", "int", "long", "float", "double",
    };
    private static final String PRIMITIVE_DESCRIPTORS = "ZBCSIJFD";

    /** One descriptor for each parameter; a simple name has two, the other of them here. */
    private final String[] descriptors;
    private final String[] alternatives;

    private ParameterList(String[] descriptors, String[] alternatives) {
        this.descriptors = descriptors;
        this.alternatives = alternatives;
    }

    /** @param types each well-formed, without white space, {@code ...} already turned into {@code []} */
    static ParameterList of(String[] types) {
        String[] descriptors = new String[types.length];
        String[] alternatives = new String[types.length];
        for (int i = 0; i < types.length; i++) {
            String type = types[i];
            StringBuilder dimensions = new StringBuilder();
            while (type.endsWith("[]")) {
                type = type.substring(0, type.length() - 2);
                dimensions.append('[');
            }
            int primitive = primitive(type);
            if (primitive >= 0) {
                descriptors[i] = dimensions.append(PRIMITIVE_DESCRIPTORS.charAt(primitive)).toString();
            } else if (type.indexOf('.') >= 0) {
                descriptors[i] = dimensions + "L" + type.replace('.', '/') + ";";
            } else {
                descriptors[i] = dimensions + "Ljava/lang/" + type + ";";
                alternatives[i] = dimensions + "L" + type + ";";
            }
        }
        return new ParameterList(descriptors, alternatives);
    }

    private static int primitive(String type) {
        for (int i = 0; i < PRIMITIVES.length; i++) {
            if (PRIMITIVES[i].equals(type)) {
                return i;
            }
        }
        return -1;
    }

    /** @param descriptor of a method, as in the class file */
    boolean matches(String descriptor) {
        int at = 1;
        for (int i = 0; i < descriptors.length; i++) {
            if (descriptor.startsWith(descriptors[i], at)) {
                at += descriptors[i].length();
            } else if (alternatives[i] != null && descriptor.startsWith(alternatives[i], at)) {
                at += alternatives[i].length();
            } else {
                return false;
            }
        }
        return descriptor.charAt(at) == ')';
    }
}
