package io.tpool.internal.guard;

/** Makes the guard's threads, which keep nothing of the thread that has them made. */
final class GuardThreads {
    private GuardThreads() {
    }

    /** Starts a daemon in the top thread group; throws what a failed start throws. */
    static Thread start(Runnable task, String name, int priority) {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group != null && group.getParent() != null) {
            group = group.getParent();
        }
        Thread thread = new Thread(group, task, name, 0, false);
        thread.setDaemon(true);
        thread.setPriority(priority);
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        thread.start();
        return thread;
    }
}
