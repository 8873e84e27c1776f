// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

import io.tpool.internal.jdk.SchedulerAccess;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Keeps the scheduler of virtual threads going whatever captures its carriers: for each one that is captured the
 * scheduler may use one more.
 *
 * <p>Who does what:
 * <ul>
 * <li>The thread {@value #LOOKS} looks at the carriers and lends ({@link GuardLoop}). It alone writes the scheduler's
 *     parallelism and the counts ({@link CaptureTotals}). It takes no lock and waits for nobody.
 * <li>The thread {@value #NAMES} starts with the first suspect. It reads the stacks of captured threads, fills
 * the rows ({@link CaptureLog}) and tells the listener ({@link CaptureNamer}). It hears of captures through a
 * ring with one writer and one reader ({@link CaptureFeed}).
 * <li>The threads tpool-helper-N are {@linkplain QueueHelper helpers}. The thread that looks gives them a queue that
 * starves. They run its tasks, and so mount virtual threads of the application.
 * <li>Anybody calls this class. The settings are one volatile reference to something immutable, read anew for
 * each look; a change is followed by an unpark. Starting is under the lock of this class, which neither thread
 * ever takes.
 * </ul>
 *
 * @since 1.0
 */
public final class Guard {
    private static final String LOOKS = "tpool-guard";
    private static final String NAMES = "tpool-guard-names";

    private static final CaptureTotals TOTALS = new CaptureTotals();
    private static final CaptureFeed FEED = new CaptureFeed(Guard::startNaming);
    private static final CaptureLog LOG = new CaptureLog(FEED);
    private static final CaptureNamer NAMER = new CaptureNamer(FEED, LOG);

    private static volatile GuardSettings settings =
            new GuardSettings(GuardMode.OFF, GuardSettings.DEFAULT_PATIENCE_NANOS, GuardSettings.DEFAULT_MAX);
    private static volatile Thread thread;
    private static volatile Function<CaptureRow, String> adviser;
    private static boolean seesCaptures;
    /** What is in force because somebody watches, and nobody else has the guard look; or null. */
    private static GuardSettings forWatches;

    private Guard() {
    }

    /**
     * Starts the guard of this JVM; a second call changes the settings. To be called when the application has
     * made its first virtual thread, because looking at the scheduler initialises it.
     *
     * @param settings not null
     * @return null, or why the guard cannot work here, one line without a full stop
     */
    public static synchronized String start(GuardSettings settings) {
        settings(settings);
        if (thread != null) {
            return null;
        }
        String problem = SchedulerAccess.problem();
        try {
            if (problem == null) {
                JdkCarriers carriers = new JdkCarriers();
                startLooking(new GuardLoop(carriers, Guard::settings, FEED, TOTALS, Parallelism.maxPoolSize()));
                seesCaptures = true;
            } else if (SchedulerAccess.isSchedulerKnown()) {
                startLooking(new CoarseGuard(new SchedulerBean(), Guard::settings, TOTALS, Parallelism.maxPoolSize()));
                problem = null;
            }
        } catch (OutOfMemoryError noThread) {
            return "no thread could be started for it: " + noThread.getMessage();
        } catch (Throwable noBean) {
            return problem == null ? noBean.toString() : problem;
        }
        return problem;
    }

    private static void startLooking(Runnable loop) {
        thread = GuardThreads.start(loop, LOOKS);
    }

    /** On the thread that looks. */
    private static boolean startNaming() {
        try {
            GuardThreads.start(NAMER, NAMES);
            return true;
        } catch (Throwable notNow) {
            return false;
        }
    }

    /** @return true if the guard can work here and was started */
    public static boolean isRunning() {
        return thread != null;
    }

    /** @return true if the guard runs and lends carriers */
    public static boolean isLending() {
        return thread != null && settings.mode() == GuardMode.ON;
    }

    /** @return what it is set to, also before it was started */
    public static GuardSettings settings() {
        return settings;
    }

    /**
     * Changes the settings, at once. Carriers that are lent and no longer to be lent are given back.
     *
     * @param settings not null
     */
    public static void settings(GuardSettings settings) {
        Guard.settings = Objects.requireNonNull(settings, "settings");
        LockSupport.unpark(thread);
    }

    /** @return one look at the figures; zeros before it was started */
    public static GuardFigures figures() {
        return TOTALS.figures();
    }

    /** @return the capturing methods, those that captured longest in all first */
    public static List<CaptureRow> captures() {
        return LOG.rows(System.nanoTime());
    }

    /** @return the virtual threads that hold captured carriers now; those that nobody has looked at yet are missing */
    public static List<CapturedThread> capturedThreads() {
        return LOG.current(System.nanoTime());
    }

    /** Starts the counts and rows anew. */
    public static void reset() {
        long now = System.nanoTime();
        TOTALS.reset(now);
        LOG.reset(now);
    }

    /** Starts looking for somebody who watches, if nobody else has it look. Null, or why captures cannot be seen. */
    static synchronized String startWatching() {
        String problem = null;
        if (thread == null || settings.mode() == GuardMode.OFF) {
            GuardSettings watch = new GuardSettings(GuardMode.WATCH, settings.patienceNanos(), settings.max());
            problem = start(watch);
            forWatches = watch;
        }
        return problem == null && !seesCaptures ? String.valueOf(SchedulerAccess.problem()) : problem;
    }

    /** Stops looking, unless somebody else has it look by now. */
    static synchronized void stopWatching() {
        if (settings == forWatches) {
            settings(new GuardSettings(GuardMode.OFF, settings.patienceNanos(), settings.max()));
        }
        forWatches = null;
    }

    /** Asks the guard's threads for what they know by now. Returns what {@link #hasAnswered} is to be asked for. */
    static long ask() {
        long question = FEED.ask();
        LockSupport.unpark(thread);
        return question;
    }

    static boolean hasAnswered(long question) {
        return FEED.hasHeard(question);
    }

    /**
     * Says who knows what to do about captures.
     *
     * @param somebody gives one line for a row, may be slow; null for nobody
     */
    public static void advise(Function<CaptureRow, String> somebody) {
        adviser = somebody;
    }

    /** What to do about a capture, empty where nobody knows. */
    static String advice(CaptureRow row) {
        Function<CaptureRow, String> somebody = adviser;
        return somebody == null ? "" : somebody.apply(row);
    }

    /**
     * Has somebody told of captures.
     *
     * @param listener null for nobody
     */
    public static void tell(CaptureListener listener) {
        NAMER.tell(listener);
    }

    /**
     * Has somebody learn from captures.
     *
     * @param evidence null for nobody
     */
    public static void learn(CaptureEvidence evidence) {
        NAMER.tell(evidence);
    }
}
