// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * The calls in a class's methods, by line. A {@link StackTraceElement} has a method's name and the line; what it calls
 * is the frame inside it. The three together name the overload and the instruction.
 */
final class CallSites {

    static final CallSites EMPTY = new CallSites();

    private final List<Method> methods = new ArrayList<>();

    private CallSites() {
    }

    /** A method and where it calls what. */
    private record Method(int access, String name, String descriptor, List<Call> calls) {
    }

    private record Call(int line, int bytecodeIndex, String callee) {
    }

    /** The overload, and the instruction that it is at, -1 if that is not known. */
    record Site(int access, String descriptor, int bytecodeIndex) {
    }

    static CallSites of(byte[] classFile) {
        CallSites sites = new CallSites();
        OffsetReader reader = new OffsetReader(classFile);
        reader.accept(new ClassVisitor(Opcodes.ASM9) {
            @Override
            public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
                    String[] exceptions) {
                List<Call> calls = new ArrayList<>();
                sites.methods.add(new Method(access, name, descriptor, calls));
                return new Reader(reader, calls);
            }
        }, ClassReader.SKIP_FRAMES);
        return sites;
    }

    /**
     * Finds where a frame is.
     *
     * @param name of its method
     * @param line in the source, below 0 if not known
     * @param callee name of the method in the frame inside it, null if it is the innermost
     * @return null if the class has no such method
     */
    Site find(String name, int line, String callee) {
        Site best = null;
        for (Method method : methods) {
            if (method.name().equals(name)) {
                for (Call call : method.calls()) {
                    if (call.line() == line && call.callee().equals(callee)) {
                        return new Site(method.access(), method.descriptor(), call.bytecodeIndex());
                    }
                    if (call.line() == line && (best == null || best.bytecodeIndex() < 0)) {
                        best = new Site(method.access(), method.descriptor(), call.bytecodeIndex());
                    }
                }
                best = best == null ? new Site(method.access(), method.descriptor(), -1) : best;
            }
        }
        return best;
    }

    private static final class Reader extends MethodVisitor {

        private final OffsetReader reader;
        private final List<Call> calls;
        private int line = -1;

        Reader(OffsetReader reader, List<Call> calls) {
            super(Opcodes.ASM9);
            this.reader = reader;
            this.calls = calls;
        }

        @Override
        public void visitLineNumber(int number, Label start) {
            line = number;
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            calls.add(new Call(line, reader.instruction(), name));
        }
    }
}
