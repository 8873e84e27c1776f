// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.weave;

import java.util.List;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Short sequences of instructions.
 */
final class Code {
    private Code() {
    }

    /** Pushes an int constant. */
    static void push(MethodVisitor to, int value) {
        if (value >= -1 && value <= 5) {
            to.visitInsn(Opcodes.ICONST_0 + value);
        } else if (value == (byte) value) {
            to.visitIntInsn(Opcodes.BIPUSH, value);
        } else if (value == (short) value) {
            to.visitIntInsn(Opcodes.SIPUSH, value);
        } else {
            to.visitLdcInsn(value);
        }
    }

    /** Pushes the receiver, if there is one, and the arguments. */
    static void loadArguments(MethodVisitor to, boolean isStatic, Type[] arguments) {
        int slot = 0;
        if (!isStatic) {
            to.visitVarInsn(Opcodes.ALOAD, slot++);
        }
        for (Type argument : arguments) {
            to.visitVarInsn(argument.getOpcode(Opcodes.ILOAD), slot);
            slot += argument.getSize();
        }
    }

    /**
     * Adds a handler for everything, behind the body's own. Labels come in pairs, begin and end; a pair around nothing,
     * which no class file may have, is left out. All labels are in place: their offsets may still grow together, but
     * not apart.
     */
    static void handle(MethodVisitor to, List<Label> pairs, Label handler) {
        for (int i = 0; i < pairs.size(); i += 2) {
            if (pairs.get(i).getOffset() < pairs.get(i + 1).getOffset()) {
                to.visitTryCatchBlock(pairs.get(i), pairs.get(i + 1), handler, null);
            }
        }
    }
}
