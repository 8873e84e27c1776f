// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.weave;

import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Turns a native method into a Java method that calls the renamed native. What the native was annotated with stays,
 * except that the JVM no longer puts code of its own in its place.
 */
final class NativeVisitor extends MethodVisitor {
    private static final String INTRINSIC = "Ljdk/internal/vm/annotation/IntrinsicCandidate;";

    private final HandOffVisitor.Target target;

    /**
     * Creates a visitor.
     *
     * @param next puts the hook around the code that comes out here
     */
    NativeVisitor(MethodVisitor next, HandOffVisitor.Target target) {
        super(Opcodes.ASM9, next);
        this.target = target;
    }

    @Override
    public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
        return descriptor.equals(INTRINSIC) ? null : super.visitAnnotation(descriptor, visible);
    }

    @Override
    public void visitEnd() {
        String descriptor = target.descriptor();
        int sizes = Type.getArgumentsAndReturnSizes(descriptor);
        int slots = (sizes >> 2) - (target.isStatic() ? 1 : 0);
        int call = target.isStatic() ? Opcodes.INVOKESTATIC : Opcodes.INVOKESPECIAL;
        super.visitCode();
        Code.loadArguments(mv, target.isStatic(), target.arguments());
        super.visitMethodInsn(call, target.owner().getInternalName(), target.self().getName(), descriptor, false);
        super.visitInsn(Type.getReturnType(descriptor).getOpcode(Opcodes.IRETURN));
        super.visitMaxs(Math.max(slots, sizes & 3), slots);
        super.visitEnd();
    }
}
