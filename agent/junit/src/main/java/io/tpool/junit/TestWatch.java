// SPDX-License-Identifier: Apache-2.0
package io.tpool.junit;

import io.tpool.internal.guard.CaptureWatch;
import io.tpool.internal.guard.WatchedCapture;
import java.util.ArrayList;
import java.util.List;

/**
 * The captures of one test, or of one class around its tests. Opened and closed on the same thread.
 *
 * <p><b>Important</b>: not to be touched before the agent is attached, see {@link Attachment}.
 */
final class TestWatch {
    private static final String JUNITS_THREADS = "org.junit.platform.engine.support.hierarchical.";
    private static final int MOST_FRAMES = 40;

    private final Limit limit;
    private final TestWatch around;
    private final boolean parallel;
    private final CaptureWatch watch;
    private final CaptureWatch markedBefore;
    private final long openedAt = System.nanoTime();
    private volatile boolean hadVirtualThread;

    /** @param around that of the class, or null */
    TestWatch(Limit limit, TestWatch around, boolean parallel) {
        this.limit = limit;
        this.around = around;
        this.parallel = parallel;
        watch = CaptureWatch.open(limit.nanos(), parallel ? TestWatch::isMadeByTest : null);
        markedBefore = CaptureWatch.mark(watch);
    }

    /** Why nothing can be watched, or null. Has all that is needed loaded before the first test. */
    static String prepare() {
        if (CaptureWatch.class.getClassLoader() != null) {
            return "classes of io.tpool were loaded before the agent was attached: start the JVM with"
                + " -javaagent:tpool-agent.jar";
        }
        try {
            CaptureWatch first = CaptureWatch.open(0, TestWatch::isMadeByTest);
            Thread.ofVirtual().start(() -> { }).join();
            first.close();
            return null;
        } catch (IllegalStateException cannotSee) {
            return "captures cannot be seen in this JVM: " + cannotSee.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    Limit limit() {
        return limit;
    }

    /** Asked of the thread that makes a thread: JUnit's own threads run tests of all classes, and belong to none. */
    private static boolean isMadeByTest() {
        return StackWalker.getInstance().walk(frames -> frames.limit(MOST_FRAMES).map(frame -> frame.getClassName())
            .filter(name -> !name.startsWith("java.") && !name.startsWith("jdk.") && !name.startsWith("io.tpool."))
            .findFirst().map(name -> !name.startsWith(JUNITS_THREADS)).orElse(true));
    }

    /**
     * Closes it.
     *
     * @return the captures that are longer than the limit, the longest first
     */
    Found close() {
        CaptureWatch.mark(markedBefore);
        hadVirtualThread |= parallel ? watch.hasMadeVirtualThread() : watch.mayHaveSeenVirtualThread();
        // In less than the limit nothing was captured for longer, and nobody need wait for the guard.
        boolean tooShort = System.nanoTime() - openedAt <= limit.nanos();
        List<WatchedCapture> all = new ArrayList<>(tooShort ? watch.abandon() : watch.close());
        if (around != null) {
            around.hadVirtualThread |= hadVirtualThread;
            if (!parallel) {
                // One test runs at a time: it is to blame for what the threads of its class do meanwhile.
                takeFromAround(all);
            }
        }
        all.removeIf(capture -> capture.nanos() <= limit.nanos());
        List<WatchedCapture> own = all.stream().filter(capture -> !parallel || capture.own()).toList();
        return new Found(own, all.size() - own.size(), hadVirtualThread);
    }

    private void takeFromAround(List<WatchedCapture> all) {
        for (TestWatch each = around; each != null; each = each.around) {
            for (WatchedCapture taken : each.watch.take(watch)) {
                if (all.stream().noneMatch(known -> known.id() == taken.id())) {
                    all.add(taken);
                }
            }
        }
    }

    /**
     * What was found.
     *
     * @param captures to blame for, the longest first
     * @param nobodys how many more there were of threads of which nobody knows which test made them
     * @param hadVirtualThread false if there was nothing to watch
     */
    record Found(List<WatchedCapture> captures, int nobodys, boolean hadVirtualThread) {
    }
}
