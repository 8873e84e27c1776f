// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.jdk;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Ends the JVM with status 1 before {@code main}, as {@code strict=true} demands.
 *
 * <p>From JDK 26 (JDK-8355631) a JVM that ends waits, for up to a minute, until all calls into agents have returned,
 * that of {@code premain} among them: {@link System#exit} there waits for itself. So the application's main class is
 * replaced with one that ends the JVM as it is initialized.
 *
 * @since 1.0
 */
public final class StrictExit implements ClassFileTransformer {
    private static final int EXIT_WAITS_FOR_PREMAIN = 26;

    private final Thread main = Thread.currentThread();
    private boolean replaced;

    private StrictExit() {
    }

    /**
     * Does not return before JDK 26.
     *
     * @param instrumentation the JVM's hand
     */
    public static void endBeforeMain(Instrumentation instrumentation) {
        if (Runtime.version().feature() < EXIT_WAITS_FOR_PREMAIN) {
            System.exit(1);
        }
        StrictExit refusal = new StrictExit();
        // What it needs is loaded here, not while a class is being loaded.
        endingClass("io/tpool/agent/Refused");
        instrumentation.addTransformer(refusal);
    }

    /** The first class that the thread loads for the application once all agents have been called: its main class. */
    @Override
    public byte[] transform(ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] file) {
        if (replaced || redefined != null || name == null || loader == null
            || loader == ClassLoader.getPlatformClassLoader() || Thread.currentThread() != main
            || AgentCall.isUnderWay(main)) {
            return null;
        }
        replaced = true;
        return endingClass(name);
    }

    private static byte[] endingClass(String name) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V21, Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER, name, null, "java/lang/Object", null);
        MethodVisitor initializer = writer.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
        initializer.visitCode();
        initializer.visitInsn(Opcodes.ICONST_1);
        initializer.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/System", "exit", "(I)V", false);
        initializer.visitInsn(Opcodes.RETURN);
        initializer.visitMaxs(1, 0);
        initializer.visitEnd();
        int access = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC;
        MethodVisitor method = writer.visitMethod(access, "main", "([Ljava/lang/String;)V", null, null);
        method.visitCode();
        method.visitInsn(Opcodes.RETURN);
        method.visitMaxs(0, 1);
        method.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }
}
