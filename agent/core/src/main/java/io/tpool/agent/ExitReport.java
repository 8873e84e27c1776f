// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent;

/**
 * Has the agent's own thread say at the end of the JVM what has not been said yet: an application may end before it
 * was time.
 */
final class ExitReport extends Thread {
    private final AgentThread agentThread;

    ExitReport(AgentThread agentThread) {
        super(null, null, "tpool-exit", 0, false);
        this.agentThread = agentThread;
        setContextClassLoader(null);
    }

    @Override
    public void run() {
        agentThread.finish();
    }
}
