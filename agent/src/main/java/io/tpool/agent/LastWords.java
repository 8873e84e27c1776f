package io.tpool.agent;

/** Says at the end of the JVM what has not been said yet: an application may end before it was time. */
final class LastWords extends Thread {
    private final Duties duties;

    LastWords(Duties duties) {
        super(null, null, "tpool-exit", 0, false);
        this.duties = duties;
        setContextClassLoader(null);
    }

    @Override
    public void run() {
        duties.atExit();
        Log.flush();
    }
}
