// SPDX-License-Identifier: Apache-2.0
package org.example.app;

import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Prints what a method sees of the thread that calls it. With {@link #inside} listed, all but the lines beginning with
 * {@code carrier} have to read as they do without the agent.
 *
 * @since 1.0
 */
public final class IdentityApp {
    private static final ThreadLocal<String> LOCAL = new ThreadLocal<>();
    private static final InheritableThreadLocal<String> INHERITED = new InheritableThreadLocal<>();
    private static final Object MONITOR = new Object();
    private static final ReentrantLock LOCK = new ReentrantLock();

    private IdentityApp() {
    }

    /**
     * Runs all cases on one virtual thread.
     *
     * @param args none
     * @throws Exception if a case fails
     */
    public static void main(String[] args) throws Exception {
        INHERITED.set("inherited");
        Load.onVirtualThreads(1, i -> {
            Load.print("carrierBefore", carrier());
            thread();
            monitor();
            locks();
            interrupts();
            traces();
            exceptions();
            children();
            parking();
            Load.print("carrierAfter", carrier());
        });
    }

    /**
     * The listed method: everything is looked at in here.
     *
     * @param task what to do
     * @param <T> of its result
     * @return its result
     * @throws Exception the exception of the task
     */
    static <T> T inside(Callable<T> task) throws Exception {
        return task.call();
    }

    /**
     * Tells which platform thread carries the calling virtual thread.
     *
     * @return its name, numbers left out
     */
    static String carrier() {
        String text = Thread.currentThread().toString();
        return text.substring(text.indexOf('@') + 1).replaceAll("[0-9]+", "N");
    }

    private static void thread() throws Exception {
        Thread caller = Thread.currentThread();
        LOCAL.set("local");
        ClassLoader loader = new ClassLoader(null) { };
        caller.setContextClassLoader(loader);
        inside(() -> {
            Thread current = Thread.currentThread();
            Load.print("carrierInside", carrier());
            Load.print("sameThread", current == caller);
            Load.print("thread", current.getName() + " " + current.isVirtual() + " "
                + current.getThreadGroup().getName() + " "
                + current.getState() + " " + current.isDaemon() + " " + current.getPriority());
            Load.print("locals", LOCAL.get() + " " + INHERITED.get());
            Load.print("contextClassLoader", current.getContextClassLoader() == loader);
            LOCAL.set("set inside");
            return null;
        });
        Load.print("localAfter", LOCAL.get());
        caller.setContextClassLoader(IdentityApp.class.getClassLoader());
    }

    private static void monitor() throws Exception {
        synchronized (MONITOR) {
            inside(() -> {
                Load.print("carrierInMonitor", carrier());
                Load.print("holdsMonitor", Thread.holdsLock(MONITOR));
                synchronized (MONITOR) {
                    MONITOR.wait(5);
                    Load.print("holdsMonitorAgain", Thread.holdsLock(MONITOR));
                }
                return null;
            });
            Load.print("holdsMonitorAfter", Thread.holdsLock(MONITOR));
        }
        Load.print("monitorFree", !Thread.holdsLock(MONITOR));
    }

    private static void locks() throws Exception {
        LOCK.lock();
        inside(() -> {
            Load.print("carrierWithLock", carrier());
            Load.print("holdsLock", LOCK.isHeldByCurrentThread() + " " + LOCK.tryLock() + " " + LOCK.getHoldCount());
            LOCK.unlock();
            return null;
        });
        Load.print("holdCountAfter", LOCK.getHoldCount());
        LOCK.unlock();
        Load.print("lockFree", !LOCK.isLocked());
    }

    private static void interrupts() throws Exception {
        Thread.currentThread().interrupt();
        Load.print("interruptedBefore", inside(() -> Thread.currentThread().isInterrupted()));
        Load.print("interruptedStill", Thread.interrupted());
        inside(() -> {
            Thread.currentThread().interrupt();
            return null;
        });
        Load.print("interruptedInside", Thread.interrupted());
        Thread.currentThread().interrupt();
        Load.print("clearedInside", inside(Thread::interrupted));
        Load.print("interruptedAfterClearing", Thread.interrupted());
        Load.print("notInterrupted", inside(() -> Thread.currentThread().isInterrupted()));
    }

    private static void traces() throws Exception {
        Load.print("trace", inside(() -> Arrays.toString(new Throwable().getStackTrace())));
        Load.print("threadTrace", inside(() -> Arrays.toString(Thread.currentThread().getStackTrace())));
        Load.print("walked", inside(() -> StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
            .walk(frames -> frames.map(frame -> frame.getClassName() + "." + frame.getMethodName()).toList())));
    }

    private static void exceptions() {
        for (Throwable thrown
            : new Throwable[] {new Exception("checked"), new IllegalStateException("unchecked"),
            new OutOfMemoryError("error")}) {
            try {
                inside(() -> {
                    throw thrown instanceof Error error ? sneak(error) : (Exception) thrown;
                });
                Load.print("thrown", "nothing");
            } catch (Throwable caught) {
                Load.print("thrown", caught + " " + (caught == thrown) + " " + Arrays.toString(caught.getStackTrace())
                    + " " + caught.getCause() + " " + caught.getSuppressed().length);
            }
        }
    }

    private static Exception sneak(Error error) {
        throw error;
    }

    private static void children() throws Exception {
        FutureTask<String> grandchild = new FutureTask<>(IdentityApp::carrier);
        FutureTask<String> child = new FutureTask<>(() -> {
            Thread.ofVirtual().start(grandchild);
            Thread.sleep(5);
            return carrier() + " " + INHERITED.get();
        });
        inside(() -> Thread.ofVirtual().start(child));
        Load.print("child", child.get());
        Load.print("grandchild", grandchild.get());
        inside(() -> {
            FutureTask<String> waitedFor = new FutureTask<>(IdentityApp::carrier);
            Thread.startVirtualThread(waitedFor);
            Load.print("childWaitedFor", waitedFor.get());
            return null;
        });
    }

    private static void parking() throws Exception {
        Thread caller = Thread.currentThread();
        Load.print("sameThreadAfterParking", inside(() -> {
            Thread.sleep(5);
            Thread.yield();
            return Thread.currentThread() == caller && LOCAL.get().equals("set inside");
        }));
        Load.print("nested", inside(() -> inside(() -> inside(() -> Thread.currentThread() == caller))));
    }
}
