// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Where a class's methods hold monitors, and where they loop.
 *
 * <p>A loop is what a jump backwards spans. As for monitors: a compiler covers each {@code synchronized} block with an
 * exception handler that leaves the monitor ({@code monitorexit}, {@code athrow}), so the handler's range is the block:
 * no analysis of the data flow is needed.
 */
final class CodeMap {

    static final CodeMap EMPTY = new CodeMap();

    private final Map<String, List<int[]>> blocks = new HashMap<>();
    private final Map<String, List<int[]>> loops = new HashMap<>();
    private final Set<String> lending = new HashSet<>();
    private boolean registersNatives;

    private CodeMap() {
    }

    static CodeMap of(byte[] classFile) {
        CodeMap map = new CodeMap();
        OffsetReader reader = new OffsetReader(classFile);
        reader.accept(new ClassVisitor(Opcodes.ASM9) {
            @Override
            public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
                String[] exceptions) {
                return map.new Code(name + descriptor, reader);
            }
        }, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return map;
    }

    /** Returns whether the method holds a monitor that it entered itself at this bytecode index. */
    boolean holdsMonitor(MethodRef method, int bytecodeIndex) {
        return contains(blocks, method, bytecodeIndex);
    }

    /** Returns whether the method may come back to this bytecode index before it returns. */
    boolean loops(MethodRef method, int bytecodeIndex) {
        return contains(loops, method, bytecodeIndex);
    }

    private static boolean contains(Map<String, List<int[]>> ranges, MethodRef method, int bytecodeIndex) {
        for (int[] range : ranges.getOrDefault(method.name() + method.descriptor(), List.of())) {
            if (bytecodeIndex >= range[0] && bytecodeIndex < range[1]) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether the method begins to block as the JDK's own code does, which lends a carrier. */
    boolean lendsCarrier(MethodRef method) {
        return lending.contains(method.name() + method.descriptor());
    }

    /** Returns whether the class calls JNA's {@code Native.register}. */
    boolean registersNatives() {
        return registersNatives;
    }

    private final class Code extends MethodVisitor {

        private final String method;
        private final OffsetReader reader;
        private final Map<Label, List<Label[]>> handlers = new HashMap<>();
        private final List<Label[]> ranges = new ArrayList<>();
        private final List<int[]> jumpsBack = new ArrayList<>();
        private List<Label[]> handler = List.of();

        Code(String method, OffsetReader reader) {
            super(Opcodes.ASM9);
            this.method = method;
            this.reader = reader;
        }

        @Override
        public void visitTryCatchBlock(Label start, Label end, Label target, String type) {
            if (type == null) {
                handlers.computeIfAbsent(target, none -> new ArrayList<>()).add(new Label[] {start, end, target});
            }
        }

        @Override
        public void visitLabel(Label label) {
            handler = handlers.getOrDefault(label, handler);
        }

        @Override
        public void visitJumpInsn(int opcode, Label target) {
            if (reader.offset(target) <= reader.instruction()) {
                jumpsBack.add(new int[] {reader.offset(target), reader.instruction()});
            }
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == Opcodes.MONITOREXIT) {
                ranges.addAll(handler);
                handler = List.of();
            } else if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN || opcode == Opcodes.ATHROW) {
                handler = List.of();
            }
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            handler = List.of(); // a finally block, or a catch of everything, that does more than leave a monitor
            if (owner.equals("com/sun/jna/Native") && name.equals("register")) {
                registersNatives = true;
            }
            if (owner.equals("jdk/internal/misc/Blocker") && name.equals("begin")) {
                lending.add(method);
            }
        }

        @Override
        public void visitEnd() {
            List<int[]> found = new ArrayList<>();
            for (Label[] range : ranges) {
                if (reader.offset(range[0]) < reader.offset(range[2])) { // not the handler, which covers itself
                    found.add(new int[] {reader.offset(range[0]), reader.offset(range[1])});
                }
            }
            if (!found.isEmpty()) {
                blocks.put(method, found);
            }
            if (!jumpsBack.isEmpty()) {
                loops.put(method, jumpsBack);
            }
        }
    }
}
