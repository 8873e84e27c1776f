// SPDX-License-Identifier: Apache-2.0
package io.tpool.junit;

import io.tpool.internal.guard.WatchedCapture;
import java.util.List;
import java.util.Locale;

/** What a failed test says. */
final class Message {
    private static final int MOST_FRAMES = 40;
    private static final int MOST_CAPTURES = 10;

    private Message() {
    }

    static String of(List<WatchedCapture> captures, Limit limit) {
        WatchedCapture worst = captures.get(0);
        StringBuilder text = new StringBuilder("a carrier was captured for ").append(millis(worst))
            .append(", and @CarriersStayFree allows ").append(limit.text()).append("\n  ").append(line(worst))
            .append("\n  what to do: ").append(advice(worst));
        for (int i = 0; i < worst.stack().size() && i < MOST_FRAMES; i++) {
            text.append("\n    at ").append(worst.stack().get(i));
        }
        for (int i = 1; i < captures.size() && i < MOST_CAPTURES; i++) {
            text.append("\n  also for ").append(millis(captures.get(i))).append(": ").append(line(captures.get(i)));
        }
        if (captures.size() > MOST_CAPTURES) {
            text.append("\n  and ").append(captures.size() - MOST_CAPTURES).append(" more");
        }
        return text.toString();
    }

    private static String line(WatchedCapture capture) {
        String caller = capture.calledBy().isEmpty() ? "" : ", called by " + capture.calledBy();
        String name = capture.virtualThreadName();
        return capture.method() + " (" + capture.kind().word() + ")" + caller + ", in virtual thread #"
            + capture.virtualThread() + (name.isEmpty() ? "" : " \"" + name + "\"") + " on " + capture.carrier()
            + (capture.own() ? "" : ", which this test did not make for all that is known")
            + (capture.goesOn() ? "; it went on when the test ended" : "");
    }

    private static String millis(WatchedCapture capture) {
        return String.format(Locale.ROOT, "%.1f ms", capture.nanos() / 1e6);
    }

    private static String advice(WatchedCapture capture) {
        String known = capture.advice();
        String code = "call it by TPool.shared().execute(...), or on a platform thread";
        return known.isEmpty() ? code : "with the agent " + known + "; without it " + code;
    }
}
