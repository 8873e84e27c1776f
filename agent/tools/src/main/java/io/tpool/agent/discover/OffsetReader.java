// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import java.util.IdentityHashMap;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.Label;

/** Remembers where each label stands, and the instruction that is being read, which ASM keeps to itself. */
final class OffsetReader extends ClassReader {

    private static final int MAJOR = 7;
    private static final byte JAVA_21 = 65;

    private final Map<Label, Integer> labels = new IdentityHashMap<>();
    private int instruction;

    OffsetReader(byte[] classFile) {
        super(readable(classFile));
    }

    int offset(Label label) {
        return labels.get(label);
    }

    int instruction() {
        return instruction;
    }

    @Override
    protected void readBytecodeInstructionOffset(int bytecodeOffset) {
        instruction = bytecodeOffset;
    }

    @Override
    protected Label readLabel(int bytecodeOffset, Label[] known) {
        Label label = super.readLabel(bytecodeOffset, known);
        labels.put(label, bytecodeOffset);
        return label;
    }

    /** What is read here has been the same for many releases, so that a class file newer than ASM can be read too. */
    private static byte[] readable(byte[] classFile) {
        if (classFile.length > MAJOR && classFile[MAJOR] > JAVA_21) {
            byte[] copy = classFile.clone();
            copy[MAJOR] = JAVA_21;
            return copy;
        }
        return classFile;
    }
}
