// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.weave;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * The net under renamed natives that JNA binds by their names. A class that mentions JNA keeps its natives; but one
 * that another class hands to {@code Native.register(Class, String)} shows nothing of it. Then JNA asks for a symbol
 * with our prefix, and finds the one without.
 *
 * <p><b>Important</b>: names ASM, as {@link ClassWeaver} does.
 */
final class JnaSymbols extends ClassVisitor {
    /** JNA's class that looks symbols up. A constant: asking for it loads nothing. */
    static final String LIBRARY = "com/sun/jna/NativeLibrary";

    private static final int FRAMES = 50;

    private final boolean frames;

    private JnaSymbols(ClassVisitor next, boolean frames) {
        super(Opcodes.ASM9, next);
        this.frames = frames;
    }

    /** Returns JNA's class with symbols looked up without our prefix. */
    static byte[] withoutPrefix(byte[] file) {
        int version = ClassHeader.of(file).version();
        ClassReader reader = ClassWeaver.reader(file, version);
        ClassWriter writer = new ClassWriter(reader, 0);
        boolean frames = version >= FRAMES;
        reader.accept(new JnaSymbols(writer, frames), frames ? ClassReader.EXPAND_FRAMES : ClassReader.SKIP_FRAMES);
        return writer.toByteArray();
    }

    @Override
    public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
        String[] exceptions) {
        MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
        boolean lookup = name.equals("getSymbolAddress") && descriptor.equals("(Ljava/lang/String;)J")
                && (access & (Opcodes.ACC_STATIC | Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) == 0;
        return lookup ? new Lookup(next, frames) : next;
    }

    /** Puts {@code if (name.startsWith(PREFIX)) name = name.substring(PREFIX.length());} before the body. */
    private static final class Lookup extends MethodVisitor {
        private static final int NAME = 1;

        private final boolean frames;

        Lookup(MethodVisitor next, boolean frames) {
            super(Opcodes.ASM9, next);
            this.frames = frames;
        }

        @Override
        public void visitCode() {
            Label body = new Label();
            super.visitCode();
            super.visitVarInsn(Opcodes.ALOAD, NAME);
            super.visitLdcInsn(LoadTransformer.PREFIX);
            super.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/lang/String", "startsWith", "(Ljava/lang/String;)Z",
                false);
            super.visitJumpInsn(Opcodes.IFEQ, body);
            super.visitVarInsn(Opcodes.ALOAD, NAME);
            Code.push(mv, LoadTransformer.PREFIX.length());
            super.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/lang/String", "substring", "(I)Ljava/lang/String;",
                false);
            super.visitVarInsn(Opcodes.ASTORE, NAME);
            super.visitLabel(body);
            if (frames) {
                super.visitFrame(Opcodes.F_NEW, 2, new Object[] {LIBRARY, "java/lang/String"}, 0, new Object[0]);
            }
            super.visitInsn(Opcodes.NOP);
        }

        @Override
        public void visitMaxs(int maxStack, int maxLocals) {
            super.visitMaxs(Math.max(maxStack, 2), maxLocals);
        }
    }
}
