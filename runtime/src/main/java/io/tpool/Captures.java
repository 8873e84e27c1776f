package io.tpool;

import io.tpool.internal.guard.CaptureWatch;
import io.tpool.internal.guard.WatchedCapture;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What captures carriers while an action runs, for tests and measurements.
 *
 * <pre>{@code
 * List<CarrierCapture> captures = Captures.during(() -> service.handle(request));
 * }</pre>
 *
 * <p>It takes the agent: {@code -javaagent:tpool-agent.jar}, or {@code TPoolAgent.install()} in {@code tpool-agent.jar}
 * before this class is used. The guard does what it is set to meanwhile; if it is {@code off} it looks and lends
 * nothing until the action has ended.
 *
 * <h2>Which captures</h2>
 * Those by virtual threads that the action made, directly or through threads that it made, and those by threads of
 * which
 * nobody knows who made them; {@link CarrierCapture#own} tells. Threads that another {@code during} made at the same
 * time are left out, and so are threads that another one made which has ended. A thread is not known to be the action's
 * if it does not inherit inheritable thread locals, or if a thread that was there before the action made it.
 *
 * <h2>How exact the durations are</h2>
 * They come from the guard's looks and are never too long. Time in which the thread only waited for a processor is left
 * out: on Linux it is known, elsewhere a capture that the system shows no CPU time for counts only while the machine is
 * not busy. A call that blocks is told 1 to 5 ms too short on a quiet machine, a computation about 12 ms; captures
 * below
 * that may be missing. On a busy machine both may be more. Who waits for a class that another thread initialises is
 * named after 200 ms. An action that captures carriers thousands of times has only some of them looked at closely and
 * told; 1,000 at most.
 *
 * <p>All methods are safe for use by several threads.
 *
 * @since 1.0
 */
public final class Captures {
    private Captures() {
    }

    /**
     * Something to run.
     *
     * @param <X> what it may throw
     * @since 1.0
     */
    @FunctionalInterface
    public interface Action<X extends Exception> {
        /**
         * Runs.
         *
         * @throws X as it likes
         */
        void run() throws X;
    }

    /**
     * Runs an action on the calling thread, and tells what captured carriers meanwhile. It waits for no thread that the
     * action leaves running: a capture that goes on at its end is told as it stands. Takes a millisecond longer than
     * the
     * action as a rule, and 5 s at most.
     *
     * @param <X> what the action may throw
     * @param action not null; where the calling thread is virtual its own captures count, too
     * @return the captures, the longest first; not null
     * @throws X what the action throws
     * @throws NullPointerException if the action is null
     * @throws IllegalStateException if captures cannot be seen in this JVM, with the reason in one line; the action is
     *     not run then
     */
    public static <X extends Exception> List<CarrierCapture> during(Action<X> action) throws X {
        Objects.requireNonNull(action, "action");
        CaptureWatch watch = open();
        CaptureWatch before = CaptureWatch.mark(watch);
        boolean completed = false;
        try {
            action.run();
            completed = true;
        } finally {
            CaptureWatch.mark(before);
            if (!completed) {
                watch.abandon();
            }
        }
        return watch.close().stream().map(Captures::told).toList();
    }

    private static CaptureWatch open() {
        try {
            return CaptureWatch.open(0, null);
        } catch (IllegalStateException cannotSee) {
            boolean agent = CaptureWatch.class.getClassLoader() == null;
            throw new IllegalStateException("captures cannot be seen"
                    + (agent ? ": " : " without the agent, -javaagent:tpool-agent.jar or TPoolAgent.install() before "
                    + "any other class of io.tpool is used: ") + cannotSee.getMessage(), cannotSee);
        }
    }

    private static CarrierCapture told(WatchedCapture capture) {
        String name = capture.virtualThreadName();
        return new CarrierCapture(capture.method(), capture.kind().word(),
                name.isEmpty() ? "#" + capture.virtualThread() : name, capture.virtualThread(), capture.carrier(),
                Duration.ofNanos(capture.nanos()), capture.goesOn(), capture.own(), capture.stack(), capture.advice());
    }
}
