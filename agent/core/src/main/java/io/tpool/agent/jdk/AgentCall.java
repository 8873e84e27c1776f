// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.jdk;

/**
 * Whether a thread calls an agent, ours or another. The main thread calls {@code premain} of all agents, one after the
 * other, before it calls {@code main}; that of an agent behind ours may take long.
 *
 * @since 1.0
 */
public final class AgentCall {
    private AgentCall() {
    }

    /**
     * Looks at the thread's stack.
     *
     * @param thread any, also this one
     * @return false as well where this JDK names its frames otherwise
     */
    public static boolean isUnderWay(Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getClassName().equals("sun.instrument.InstrumentationImpl")
                && frame.getMethodName().startsWith("loadClassAndStartAgent")) {
                return true;
            }
        }
        return false;
    }
}
