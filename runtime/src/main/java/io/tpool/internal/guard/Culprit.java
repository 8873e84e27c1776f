// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

/**
 * What a stack says about a capture.
 *
 * @param method {@code com.acme.Type#method}
 * @param kind how
 * @param calledBy the first method of the application above it, or empty
 */
record Culprit(String method, CaptureKind kind, String calledBy) {
    /**
     * Reads a stack.
     *
     * @param stack of a mounted virtual thread, innermost first, not empty
     * @param state of the thread
     * @param computes true if it uses CPU time
     * @param downcalls true if the JVM may have made calls through {@code java.lang.foreign}, whose own frames
     *     are hidden
     * @return null if the thread may just as well wait for a processor, on a machine that has too few
     */
    static Culprit of(StackTraceElement[] stack, Thread.State state, boolean computes, boolean downcalls) {
        int parked = parkedBelow(stack, state);
        if (parked >= 0) {
            int pin = pin(stack, parked);
            return pin >= 0 ? of(stack, pin, CaptureKind.PINNED)
                    : of(stack, application(stack, parked), CaptureKind.PINNED);
        }
        if (state == Thread.State.BLOCKED) {
            int pin = pin(stack, 1);
            return pin >= 0 ? of(stack, pin, CaptureKind.PINNED)
                    : of(stack, application(stack, 0), CaptureKind.MONITOR);
        }
        // A JDK native that computes is a clock or a copy in the middle of somebody's loop: the loop captures.
        boolean loops = computes && isJdk(stack[0])
                || FrameRules.isNonBlocking(stack[0].getClassName(), stack[0].getMethodName());
        if (stack[0].isNativeMethod() && !loops) {
            return of(stack, 0, computes ? CaptureKind.COMPUTING : CaptureKind.NATIVE);
        }
        if (computes) {
            return of(stack, application(stack, 0), CaptureKind.COMPUTING);
        }
        if (stack[0].isNativeMethod()) {
            return null;
        }
        return downcalls ? of(stack, application(stack, 0), CaptureKind.NATIVE) : null;
    }

    /**
     * Of a thread that stays so for long: it waits for a class that another thread initialises. Null if it is in the
     * middle of a native method, where no class is initialised: then it waits for a processor for that long.
     */
    static Culprit ofClassInitialiser(StackTraceElement[] stack) {
        return stack[0].isNativeMethod() ? null : of(stack, application(stack, 0), CaptureKind.MONITOR);
    }

    private static Culprit of(StackTraceElement[] stack, int at, CaptureKind kind) {
        return new Culprit(name(stack[at]), kind, caller(stack, at));
    }

    /** The first frame below those that park or wait, or -1 if the thread does neither. */
    private static int parkedBelow(StackTraceElement[] stack, Thread.State state) {
        if (state != Thread.State.WAITING && state != Thread.State.TIMED_WAITING) {
            return -1;
        }
        int i = 0;
        while (i < stack.length - 1 && FrameRules.isParking(stack[i].getClassName(), stack[i].getMethodName())) {
            i++;
        }
        return i == 0 ? -1 : i;
    }

    /** The innermost frame from there on that keeps a thread on its carrier: native, or a class initialiser. */
    private static int pin(StackTraceElement[] stack, int from) {
        for (int i = from; i < stack.length; i++) {
            if (stack[i].isNativeMethod() || stack[i].getMethodName().equals("<clinit>")) {
                return i;
            }
        }
        return -1;
    }

    /** The first frame from there on that is not the JDK's; if there is none, the first one. */
    private static int application(StackTraceElement[] stack, int from) {
        for (int i = from; i < stack.length; i++) {
            if (!isJdk(stack[i])) {
                return i;
            }
        }
        return from;
    }

    /** Of another package than the library that captures, if there is one. */
    private static String caller(StackTraceElement[] stack, int at) {
        String own = packageOf(stack[at]);
        String first = "";
        for (int i = at + 1; i < stack.length; i++) {
            if (!isJdk(stack[i])) {
                if (!packageOf(stack[i]).equals(own)) {
                    return name(stack[i]);
                }
                first = first.isEmpty() ? name(stack[i]) : first;
            }
        }
        return first;
    }

    private static boolean isJdk(StackTraceElement frame) {
        String module = frame.getModuleName();
        if (module != null) {
            return module.startsWith("java.") || module.startsWith("jdk.");
        }
        String type = frame.getClassName();
        // What woven code passes through is no culprit, either.
        return type.startsWith("io.tpool.internal.") || type.startsWith("jdk.proxy") || type.startsWith("java.");
    }

    private static String packageOf(StackTraceElement frame) {
        String type = frame.getClassName();
        return type.substring(0, Math.max(0, type.lastIndexOf('.')));
    }

    private static String name(StackTraceElement frame) {
        return frame.getClassName() + "#" + frame.getMethodName();
    }
}
