// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.weave;

import io.tpool.agent.pattern.MethodShape;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a class file declares: name, supertypes, methods. Confined to one thread. Read without any library, so that a
 * class without a listed method costs no class loading of ours.
 */
final class ClassHeader {
    static final int ACC_PRIVATE = 0x0002;
    static final int ACC_STATIC = 0x0008;
    static final int ACC_FINAL = 0x0010;
    static final int ACC_SYNCHRONIZED = 0x0020;
    static final int ACC_BRIDGE = 0x0040;
    static final int ACC_NATIVE = 0x0100;
    static final int ACC_INTERFACE = 0x0200;
    static final int ACC_SYNTHETIC = 0x1000;

    private static final int MAGIC = 0xCAFEBABE;
    private static final int UTF8 = 1;

    private final byte[] file;
    /** Offsets of the constants, behind their tags. */
    private final int[] constants;
    private final int access;
    private final String name;
    private final String superName;
    private final String[] interfaces;
    private int position;
    /** Null until somebody asks for the members; most classes are asked for their supertypes at most. */
    private List<MethodShape> methods;
    private final Map<String, Integer> locals = new HashMap<>();
    private boolean serialVersionUid;

    private ClassHeader(byte[] file) {
        this.file = file;
        if (file.length < 10 || int4(0) != MAGIC) {
            throw new IllegalArgumentException("not a class file");
        }
        constants = new int[u2(8)];
        position = 10;
        skipConstants();
        access = next2();
        name = className(next2());
        superName = className(next2());
        interfaces = new String[next2()];
        for (int i = 0; i < interfaces.length; i++) {
            interfaces[i] = className(next2());
        }
    }

    /**
     * Reads a class file.
     *
     * @throws RuntimeException if it is damaged
     */
    static ClassHeader of(byte[] file) {
        return new ClassHeader(file);
    }

    /** Major version: 52 is Java 8. */
    int version() {
        return u2(6);
    }

    boolean isInterface() {
        return (access & ACC_INTERFACE) != 0;
    }

    String name() {
        return name;
    }

    /** Null for {@code java/lang/Object} and module descriptors. */
    String superName() {
        return superName;
    }

    String[] interfaces() {
        return interfaces.clone();
    }

    /** What nobody can extend. */
    boolean isFinal() {
        return (access & ACC_FINAL) != 0;
    }

    List<MethodShape> methods() {
        readMembers();
        return methods;
    }

    boolean hasMethodNamedWith(String prefix) {
        for (MethodShape method : methods()) {
            if (method.name().startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /** Slots that the code of a method uses, 0 where there is none. */
    int locals(String key) {
        readMembers();
        return locals.getOrDefault(key, 0);
    }

    boolean declaresSerialVersionUid() {
        readMembers();
        return serialVersionUid;
    }

    /** Name and descriptor: what tells a method from the others of its class. */
    static String key(MethodShape method) {
        return method.name().concat(method.descriptor());
    }

    /**
     * Tells whether a text constant contains these characters; class names, descriptors and annotations are text
     * constants.
     */
    boolean mentions(String ascii) {
        byte[] wanted = ascii.getBytes(StandardCharsets.ISO_8859_1);
        for (int at : constants) {
            if (at != 0 && file[at - 1] == UTF8 && contains(at + 2, u2(at), wanted)) {
                return true;
            }
        }
        return false;
    }

    private boolean contains(int from, int length, byte[] wanted) {
        for (int i = from; i <= from + length - wanted.length; i++) {
            int k = 0;
            while (k < wanted.length && file[i + k] == wanted[k]) {
                k++;
            }
            if (k == wanted.length) {
                return true;
            }
        }
        return false;
    }

    private void skipConstants() {
        for (int i = 1; i < constants.length; i++) {
            int tag = file[position++];
            constants[i] = position;
            switch (tag) {
                case UTF8 -> position += 2 + u2(position);
                case 3, 4, 9, 10, 11, 12, 17, 18 -> position += 4;
                case 5, 6 -> {
                    position += 8;
                    i++;
                }
                case 7, 8, 16, 19, 20 -> position += 2;
                case 15 -> position += 3;
                default -> throw new IllegalArgumentException("unknown constant");
            }
        }
    }

    private void readMembers() {
        if (methods != null) {
            return;
        }
        for (int count = next2(); count > 0; count--) {
            position += 2;
            serialVersionUid |= utf8(next2()).equals("serialVersionUID");
            position += 2;
            skipAttributes();
        }
        List<MethodShape> read = new ArrayList<>();
        for (int count = next2(); count > 0; count--) {
            read.add(readMethod());
        }
        methods = read;
    }

    private MethodShape readMethod() {
        int flags = next2();
        MethodShape method = new MethodShape(utf8(next2()), utf8(next2()), flags);
        for (int count = next2(); count > 0; count--) {
            if (utf8(next2()).equals("Code")) {
                locals.put(key(method), u2(position + 6));
            }
            position += 4 + int4(position);
        }
        return method;
    }

    private void skipAttributes() {
        for (int count = next2(); count > 0; count--) {
            position += 6 + int4(position + 2);
        }
    }

    private String className(int index) {
        return index == 0 ? null : utf8(u2(constants[index]));
    }

    private String utf8(int index) {
        int at = constants[index];
        int length = u2(at);
        for (int i = 0; i < length; i++) {
            if (file[at + 2 + i] < 0) {
                return modifiedUtf8(at, length);
            }
        }
        return new String(file, at + 2, length, StandardCharsets.ISO_8859_1);
    }

    private String modifiedUtf8(int at, int length) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(file, at, length + 2))) {
            return in.readUTF();
        } catch (IOException e) {
            throw new IllegalArgumentException("malformed text constant", e);
        }
    }

    private int next2() {
        int value = u2(position);
        position += 2;
        return value;
    }

    private int u2(int at) {
        return (file[at] & 0xFF) << 8 | file[at + 1] & 0xFF;
    }

    private int int4(int at) {
        return u2(at) << 16 | u2(at + 2);
    }
}
