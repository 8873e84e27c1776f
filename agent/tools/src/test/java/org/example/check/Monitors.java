// SPDX-License-Identifier: Apache-2.0
package org.example.check;

import java.util.function.Supplier;

/** Looks at its own stack, inside monitors. */
public final class Monitors {
    private Monitors() {
    }

    /**
     * Takes both monitors.
     *
     * @return the stack inside, from what looks at it to this method
     */
    public static StackTraceElement[] outside() {
        return guarded(() -> StackWalker.getInstance().walk(frames -> frames
            .map(StackWalker.StackFrame::toStackTraceElement)
            .takeWhile(frame -> frame.getClassName().startsWith("org.example.")).toArray(StackTraceElement[]::new)));
    }

    private static synchronized StackTraceElement[] guarded(Supplier<StackTraceElement[]> inside) {
        return inBlock(inside, 1);
    }

    private static StackTraceElement[] inBlock(Supplier<StackTraceElement[]> inside, int overload) {
        synchronized (inside) {
            StackTraceElement[] trace = inside.get();
            return overload > 0 ? trace : inBlock(inside);
        }
    }

    private static StackTraceElement[] inBlock(Supplier<StackTraceElement[]> inside) {
        return inside.get();
    }
}
