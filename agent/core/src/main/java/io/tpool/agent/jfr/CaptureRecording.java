// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.jfr;

import io.tpool.agent.jdk.PastTime;
import io.tpool.internal.guard.Capture;
import io.tpool.internal.guard.CaptureListener;
import io.tpool.internal.guard.CaptureRow;
import io.tpool.internal.guard.Starvation;

/** Takes captures and starvation down, each with the time at which it was and not with that at which it is told. */
final class CaptureRecording implements CaptureListener {
    private static final int MOST_FRAMES = 64;

    /** Null where a past time cannot be had, and nothing is recorded. */
    private final PastTime captures = PastTime.of(new CaptureEvent());
    private final PastTime starvations = PastTime.of(new StarvationEvent());

    @Override
    public void captured(Capture capture) {
        CaptureEvent event = new CaptureEvent();
        if (captures == null || !event.isEnabled()) {
            return;
        }
        captures.set(event, capture.startNanos(), capture.nanos());
        if (event.shouldCommit()) {
            event.method = capture.method();
            event.how = capture.kind().word();
            event.virtualThread = thread(capture);
            event.carrier = capture.carrier();
            event.stack = text(capture.stack());
            event.commit();
        }
    }

    @Override
    public void starved(Starvation starvation) {
        StarvationEvent event = new StarvationEvent();
        if (starvations == null || !event.isEnabled()) {
            return;
        }
        starvations.set(event, starvation.startNanos(), starvation.nanos());
        if (event.shouldCommit()) {
            event.carriers = starvation.carriers();
            event.waiting = starvation.waiting();
            event.method = starvation.method();
            event.commit();
        }
    }

    @Override
    public void culprit(CaptureRow culprit) {
        // Each of its captures is an event when it has ended.
        return;
    }

    /** Empty where the stack was not looked at. */
    private static String thread(Capture capture) {
        String name = capture.virtualThreadName().isEmpty() ? "" : " \"" + capture.virtualThreadName() + "\"";
        return capture.virtualThread() == 0 ? "" : "#" + capture.virtualThread() + name;
    }

    private static String text(StackTraceElement[] stack) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < stack.length && i < MOST_FRAMES; i++) {
            text.append(i == 0 ? "" : "\n").append(stack[i]);
        }
        return stack.length > MOST_FRAMES ? text.append("\n...").toString() : text.toString();
    }
}
