// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.jfr;

import io.tpool.internal.guard.CaptureListener;
import io.tpool.internal.offload.Learning;
import io.tpool.internal.offload.ListedMethods;
import io.tpool.internal.offload.MethodFigures;
import io.tpool.internal.offload.Mode;
import io.tpool.internal.offload.Offload;
import io.tpool.internal.offload.OffloadRecorder;
import io.tpool.internal.offload.Outcome;
import java.util.Locale;
import jdk.jfr.FlightRecorder;

/**
 * Takes down calls, and what the guard sees, in the flight recordings that are running.
 *
 * <p><b>Important</b>: never refer to this class where there may be no module {@code jdk.jfr}.
 *
 * @since 1.0
 */
public final class FlightRecording implements OffloadRecorder {
    private FlightRecording() {
    }

    /**
     * Begins to take calls down, if the flight recorder has started.
     *
     * @return false to be called again
     */
    public static boolean attempt() {
        if (!FlightRecorder.isInitialized()) {
            return false;
        }
        FlightRecorder.register(OffloadEvent.class);
        FlightRecorder.register(CaptureEvent.class);
        FlightRecorder.register(StarvationEvent.class);
        FlightRecorder.register(DecisionEvent.class);
        FlightRecorder.register(MethodEvent.class);
        FlightRecorder.addPeriodicEvent(MethodEvent.class, FlightRecording::listed);
        Offload.recordTo(new FlightRecording());
        Learning.record(FlightRecording::decided);
        return true;
    }

    /** Takes captures down. */
    public static CaptureListener captures() {
        return new CaptureRecording();
    }

    private static void decided(String method, String pool, boolean moves, String reason) {
        DecisionEvent event = new DecisionEvent();
        event.method = method;
        event.pool = pool;
        event.decision = moves ? "moves" : "stays";
        event.reason = reason;
        event.commit();
    }

    private static void listed() {
        for (MethodFigures figures : ListedMethods.figures()) {
            MethodEvent event = new MethodEvent();
            event.method = figures.method();
            event.pool = figures.pool();
            event.mode = word(figures.mode());
            event.stays = figures.stays();
            event.offloaded = figures.offloaded();
            event.inPlace = figures.inPlace();
            event.pinned = figures.pinned();
            event.commit();
        }
    }

    @Override
    public Object begin() {
        OffloadEvent event = new OffloadEvent();
        if (!event.isEnabled()) {
            return null;
        }
        event.begin();
        return event;
    }

    @Override
    public void end(Object begun, String method, String pool, Mode mode, Outcome outcome, long queueNanos,
        long runNanos, String poolThread, long osThreadId) {
        OffloadEvent event = (OffloadEvent) begun;
        event.end();
        if (event.shouldCommit()) {
            event.method = method;
            event.pool = pool;
            event.mode = word(mode);
            event.outcome = word(outcome);
            event.queueTime = queueNanos;
            event.runTime = runNanos;
            event.poolThread = poolThread;
            event.osThreadId = osThreadId;
            event.commit();
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
