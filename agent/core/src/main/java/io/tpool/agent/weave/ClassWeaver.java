// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.weave;

import io.tpool.agent.pattern.NotWoven;
import java.util.HashMap;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodTooLargeException;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Rewrites one class file.
 *
 * <p><b>Important</b>: this class and those that it uses name ASM. Nothing else may, so that the JVM loads ASM only
 * when the first class with a listed method appears.
 */
final class ClassWeaver extends ClassVisitor {
    /** Java 6: the first class files with stack map frames. */
    private static final int FRAMES = 50;
    /**
     * The newest version that every ASM we may carry reads; newer class files differ from it in nothing that matters
     * here.
     */
    private static final int READABLE = Opcodes.V21;

    private final ClassHeader type;
    private final Map<String, WeaveRegistry.WovenMethod> entries;
    private final HookTypes hooks;

    private ClassWeaver(ClassVisitor next, ClassHeader type, Map<String, WeaveRegistry.WovenMethod> entries,
        HookTypes hooks) {
        super(Opcodes.ASM9, next);
        this.type = type;
        this.entries = entries;
        this.hooks = hooks;
    }

    /**
     * Weaves methods of a class. Those that the class file has no room for are noted, the others are woven.
     *
     * @param entries what to do, by the methods' keys
     * @param wovenClass takes the notes
     * @return the new class file, null if nothing is left to weave
     */
    static byte[] weave(byte[] file, ClassHeader type, Map<String, WeaveRegistry.WovenMethod> entries, HookTypes hooks,
        WeaveRegistry.WovenClass wovenClass) {
        Map<String, WeaveRegistry.WovenMethod> left = new HashMap<>(entries);
        try {
            while (!left.isEmpty()) {
                try {
                    return weave(file, type, left, hooks);
                } catch (MethodTooLargeException e) {
                    String key = e.getMethodName() + e.getDescriptor();
                    if (left.remove(key) == null) {
                        throw e;
                    }
                    wovenClass.discard(key, NotWoven.TOO_LARGE, null);
                }
            }
        } catch (Throwable e) {
            wovenClass.failed(left.keySet(), e);
            throw e;
        }
        return null;
    }

    /** A reader for class files of any version. */
    static ClassReader reader(byte[] file, int version) {
        if (version <= READABLE) {
            return new ClassReader(file);
        }
        byte[] readable = file.clone();
        setVersion(readable, 0, READABLE);
        return new ClassReader(readable);
    }

    private static byte[] weave(byte[] file, ClassHeader type, Map<String, WeaveRegistry.WovenMethod> entries,
        HookTypes hooks) {
        ClassReader reader = reader(file, type.version());
        ClassWriter writer = new ClassWriter(reader, 0);
        ClassVisitor visitor = new ClassWeaver(writer, type, entries, hooks);
        reader.accept(visitor, type.version() < FRAMES ? ClassReader.SKIP_FRAMES : ClassReader.EXPAND_FRAMES);
        byte[] woven = writer.toByteArray();
        setVersion(woven, file[4] << 8 | file[5] & 0xFF, type.version());
        return woven;
    }

    private static void setVersion(byte[] file, int minor, int major) {
        file[4] = (byte) (minor >> 8);
        file[5] = (byte) minor;
        file[6] = (byte) (major >> 8);
        file[7] = (byte) major;
    }

    @Override
    public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
        String[] exceptions) {
        WeaveRegistry.WovenMethod entry = entries.get(name.concat(descriptor));
        if (entry == null) {
            return super.visitMethod(access, name, descriptor, signature, exceptions);
        }
        return switch (entry.how()) {
            case BODY -> {
                MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
                yield hook(next, entry, target(access, name, descriptor, false), locals(name, descriptor));
            }
            case BODY_BEFORE_MONITOR -> {
                int flags = access & ~Opcodes.ACC_SYNCHRONIZED;
                MethodVisitor next = super.visitMethod(flags, name, descriptor, signature, exceptions);
                yield beforeMonitor(next, entry, target(access, name, descriptor, true), locals(name, descriptor));
            }
            case RENAME -> rename(entry, access, name, descriptor, signature, exceptions);
            case LEAVE -> super.visitMethod(access, name, descriptor, signature, exceptions);
        };
    }

    private int locals(String name, String descriptor) {
        return type.locals(name.concat(descriptor));
    }

    private MethodVisitor hook(MethodVisitor next, WeaveRegistry.WovenMethod entry, HandOffVisitor.Target target,
        int locals) {
        return entry.mode().movesThread()
                ? new MoveVisitor(next, hooks, entry.number(), locals, type.version() >= FRAMES)
                : new HandOffVisitor(next, hooks, entry.number(), target);
    }

    private MethodVisitor beforeMonitor(MethodVisitor next, WeaveRegistry.WovenMethod entry,
        HandOffVisitor.Target target, int locals) {
        MethodVisitor hook = hook(next, entry, target, locals + 1);
        return new MonitorVisitor(hook, target.owner(), target.isStatic(), locals, type.version() >= FRAMES);
    }

    /**
     * The renamed native is private: it is called without virtual dispatch, no subclass meets it, and it has no part in
     * the serial version of its class. The JVM finds its implementation by the old name, whatever its access.
     */
    private MethodVisitor rename(WeaveRegistry.WovenMethod entry, int access, String name, String descriptor,
        String signature, String[] exceptions) {
        int kept = access & (Opcodes.ACC_STATIC | Opcodes.ACC_SYNCHRONIZED | Opcodes.ACC_NATIVE);
        String renamed = LoadTransformer.PREFIX.concat(name);
        super.visitMethod(kept | Opcodes.ACC_PRIVATE | Opcodes.ACC_SYNTHETIC, renamed, descriptor, null, exceptions)
            .visitEnd();
        int wrapper = access & ~(Opcodes.ACC_NATIVE | Opcodes.ACC_SYNCHRONIZED);
        MethodVisitor next = super.visitMethod(wrapper, name, descriptor, signature, exceptions);
        boolean isStatic = (access & Opcodes.ACC_STATIC) != 0;
        boolean monitor = (access & Opcodes.ACC_SYNCHRONIZED) != 0;
        HandOffVisitor.Target target = target(isStatic, monitor, renamed, descriptor);
        int slots = Type.getArgumentsAndReturnSizes(descriptor) >> 2;
        return new NativeVisitor(hook(next, entry, target, isStatic ? slots - 1 : slots), target);
    }

    private HandOffVisitor.Target target(int access, String name, String descriptor, boolean monitor) {
        return target((access & Opcodes.ACC_STATIC) != 0, monitor, name, descriptor);
    }

    private HandOffVisitor.Target target(boolean isStatic, boolean monitor, String name, String descriptor) {
        int kind = isStatic ? Opcodes.H_INVOKESTATIC : Opcodes.H_INVOKESPECIAL;
        Handle self = new Handle(kind, type.name(), name, descriptor, type.isInterface());
        return new HandOffVisitor.Target(Type.getObjectType(type.name()), isStatic, monitor, descriptor, self);
    }
}
