// SPDX-License-Identifier: Apache-2.0
package io.tpool.faults;

import java.util.List;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** Asks {@link Faults} before each call and each allocation of a class. */
final class FaultVisitor extends ClassVisitor {
    private static final int API = Opcodes.ASM9;
    /** Calls that the JVM replaces by an instruction or two: they need neither stack nor memory. */
    private static final Set<String> LEAVES = Set.of("java/lang/Thread.currentThread", "java/lang/Thread.onSpinWait",
            "java/lang/Thread.interrupted", "java/lang/Thread.isVirtual", "java/lang/System.nanoTime",
                    "java/lang/Object.getClass", "java/lang/Math.max", "java/lang/Math.min");

    private final List<Site> sites;
    private String name;

    private FaultVisitor(ClassVisitor next, List<Site> sites) {
        super(API, next);
        this.sites = sites;
    }

    static byte[] rewrite(byte[] bytes, List<Site> sites) {
        ClassReader reader = new ClassReader(bytes);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(new FaultVisitor(writer, sites), 0);
        return writer.toByteArray();
    }

    @Override
    public void visit(int version, int access, String name, String signature, String superName, String[] interfaces) {
        this.name = name.substring(name.lastIndexOf('/') + 1);
        super.visit(version, access, name, signature, superName, interfaces);
    }

    @Override
    public MethodVisitor visitMethod(int access, String method, String descriptor, String signature,
            String[] exceptions) {
        MethodVisitor next = super.visitMethod(access, method, descriptor, signature, exceptions);
        return method.equals("<clinit>") ? next : new Before(next, name + "." + method);
    }

    private static boolean isLeaf(String owner, String method) {
        return owner.equals("java/lang/invoke/VarHandle") || owner.startsWith("java/util/concurrent/atomic/Atomic")
                || LEAVES.contains(owner + "." + method);
    }

    private final class Before extends MethodVisitor {
        private final String method;
        private int line;

        Before(MethodVisitor next, String method) {
            super(API, next);
            this.method = method;
        }

        private void ask(String before, boolean allocates) {
            visitLdcInsn(sites.size());
            super.visitMethodInsn(Opcodes.INVOKESTATIC, "io/tpool/faults/Faults", "at", "(I)V", false);
            sites.add(new Site(sites.size(), method, line, before, allocates));
        }

        @Override
        public void visitLineNumber(int number, Label start) {
            line = number;
            super.visitLineNumber(number, start);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String called, String descriptor, boolean ofInterface) {
            if (!isLeaf(owner, called)) {
                String name = owner.substring(owner.lastIndexOf('/') + 1) + "." + called;
                ask(name, Allocations.isMade(owner, called, name));
            }
            super.visitMethodInsn(opcode, owner, called, descriptor, ofInterface);
        }

        @Override
        public void visitInvokeDynamicInsn(String called, String descriptor, Handle bootstrap, Object... arguments) {
            ask("lambda " + called, true);
            super.visitInvokeDynamicInsn(called, descriptor, bootstrap, arguments);
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            if (opcode == Opcodes.ANEWARRAY) {   // other objects have constructors, which are called
                ask("new " + type.substring(type.lastIndexOf('/') + 1), true);
            }
            super.visitTypeInsn(opcode, type);
        }
    }
}
