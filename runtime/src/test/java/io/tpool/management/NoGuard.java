// SPDX-License-Identifier: Apache-2.0
package io.tpool.management;

import java.util.Map;

/** A guard that never sees anything. */
final class NoGuard implements GuardMXBean {
    @Override
    public String getMode() {
        return "off";
    }

    @Override
    public void setMode(String mode) {
        throw new IllegalStateException("there is no guard here");
    }

    @Override
    public long getPatienceMicros() {
        return 1_000;
    }

    @Override
    public void setPatienceMicros(long micros) {
        throw new IllegalStateException("there is no guard here");
    }

    @Override
    public int getMax() {
        return 1;
    }

    @Override
    public void setMax(int carriers) {
        throw new IllegalStateException("there is no guard here");
    }

    @Override
    public int getParallelism() {
        return 0;
    }

    @Override
    public int getCapturedCarriers() {
        return 0;
    }

    @Override
    public int getLentCarriers() {
        return 0;
    }

    @Override
    public int getLargestLentCarriers() {
        return 0;
    }

    @Override
    public long getCaptureCount() {
        return 0;
    }

    @Override
    public long getCapturedMillis() {
        return 0;
    }

    @Override
    public long getStarvedCount() {
        return 0;
    }

    @Override
    public long getStarvedMillis() {
        return 0;
    }

    @Override
    public long getLongestStarvedMillis() {
        return 0;
    }

    @Override
    public Map<String, CapturingMethodRow> getCaptures() {
        return Map.of();
    }

    @Override
    public Map<String, CapturedThreadRow> getCapturedThreads() {
        return Map.of();
    }

    @Override
    public void reset() {
        throw new IllegalStateException("there is no guard here");
    }
}
