// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.weave;

import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Puts the hook of mode {@code handoff} before a body:
 * {@code if (HandOff.applies(id)) return HandOff.call(id, self, monitor, arguments);}.
 */
final class HandOffVisitor extends MethodVisitor {
    static final String APPLIES = "(I)Z";
    static final String CALL =
            "(ILjava/lang/invoke/MethodHandle;Ljava/lang/Object;[Ljava/lang/Object;)Ljava/lang/Object;";
    private static final String[] WRAPPERS = {
        null, "java/lang/Boolean", "java/lang/Character", "java/lang/Byte", "java/lang/Short", "java/lang/Integer",
        "java/lang/Float", "java/lang/Long", "java/lang/Double",
    };

    private final String handOff;
    private final int number;
    private final Target target;

    /**
     * The method to hand off.
     *
     * @param monitor whether it takes the monitor of its receiver or class
     * @param self calls it without virtual dispatch
     */
    record Target(Type owner, boolean isStatic, boolean monitor, String descriptor, Handle self) {
        Type[] arguments() {
            return Type.getArgumentTypes(descriptor);
        }
    }

    HandOffVisitor(MethodVisitor next, HookTypes hooks, int number, Target target) {
        super(Opcodes.ASM9, next);
        handOff = hooks.handOff();
        this.number = number;
        this.target = target;
    }

    @Override
    public void visitCode() {
        super.visitCode();
        Label body = new Label();
        Code.push(mv, number);
        super.visitMethodInsn(Opcodes.INVOKESTATIC, handOff, "applies", APPLIES, false);
        super.visitJumpInsn(Opcodes.IFEQ, body);
        Code.push(mv, number);
        super.visitLdcInsn(target.self());
        pushMonitor();
        pushArguments();
        super.visitMethodInsn(Opcodes.INVOKESTATIC, handOff, "call", CALL, false);
        returnValue();
        super.visitLabel(body);
        visitBodyFrame();
        // The body may begin with a frame of its own, and no two may lie at one place.
        super.visitInsn(Opcodes.NOP);
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        // number, handle, monitor, array, array, index, value of two slots
        super.visitMaxs(Math.max(maxStack, 8), maxLocals);
    }

    private void pushMonitor() {
        if (!target.monitor()) {
            super.visitInsn(Opcodes.ACONST_NULL);
        } else if (target.isStatic()) {
            super.visitLdcInsn(target.owner());
        } else {
            super.visitVarInsn(Opcodes.ALOAD, 0);
        }
    }

    private void pushArguments() {
        Type[] arguments = target.arguments();
        int index = 0;
        int slot = 0;
        Code.push(mv, arguments.length + (target.isStatic() ? 0 : 1));
        super.visitTypeInsn(Opcodes.ANEWARRAY, "java/lang/Object");
        if (!target.isStatic()) {
            pushArgument(index++, slot++, target.owner());
        }
        for (Type argument : arguments) {
            pushArgument(index++, slot, argument);
            slot += argument.getSize();
        }
    }

    private void pushArgument(int index, int slot, Type type) {
        super.visitInsn(Opcodes.DUP);
        Code.push(mv, index);
        super.visitVarInsn(type.getOpcode(Opcodes.ILOAD), slot);
        if (isPrimitive(type)) {
            String wrapper = WRAPPERS[type.getSort()];
            String descriptor = "(" + type.getDescriptor() + ")L" + wrapper + ";";
            super.visitMethodInsn(Opcodes.INVOKESTATIC, wrapper, "valueOf", descriptor, false);
        }
        super.visitInsn(Opcodes.AASTORE);
    }

    private void returnValue() {
        Type type = Type.getReturnType(target.descriptor());
        if (isPrimitive(type)) {
            String wrapper = WRAPPERS[type.getSort()];
            super.visitTypeInsn(Opcodes.CHECKCAST, wrapper);
            super.visitMethodInsn(Opcodes.INVOKEVIRTUAL, wrapper, type.getClassName() + "Value", "()"
                + type.getDescriptor(), false);
        } else if (type.getSort() != Type.VOID) {
            super.visitTypeInsn(Opcodes.CHECKCAST, type.getInternalName());
        }
        super.visitInsn(type.getOpcode(Opcodes.IRETURN));
    }

    private void visitBodyFrame() {
        Type[] arguments = target.arguments();
        Object[] locals = new Object[arguments.length + (target.isStatic() ? 0 : 1)];
        int index = 0;
        if (!target.isStatic()) {
            locals[index++] = target.owner().getInternalName();
        }
        for (Type argument : arguments) {
            locals[index++] = frameType(argument);
        }
        super.visitFrame(Opcodes.F_NEW, locals.length, locals, 0, new Object[0]);
    }

    private static Object frameType(Type type) {
        return switch (type.getSort()) {
            case Type.BOOLEAN, Type.CHAR, Type.BYTE, Type.SHORT, Type.INT -> Opcodes.INTEGER;
            case Type.FLOAT -> Opcodes.FLOAT;
            case Type.LONG -> Opcodes.LONG;
            case Type.DOUBLE -> Opcodes.DOUBLE;
            default -> type.getInternalName();
        };
    }

    private static boolean isPrimitive(Type type) {
        return type.getSort() > Type.VOID && type.getSort() <= Type.DOUBLE;
    }
}
