package io.tpool.agent.discover;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Where a class's methods hold monitors.
 *
 * <p>A compiler covers each {@code synchronized} block with an exception handler that leaves the monitor ({@code monitorexit}, {@code athrow}), so the
 * handler's range is the block: no analysis of the data flow is needed.
 */
final class MonitorMap {

    static final MonitorMap EMPTY = new MonitorMap();

    private final Map<String, List<int[]>> blocks = new HashMap<>();
    private final Map<Label, Integer> offsets = new IdentityHashMap<>();
    private boolean registersNatives;

    private MonitorMap() {
    }

    static MonitorMap of(byte[] classFile) {
        MonitorMap map = new MonitorMap();
        new OffsetReader(classFile, map.offsets).accept(new ClassVisitor(Opcodes.ASM9) {
            @Override
            public MethodVisitor visitMethod(int access, String name, String descriptor, String signature, String[] exceptions) {
                return map.new Blocks(name + descriptor);
            }
        }, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        map.offsets.clear();
        return map;
    }

    /** Returns whether the method holds a monitor that it entered itself at this bytecode index. */
    boolean holdsMonitor(MethodRef method, int bytecodeIndex) {
        for (int[] block : blocks.getOrDefault(method.name() + method.descriptor(), List.of())) {
            if (bytecodeIndex >= block[0] && bytecodeIndex < block[1]) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether the class calls JNA's {@code Native.register}. */
    boolean registersNatives() {
        return registersNatives;
    }

    /** Remembers where each label stands, which ASM knows only while it writes. */
    private static final class OffsetReader extends ClassReader {

        private static final int MAJOR = 7;
        private static final byte JAVA_21 = 65;

        private final Map<Label, Integer> offsets;

        OffsetReader(byte[] classFile, Map<Label, Integer> offsets) {
            super(readable(classFile));
            this.offsets = offsets;
        }

        @Override
        protected Label readLabel(int bytecodeOffset, Label[] labels) {
            Label label = super.readLabel(bytecodeOffset, labels);
            offsets.put(label, bytecodeOffset);
            return label;
        }

        /** What is read here has been the same for many releases, so that a class file newer than ASM can be read too. */
        private static byte[] readable(byte[] classFile) {
            if (classFile.length > MAJOR && classFile[MAJOR] > JAVA_21) {
                byte[] copy = classFile.clone();
                copy[MAJOR] = JAVA_21;
                return copy;
            }
            return classFile;
        }
    }

    private final class Blocks extends MethodVisitor {

        private final String method;
        private final Map<Label, List<Label[]>> handlers = new HashMap<>();
        private final List<Label[]> ranges = new ArrayList<>();
        private List<Label[]> handler = List.of();

        Blocks(String method) {
            super(Opcodes.ASM9);
            this.method = method;
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
        }

        @Override
        public void visitEnd() {
            List<int[]> found = new ArrayList<>();
            for (Label[] range : ranges) {
                if (offsets.get(range[0]) < offsets.get(range[2])) { // not the handler, which covers itself
                    found.add(new int[] {offsets.get(range[0]), offsets.get(range[1])});
                }
            }
            if (!found.isEmpty()) {
                blocks.put(method, found);
            }
        }
    }
}
