// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.observe;

import io.tpool.agent.message.Log;
import io.tpool.agent.config.Configuration;
import io.tpool.agent.config.LogLevel;
import io.tpool.agent.jfr.FlightRecording;
import io.tpool.internal.guard.CaptureListener;
import io.tpool.internal.guard.Guard;
import io.tpool.internal.guard.GuardMode;
import io.tpool.internal.guard.GuardSettings;
import io.tpool.internal.offload.Learning;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * The guard, as the configuration and JMX want it. The guard starts when the application has made a virtual thread and
 * it is not to be off, whichever comes last.
 *
 * <p><b>Important</b>: this class loads the guard's own. It must not be touched before the application's first virtual
 * thread, unless somebody looks at the MBeans.
 */
final class GuardControl {
    private final CaptureAdvice advice;
    /** Guarded by this, as is all below. */
    private GuardSettings settings;
    private boolean hasVirtualThreads;
    private boolean started;
    private boolean recorded;
    /** Null while nobody is told of captures. */
    private CaptureNews news;
    /** Why the guard cannot work here, or null. */
    private String problem;

    GuardControl(Configuration configuration, CaptureAdvice advice) {
        this.advice = advice;
        Configuration.Switches switches = configuration.switches();
        settings = new GuardSettings(mode(switches.guard()), switches.guardPatienceNanos(), switches.guardMax());
    }

    /** The application has made a virtual thread. */
    synchronized void firstVirtualThread() {
        hasVirtualThreads = true;
        startIfWanted();
    }

    /** The flight recorder runs: captures are events from now on. */
    synchronized void record() {
        recorded = true;
        if (started) {
            listen();
        }
    }

    /** What is to hold now, or would if there were virtual threads. */
    synchronized GuardSettings settings() {
        return settings;
    }

    /**
     * Changes the settings.
     *
     * @throws IllegalStateException if the guard is to look and cannot work in this JVM
     */
    synchronized void change(UnaryOperator<GuardSettings> how) {
        GuardSettings now = how.apply(settings);
        if (problem != null && now.mode() != GuardMode.OFF) {
            throw new IllegalStateException("the guard cannot work in this JVM: " + problem);
        }
        settings = now;
        if (started) {
            Guard.settings(now);
            teach();
        } else {
            startIfWanted();
        }
    }

    /**
     * Changes the settings to those of a configuration.
     *
     * @return why the guard does not do what is asked of it, or null
     */
    String change(Configuration next) {
        GuardMode mode = mode(next.switches().guard());
        try {
            change(now -> new GuardSettings(mode, next.switches().guardPatienceNanos(), next.switches().guardMax()));
            return null;
        } catch (IllegalStateException cannotWork) {
            return cannotWork.getMessage();
        }
    }

    private void startIfWanted() {
        if (!hasVirtualThreads || started || problem != null || settings.mode() == GuardMode.OFF) {
            return;
        }
        problem = Guard.start(settings);
        if (problem == null) {
            started = true;
            listen();
            Guard.learn(Learning::captured);
            Guard.advise(advice::of);
            teach();
        } else {
            settings = new GuardSettings(GuardMode.OFF, settings.patienceNanos(), settings.max());
            Log.warn("guard: it cannot work in this JVM, carriers are not lent: " + problem);
        }
    }

    /** Methods of mode auto whose calls stay need no clock while the guard looks at the carriers. */
    private void teach() {
        Learning.guarded(settings.mode() != GuardMode.OFF, settings.patienceNanos());
    }

    /** Nobody is told of captures that nobody wants to hear of. */
    private void listen() {
        CaptureListener recording = recorded ? FlightRecording.captures() : null;
        CaptureAdvice told = Log.says(LogLevel.INFO) ? advice : null;
        if (recording != null || told != null) {
            news = new CaptureNews(told, recording);
            Guard.tell(news);
        }
    }

    /** Has said, before the JVM ends, what the guard knows and was just about to tell. */
    synchronized void atExit() {
        if (news != null) {
            news.culprits(Guard.captures());
        }
    }

    static GuardMode mode(String word) {
        for (GuardMode mode : GuardMode.values()) {
            if (word(mode).equalsIgnoreCase(word)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("Mode must be on, watch or off, not '" + word + "'");
    }

    static String word(GuardMode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }
}
