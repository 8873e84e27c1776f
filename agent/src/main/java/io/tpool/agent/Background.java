package io.tpool.agent;

import java.util.concurrent.locks.LockSupport;

/**
 * The agent's own thread: writes lines that were said in the middle of something else, and does what has to wait until the
 * application has begun.
 */
final class Background extends Thread {
    private static final long LOOK_NANOS = 500_000_000L;

    private final Duties duties;
    /** The thread that will call {@code main}; null if the application runs already. */
    private Thread main;

    private Background(Duties duties, Thread main) {
        super(topmost(), null, "tpool-agent", 0, false);
        this.duties = duties;
        this.main = main;
        setDaemon(true);
        setContextClassLoader(null);
    }

    static void start(Duties duties, Thread main) {
        Background thread = new Background(duties, main);
        duties.of(thread);
        thread.start();
        Log.wakeBy(new Wake(thread));
    }

    /** Not the group of the thread that attached the agent, which may end. */
    private static ThreadGroup topmost() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        return group;
    }

    private record Wake(Thread thread) implements Runnable {
        @Override
        public void run() {
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void run() {
        long began = System.nanoTime();
        long wait = main == null ? 1 : LOOK_NANOS;
        for (;;) {
            if (wait == Long.MAX_VALUE) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, wait);
            }
            Thread.interrupted();
            wait = LOOK_NANOS;
            try {
                if (main == null) {
                    wait = duties.due(System.nanoTime() - began);
                } else {
                    if (hasBegun(main)) {
                        main = null;
                        began = System.nanoTime();
                    }
                    wait = Math.min(wait, duties.dueBeforeMain());
                }
                Log.flush();
            } catch (Throwable e) {
                // This thread must live: whatever failed, the next line is to be written.
                Log.error("internal error, the application is not affected: " + e);
            }
        }
    }

    /** Agents behind ours in the command line are called by the same thread before it calls {@code main}, and may take long. */
    private static boolean hasBegun(Thread main) {
        for (StackTraceElement frame : main.getStackTrace()) {
            if (frame.getClassName().equals("sun.instrument.InstrumentationImpl")) {
                return false;
            }
        }
        return true;
    }
}
