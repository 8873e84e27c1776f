package io.tpool.agent.weave;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Takes the monitor of a method that is no longer {@code synchronized} around its body, as javac does for a block: released on
 * every way out, with the release itself covered by the handler, which is what the JVM's compilers take for structured
 * locking.
 */
final class MonitorVisitor extends MethodVisitor {
    private final Type owner;
    private final boolean isStatic;
    private final FramePad pad;
    private final List<Label> covered = new ArrayList<>();

    /**
     * Creates a visitor.
     *
     * @param owner the class, whose monitor it is if the method is static
     * @param locals slots that the body uses
     * @param frames whether the class file has stack map frames
     */
    MonitorVisitor(MethodVisitor next, Type owner, boolean isStatic, int locals, boolean frames) {
        super(Opcodes.ASM9, next);
        this.owner = owner;
        this.isStatic = isStatic;
        pad = new FramePad(locals, frames);
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
        super.visitVarInsn(Opcodes.ASTORE, pad.slot());
        super.visitInsn(Opcodes.MONITORENTER);
        cover();
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode < Opcodes.IRETURN || opcode > Opcodes.RETURN) {
            super.visitInsn(opcode);
            return;
        }
        release();
        cover();
        super.visitInsn(opcode);
        cover();
    }

    @Override
    public void visitFrame(int type, int numLocal, Object[] local, int numStack, Object[] stack) {
        pad.frame(mv, numLocal, local, numStack, stack);
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        Label handler = new Label();
        covered.add(handler);
        super.visitLabel(handler);
        pad.handlerFrame(mv);
        covered.add(handler);
        release();
        cover();
        super.visitInsn(Opcodes.ATHROW);
        Code.handle(mv, covered, handler);
        super.visitMaxs(Math.max(maxStack + 1, 2), pad.slot() + 1);
    }

    private void release() {
        super.visitVarInsn(Opcodes.ALOAD, pad.slot());
        super.visitInsn(Opcodes.MONITOREXIT);
    }

    private void cover() {
        Label here = new Label();
        super.visitLabel(here);
        covered.add(here);
    }
}
