// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.weave;

import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Puts the hook of mode {@code tpool} around a body: {@code Object t = Move.enter(id);}, the body, and
 * {@code Move.exit(t, thrown)} on every way out of it, with null where it returns.
 *
 * <p>Whatever {@code enter} throws passes by {@code exit}.
 *
 * <p>Only verified code is added to verified code: nothing of the body reads or writes the new local, every instruction
 * that is covered by the handler has it, and the handler uses nothing else.
 */
final class MoveVisitor extends AroundVisitor {
    static final String ENTER = "(I)Ljava/lang/Object;";
    static final String EXIT = "(Ljava/lang/Object;Ljava/lang/Throwable;)V";

    private final String move;
    private final int number;
    private final Label entry = new Label();
    private boolean entryHasLine;

    /**
     * Creates a visitor.
     *
     * @param locals slots that the body uses
     * @param frames whether the class file has stack map frames
     */
    MoveVisitor(MethodVisitor next, HookTypes hooks, int number, int locals, boolean frames) {
        super(next, locals, frames);
        move = hooks.move();
        this.number = number;
    }

    @Override
    public void visitCode() {
        super.visitCode();
        super.visitLabel(entry);
        Code.push(mv, number);
        super.visitMethodInsn(Opcodes.INVOKESTATIC, move, "enter", ENTER, false);
        super.visitVarInsn(Opcodes.ASTORE, slot());
        cover();
    }

    /** A thread dump taken during {@code enter} shows the method's first line. */
    @Override
    public void visitLineNumber(int line, Label start) {
        if (!entryHasLine) {
            entryHasLine = true;
            super.visitLineNumber(line, entry);
        }
        super.visitLineNumber(line, start);
    }

    @Override
    public void visitInsn(int opcode) {
        if (!returns(opcode)) {
            super.visitInsn(opcode);
            return;
        }
        cover();
        super.visitVarInsn(Opcodes.ALOAD, slot());
        super.visitInsn(Opcodes.ACONST_NULL);
        exit();
        super.visitInsn(opcode);
        cover();
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        Label handler = beginHandler();
        super.visitInsn(Opcodes.DUP);
        super.visitVarInsn(Opcodes.ALOAD, slot());
        super.visitInsn(Opcodes.SWAP);
        exit();
        super.visitInsn(Opcodes.ATHROW);
        endHandler(handler, Math.max(maxStack + 2, 3));
    }

    private void exit() {
        super.visitMethodInsn(Opcodes.INVOKESTATIC, move, "exit", EXIT, false);
    }
}
