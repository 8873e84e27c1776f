// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.weave;

import io.tpool.agent.pattern.MethodNames;
import io.tpool.agent.pattern.MethodShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * What the methods of one class call.
 *
 * <p><b>Important</b>: names ASM, as {@link ClassWeaver} does.
 */
final class ClassScan extends ClassVisitor {
    private static final String CALLER_SENSITIVE = "Ljdk/internal/reflect/CallerSensitive;";

    /** More would not make the message clearer. */
    private static final int MOST_CALLERS = 3;

    private final ClassHeader type;
    private final HookTypes hooks;
    /** Callees in the same class, by caller. */
    private final Map<String, Set<String>> calls = new LinkedHashMap<>();
    private final Map<String, Integer> access = new LinkedHashMap<>();
    private final Set<String> hooked = new LinkedHashSet<>();
    private final Set<String> callerSensitive = new LinkedHashSet<>();

    private ClassScan(ClassHeader type, HookTypes hooks) {
        super(Opcodes.ASM9);
        this.type = type;
        this.hooks = hooks;
    }

    static ClassScan of(byte[] file, ClassHeader type, HookTypes hooks) {
        ClassScan scan = new ClassScan(type, hooks);
        ClassWeaver.reader(file, type.version()).accept(scan, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return scan;
    }

    /** Whether there is a hook in it already. */
    boolean isHooked(MethodShape method) {
        return hooked.contains(ClassHeader.key(method));
    }

    /** Whether it behaves by who calls it; called through a method handle it would see another caller. */
    boolean isCallerSensitive(MethodShape method) {
        return callerSensitive.contains(ClassHeader.key(method));
    }

    /**
     * The nearest Java methods of the class that lead to a native one, in the form of patterns, comma between; null if
     * there is none. Methods that the compiler made are passed through; private ones, which say less to a reader, come
     * last.
     */
    String callersOf(MethodShape callee) {
        List<String> found = new ArrayList<>();
        int visible = 0;
        Set<String> seen = new LinkedHashSet<>();
        List<String> open = new ArrayList<>(List.of(ClassHeader.key(callee)));
        for (int i = 0; i < open.size(); i++) {
            for (Map.Entry<String, Set<String>> each : calls.entrySet()) {
                String caller = each.getKey();
                if (each.getValue().contains(open.get(i)) && seen.add(caller)) {
                    if (isListable(caller)) {
                        int split = caller.indexOf('(');
                        boolean isPrivate = (access.get(caller) & Opcodes.ACC_PRIVATE) != 0;
                        found.add(isPrivate ? found.size() : visible++,
                                MethodNames.readable(type.name(), caller.substring(0, split), caller.substring(split)));
                    } else {
                        open.add(caller);
                    }
                }
            }
        }
        return found.isEmpty() ? null : String.join(", ", found.subList(0, Math.min(MOST_CALLERS, found.size())));
    }

    private boolean isListable(String key) {
        return key.charAt(0) != '<' && (access.get(key) & (Opcodes.ACC_SYNTHETIC | Opcodes.ACC_BRIDGE)) == 0;
    }

    @Override
    public MethodVisitor visitMethod(int flags, String name, String descriptor, String signature, String[] exceptions) {
        String key = name.concat(descriptor);
        access.put(key, flags);
        Set<String> callees = new LinkedHashSet<>();
        calls.put(key, callees);
        return new Body(key, callees);
    }

    private final class Body extends MethodVisitor {
        private final String key;
        private final Set<String> callees;

        Body(String key, Set<String> callees) {
            super(Opcodes.ASM9);
            this.key = key;
            this.callees = callees;
        }

        @Override
        public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
            if (descriptor.equals(CALLER_SENSITIVE)) {
                callerSensitive.add(key);
            }
            return null;
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            call(owner, name, descriptor);
            if (owner.equals(hooks.move()) || owner.equals(hooks.handOff())) {
                hooked.add(key);
            }
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            for (Object argument : arguments) {
                if (argument instanceof Handle handle) {
                    call(handle.getOwner(), handle.getName(), handle.getDesc());
                }
            }
        }

        private void call(String owner, String name, String descriptor) {
            if (owner.equals(type.name())) {
                callees.add(name.concat(descriptor));
            }
        }
    }
}
