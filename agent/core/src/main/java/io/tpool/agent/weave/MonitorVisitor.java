// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.weave;

import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Takes the monitor of a method that is no longer {@code synchronized} around its body, as javac does for a block:
 * released on every way out, with the release itself covered by the handler, which is what the JVM's compilers take for
 * structured locking.
 */
final class MonitorVisitor extends AroundVisitor {
    private final Type owner;
    private final boolean isStatic;

    /**
     * Creates a visitor.
     *
     * @param owner the class, whose monitor it is if the method is static
     * @param locals slots that the body uses
     * @param frames whether the class file has stack map frames
     */
    MonitorVisitor(MethodVisitor next, Type owner, boolean isStatic, int locals, boolean frames) {
        super(next, locals, frames);
        this.owner = owner;
        this.isStatic = isStatic;
    }

    @Override
    public void visitCode() {
        super.visitCode();
        if (isStatic) {
            super.visitLdcInsn(owner);
        } else {
            super.visitVarInsn(Opcodes.ALOAD, 0);
        }
        super.visitInsn(Opcodes.DUP);
        super.visitVarInsn(Opcodes.ASTORE, slot());
        super.visitInsn(Opcodes.MONITORENTER);
        cover();
    }

    @Override
    public void visitInsn(int opcode) {
        if (!returns(opcode)) {
            super.visitInsn(opcode);
            return;
        }
        release();
        cover();
        super.visitInsn(opcode);
        cover();
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        Label handler = beginHandler();
        cover(handler);
        release();
        cover();
        super.visitInsn(Opcodes.ATHROW);
        endHandler(handler, Math.max(maxStack + 1, 2));
    }

    private void release() {
        super.visitVarInsn(Opcodes.ALOAD, slot());
        super.visitInsn(Opcodes.MONITOREXIT);
    }
}
