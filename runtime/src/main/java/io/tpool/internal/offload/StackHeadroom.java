// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

/**
 * Whether a virtual thread has room left on its stack.
 *
 * <p>Where a thread has unmounted within some hundred bytes of the end of its stack, or is carried on by a thread with
 * a smaller stack, the JVM finds no room when the thread is to go on, and crashes: the StackOverflowError has no frame
 * to be thrown in (seen on JDK 21 to 28). Without us a native method called from so deep down would just have run. So
 * a ThreadMove looks how much stack the thread has put away when it has unmounted; and where a method has once been
 * called from deep down, each of its calls first tries out whether there is room. An endless recursion passes the edge
 * in small steps, and so is noticed long before it gets there.
 */
final class StackHeadroom {
    /** Bytes of stack that are worth a look; some ten times what most applications use. */
    static final long DEEP = 64 << 10;
    /** Bytes at the end of a stack that the JVM keeps for itself, and some for the frames below the thread's own. */
    private static final long RESERVED = 128 << 10;
    /** At least 8 KiB in compiled code. */
    private static final int LEVELS = 512;

    /** As {@link ListedMethod#deep}, for calls through the API. */
    private static boolean apiDeep;

    private StackHeadroom() {
    }

    /**
     * Tells whether each call of the method first tries out whether there is room.
     *
     * @param method null for the API
     */
    static boolean isTriedOut(ListedMethod method) {
        return method != null ? method.deep() : apiDeep;
    }

    /**
     * Has each further call of the method try out whether there is room.
     *
     * @param method null for the API
     */
    static void calledFromDeepDown(ListedMethod method) {
        if (method != null) {
            method.calledFromDeepDown();
        } else if (!apiDeep) {
            apiDeep = true;
        }
    }

    /**
     * The most that a thread can have put away and still be carried on by a pool thread.
     *
     * @param stackSize of the pool thread, bytes; 0 for as much as carriers have
     */
    static long most(long stackSize) {
        return stackSize == 0 ? Long.MAX_VALUE : Math.max(DEEP / 4, (stackSize - RESERVED) / 5 * 4);
    }

    /** Tells whether the current thread has room for some more frames. */
    static boolean isThere() {
        try {
            return use(LEVELS) == LEVELS;
        } catch (StackOverflowError none) {
            return false;
        }
    }

    private static int use(int levels) {
        return levels == 0 ? 0 : use(levels - 1) + 1;
    }
}
