// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.observe;

import io.tpool.agent.message.Log;
import io.tpool.internal.guard.Capture;
import io.tpool.internal.guard.CaptureListener;
import io.tpool.internal.guard.CaptureRow;
import io.tpool.internal.guard.Starvation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Passes on what the guard tells: new culprits as lines, all else to the flight recording. */
final class CaptureNews implements CaptureListener {
    private final CaptureAdvice advice;
    private final CaptureListener recording;
    /** Methods that there is a line of. Guarded by this. */
    private final Set<String> told = new HashSet<>();

    /**
     * Prepares.
     *
     * @param advice what to list, for the lines; null for no lines
     * @param recording null if nothing is recorded
     */
    CaptureNews(CaptureAdvice advice, CaptureListener recording) {
        this.advice = advice;
        this.recording = recording;
    }

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
        culprits(List.of(culprit));
    }

    /** A line for each that there is none of. To find out what to advise takes a while, for which others wait here. */
    synchronized void culprits(List<CaptureRow> culprits) {
        if (advice == null) {
            return;
        }
        for (CaptureRow culprit : culprits) {
            if (told.add(culprit.method())) {
                String caller = culprit.calledBy().isEmpty() ? "" : ", called by " + culprit.calledBy();
                String what = advice.of(culprit);
                Log.info("guard: " + culprit.method() + " captures carriers (" + culprit.kind().word() + caller + ")"
                    + (what.isEmpty() ? "" : "; " + what));
            }
        }
    }
}
