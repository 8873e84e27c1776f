package io.tpool.agent;

/**
 * Has the agent's own thread say at the end of the JVM what has not been said yet: an application may end before it
 * was time.
 */
final class ExitReport extends Thread {
    private final AgentThread background;

    ExitReport(AgentThread background) {
        super(null, null, "tpool-exit", 0, false);
        this.background = background;
        setContextClassLoader(null);
    }

    @Override
    public void run() {
        background.finish();
    }
}
