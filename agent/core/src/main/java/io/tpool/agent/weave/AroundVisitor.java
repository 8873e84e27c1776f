// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.weave;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Puts something around a body, with a handler for what the body throws.
 *
 * <p>What it has to keep lies in a new local behind all others. So no local of the body moves, whatever a compiler made
 * of its argument slots, and debug tables and annotations stay as they are; frames of the body get one more entry.
 */
abstract class AroundVisitor extends MethodVisitor {
    private final FramePad pad;
    /** Begin, end, begin, end: what the handler covers. */
    private final List<Label> covered = new ArrayList<>();

    /**
     * Creates a visitor.
     *
     * @param locals slots that the body uses
     * @param frames whether the class file has stack map frames
     */
    AroundVisitor(MethodVisitor next, int locals, boolean frames) {
        super(Opcodes.ASM9, next);
        pad = new FramePad(locals, frames);
    }

    @Override
    public final void visitFrame(int type, int numLocal, Object[] local, int numStack, Object[] stack) {
        pad.frame(mv, numLocal, local, numStack, stack);
    }

    static boolean returns(int opcode) {
        return opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN;
    }

    /** The new local. */
    final int slot() {
        return pad.slot();
    }

    /** From here on the handler covers the code, or no longer does. */
    final void cover() {
        Label here = new Label();
        super.visitLabel(here);
        covered.add(here);
    }

    /** Here what is covered ends, and the handler begins, with what was thrown on the stack. */
    final Label beginHandler() {
        Label handler = new Label();
        covered.add(handler);
        super.visitLabel(handler);
        pad.handlerFrame(mv);
        return handler;
    }

    /** Here the part of the handler begins that it covers itself. */
    final void cover(Label handler) {
        covered.add(handler);
    }

    /** The last act of a visitor. */
    final void endHandler(Label handler, int maxStack) {
        Code.handle(mv, covered, handler);
        super.visitMaxs(maxStack, pad.slot() + 1);
    }
}
