// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.pattern;

import java.util.List;

/**
 * Looks in the constant pool of a class for a name that one of some METHODs fits. A class that declares such a method
 * has its name there; a class that has the name may still not declare the method. Reads the bytes as they are: no
 * string is made.
 */
final class MethodNameFilter {
    private static final int POOL = 8;

    private final Glob[] names;
    /** A {@code *} alone fits everything; characters beyond the BMP are written in two ways in class files. */
    private final boolean always;

    MethodNameFilter(List<Glob> names) {
        this.names = names.toArray(new Glob[0]);
        boolean any = false;
        for (Glob name : this.names) {
            any |= name.isEverything() || hasSurrogate(name.toString());
        }
        this.always = any;
    }

    private static boolean hasSurrogate(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (Character.isSurrogate(name.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** @return true also where the bytes are no class file that this class knows */
    boolean mayDeclare(byte[] classFile) {
        if (always || classFile.length < POOL + 2) {
            return true;
        }
        int count = u2(classFile, POOL);
        int at = POOL + 2;
        for (int i = 1; i < count; i++) {
            if (at + 3 > classFile.length) {
                return true;
            }
            int tag = classFile[at];
            if (tag == 1) {
                int start = at + 3;
                int end = start + u2(classFile, at + 1);
                if (end > classFile.length || fits(classFile, start, end)) {
                    return true;
                }
                at = end;
            } else {
                int size = size(tag);
                if (size == 0) {
                    return true;
                }
                at += size;
                if (tag == 5 || tag == 6) {
                    i++;
                }
            }
        }
        return false;
    }

    /** Size of an entry with its tag, JVMS 4.4; 0 for a tag that is not known. */
    private static int size(int tag) {
        return switch (tag) {
            case 7, 8, 16, 19, 20 -> 3;
            case 15 -> 4;
            case 3, 4, 9, 10, 11, 12, 17, 18 -> 5;
            case 5, 6 -> 9;
            default -> 0;
        };
    }

    private boolean fits(byte[] classFile, int start, int end) {
        for (Glob name : names) {
            if (name.matches(classFile, start, end)) {
                return true;
            }
        }
        return false;
    }

    private static int u2(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }
}
