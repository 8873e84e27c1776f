// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.weave;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * One more local behind those of a body, in its stack map frames. It always holds an {@code Object}.
 */
final class FramePad {
    private static final Object[] THROWABLE = {"java/lang/Throwable"};

    private final int slot;
    private final boolean frames;

    /**
     * Creates a pad.
     *
     * @param slot the new local: the number of slots that the body uses
     * @param frames whether the class file has frames; without, nothing is written
     */
    FramePad(int slot, boolean frames) {
        this.slot = slot;
        this.frames = frames;
    }

    int slot() {
        return slot;
    }

    /** Passes an expanded frame of the body on, with the new local. */
    void frame(MethodVisitor next, int numLocal, Object[] local, int numStack, Object[] stack) {
        if (!frames) {
            return;
        }
        int used = 0;
        for (int i = 0; i < numLocal; i++) {
            used += local[i] == Opcodes.LONG || local[i] == Opcodes.DOUBLE ? 2 : 1;
        }
        Object[] padded = new Object[numLocal + slot - used + 1];
        System.arraycopy(local, 0, padded, 0, numLocal);
        fill(padded, numLocal);
        next.visitFrame(Opcodes.F_NEW, padded.length, padded, numStack, stack);
    }

    /** The frame of a handler that covers the whole body: nothing but the new local is known to hold anything. */
    void handlerFrame(MethodVisitor next) {
        if (frames) {
            Object[] padded = new Object[slot + 1];
            fill(padded, 0);
            next.visitFrame(Opcodes.F_NEW, padded.length, padded, 1, THROWABLE);
        }
    }

    private static void fill(Object[] locals, int from) {
        for (int i = from; i < locals.length - 1; i++) {
            locals[i] = Opcodes.TOP;
        }
        locals[locals.length - 1] = "java/lang/Object";
    }
}
