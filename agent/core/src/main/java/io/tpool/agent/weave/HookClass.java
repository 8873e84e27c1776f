// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.weave;

import io.tpool.internal.jdk.JavaLangDefiner;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * {@code java.lang.TPoolHook}, which woven code calls: each of its methods calls the runtime's method of the same name.
 *
 * <p>The runtime lies on the boot loader, but not every class can name it. Containers (JBoss Modules, OSGi) hide
 * {@code io.tpool} from their modules, and a module path or a web application may hold a copy of the API of its own.
 * The packages of {@code java.base}, however, come from the boot loader for every class there is. A new package
 * {@code java.tpool} would not do: JBoss Modules knows the JDK's packages one by one. The idea is that of Elastic's APM
 * agent ({@code java.lang.IndyBootstrapDispatcher}).
 *
 * <p><b>Important</b>: names ASM, as {@link ClassWeaver} does. Is loaded with the first class that has a listed method.
 */
final class HookClass {
    /** Internal name. */
    static final String NAME = "java/lang/TPoolHook";

    private static final boolean DEFINED = define();

    private HookClass() {
    }

    /** Whether this JVM has the class; false where it does not let agents add one. */
    static boolean isDefined() {
        return DEFINED;
    }

    private static boolean define() {
        try {
            JavaLangDefiner.define(classFile());
            return true;
        } catch (IllegalAccessException | LinkageError | RuntimeException e) {
            // Classes whose loaders know the runtime are woven all the same; of the others the report tells.
            return false;
        }
    }

    /** The class file. */
    static byte[] classFile() {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V21, Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER, NAME, null,
            "java/lang/Object", null);
        forward(writer, HookTypes.MOVE, "enter", MoveVisitor.ENTER);
        forward(writer, HookTypes.MOVE, "exit", MoveVisitor.EXIT);
        forward(writer, HookTypes.HAND_OFF, "applies", HandOffVisitor.APPLIES);
        forward(writer, HookTypes.HAND_OFF, "call", HandOffVisitor.CALL);
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static void forward(ClassWriter writer, String to, String name, String descriptor) {
        MethodVisitor method =
            writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, name, descriptor, null, null);
        method.visitCode();
        Code.loadArguments(method, true, Type.getArgumentTypes(descriptor));
        method.visitMethodInsn(Opcodes.INVOKESTATIC, to, name, descriptor, false);
        method.visitInsn(Type.getReturnType(descriptor).getOpcode(Opcodes.IRETURN));
        method.visitMaxs(0, 0);
        method.visitEnd();
    }
}
