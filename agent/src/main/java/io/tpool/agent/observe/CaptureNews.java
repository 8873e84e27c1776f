package io.tpool.agent.observe;

import io.tpool.agent.Log;
import io.tpool.internal.guard.Capture;
import io.tpool.internal.guard.CaptureListener;
import io.tpool.internal.guard.CaptureRow;
import io.tpool.internal.guard.Starvation;

/**
 * Passes on what the guard tells: new culprits as lines, all else to the flight recording.
 *
 * @param advice what to list, for the lines; null for no lines
 * @param recording null if nothing is recorded
 */
record CaptureNews(CaptureAdvice advice, CaptureListener recording) implements CaptureListener {
    @Override
    public void captured(Capture capture) {
        if (recording != null) {
            recording.captured(capture);
        }
    }

    @Override
    public void starved(Starvation starvation) {
        if (recording != null) {
            recording.starved(starvation);
        }
    }

    @Override
    public void culprit(CaptureRow culprit) {
        if (advice != null) {
            String caller = culprit.calledBy().isEmpty() ? "" : ", called by " + culprit.calledBy();
            String what = advice.of(culprit);
            Log.info("guard: " + culprit.method() + " captures carriers (" + culprit.kind().word() + caller + ")"
                + (what.isEmpty() ? "" : "; " + what));
        }
    }
}
