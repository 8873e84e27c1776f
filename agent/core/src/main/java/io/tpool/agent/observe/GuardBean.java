// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.observe;

import io.tpool.internal.guard.CaptureRow;
import io.tpool.internal.guard.CapturedThread;
import io.tpool.internal.guard.Guard;
import io.tpool.internal.guard.GuardFigures;
import io.tpool.internal.guard.GuardMode;
import io.tpool.internal.guard.GuardSettings;
import io.tpool.management.CapturedThreadRow;
import io.tpool.management.CapturingMethodRow;
import io.tpool.management.GuardMXBean;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The MBean of the guard. */
final class GuardBean implements GuardMXBean {
    private final GuardControl control;
    private final CaptureAdvice advice;

    GuardBean(GuardControl control, CaptureAdvice advice) {
        this.control = control;
        this.advice = advice;
    }

    @Override
    public String getMode() {
        return GuardControl.word(control.settings().mode());
    }

    @Override
    public void setMode(String mode) {
        GuardMode wanted = GuardControl.mode(mode);
        control.change(now -> new GuardSettings(wanted, now.patienceNanos(), now.max()));
    }

    @Override
    public long getPatienceMicros() {
        return TimeUnit.NANOSECONDS.toMicros(control.settings().patienceNanos());
    }

    @Override
    public void setPatienceMicros(long micros) {
        if (micros < TimeUnit.NANOSECONDS.toMicros(GuardSettings.SHORTEST_PATIENCE_NANOS)
                || micros > TimeUnit.NANOSECONDS.toMicros(GuardSettings.LONGEST_PATIENCE_NANOS)) {
            throw new IllegalArgumentException("PatienceMicros must be 100 to 60000000, not " + micros);
        }
        control.change(now -> new GuardSettings(now.mode(), TimeUnit.MICROSECONDS.toNanos(micros), now.max()));
    }

    @Override
    public int getMax() {
        return control.settings().max();
    }

    @Override
    public void setMax(int carriers) {
        if (carriers < 1 || carriers > GuardSettings.LARGEST_MAX) {
            throw new IllegalArgumentException("Max must be 1 to " + GuardSettings.LARGEST_MAX + ", not " + carriers);
        }
        control.change(now -> new GuardSettings(now.mode(), now.patienceNanos(), carriers));
    }

    @Override
    public int getParallelism() {
        return figures().parallelism();
    }

    @Override
    public int getCapturedCarriers() {
        return figures().capturedCarriers();
    }

    @Override
    public int getLentCarriers() {
        return figures().lentCarriers();
    }

    @Override
    public int getLargestLentCarriers() {
        return figures().largestLentCarriers();
    }

    @Override
    public long getCaptureCount() {
        return figures().captureCount();
    }

    @Override
    public long getCapturedMillis() {
        return figures().capturedMillis();
    }

    @Override
    public long getStarvedCount() {
        return figures().starvedCount();
    }

    @Override
    public long getStarvedMillis() {
        return figures().starvedMillis();
    }

    @Override
    public long getLongestStarvedMillis() {
        return figures().longestStarvedMillis();
    }

    private static GuardFigures figures() {
        return Guard.figures();
    }

    @Override
    public Map<String, CapturingMethodRow> getCaptures() {
        List<CaptureRow> captures = Guard.captures();
        Map<String, String> toList = advice.of(captures);
        Map<String, CapturingMethodRow> rows = new LinkedHashMap<>();
        for (CaptureRow row : captures) {
            rows.put(row.method(), new CapturingMethodRow(row.method(), row.kind().word(), row.count(),
                millis(row.nanos()), millis(row.longestNanos()), row.threads(), row.calledBy(),
                toList.get(row.method())));
        }
        return rows;
    }

    @Override
    public Map<String, CapturedThreadRow> getCapturedThreads() {
        Map<String, CapturedThreadRow> rows = new LinkedHashMap<>();
        for (CapturedThread held : Guard.capturedThreads()) {
            rows.put(held.carrier(),
                new CapturedThreadRow(held.carrier(), held.virtualThread(), held.virtualThreadName(), held.method(),
                held.kind().word(), TimeUnit.NANOSECONDS.toMicros(held.nanos())));
        }
        return rows;
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    @Override
    public void reset() {
        Guard.reset();
    }
}
