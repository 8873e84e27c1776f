// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import io.tpool.internal.guard.CaptureKind;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Sums up sightings: which methods captured carriers, for how long, and what to list.
 *
 * <p>A sample says where a thread was at one time; two samples in a row of one thread in one native call say that it
 * was there all the time between. The thread's time is the sum of such stretches, each lengthened at both ends by half
 * of what one sample stands for (see {@link Rotation}). A thread that computes is counted once it was seen on its
 * carrier, turn after turn, for {@link #HOG_NANOS}.
 *
 * <p>Keeps no event. Memory grows with the methods found, and by 16 bytes with each virtual thread that captured a
 * carrier. Not thread-safe.
 */
final class Analysis {

    /** A thread that computes for less than this is a good neighbour. */
    static final long HOG_NANOS = 200_000_000;

    private static final long FORGET_NANOS = 2_000_000_000;

    private final Environment environment;
    private final Adviser adviser;
    private final Rotation rotation;
    private final CarrierTime carrierTime;
    private final FindingIndex rows = new FindingIndex();
    private final Map<Long, CarriedThread> mounted = new LinkedHashMap<>(64, 0.75f, true);

    /** Of threads that stand still: up to when that has been counted. */
    private final Map<Long, Long> countedUntil = new HashMap<>();

    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private long nativeSamples;
    private long javaSamples;
    private long virtualSamples;
    private long moved;
    private long truncated;
    private long guardStarved;
    private final FlameGraph guardFlames = new FlameGraph();

    Analysis(Environment environment, Bytecode bytecode) {
        this.environment = environment;
        adviser = new Adviser(environment, bytecode);
        rotation = new Rotation(environment);
        carrierTime = new CarrierTime(environment);
    }

    /** Takes in that the recording covers this time. */
    void covers(long time) {
        first = Math.min(first, time);
        last = Math.max(last, time);
    }

    /**
     * Takes in what the guard measured: for so long virtual threads waited while all carriers were captured, those that
     * it has lent as well.
     */
    void starved(long nanos) {
        environment.guarded();
        guardStarved += nanos;
    }

    /** Takes in a capture that the guard measured. */
    void captured(long nanos, String stack) {
        environment.guarded();
        guardFlames.add(stack, nanos);
    }

    /** Takes a sighting in; sightings come about in the order of time. */
    void accept(ThreadSample sighting) {
        covers(sighting.time() + sighting.duration());
        carrierTime.begin(first);
        switch (sighting.kind()) {
            case NATIVE -> inNative(sighting);
            case JAVA -> inJava(sighting);
            case PINNED_PARK -> held(sighting, CaptureKind.PINNED, stack -> adviser.pinned(stack, false));
            case CLASS_INITIALISER -> held(sighting, CaptureKind.MONITOR, adviser::waits);
            case MONITOR -> {
                if (environment.monitorsPin()) {
                    held(sighting, CaptureKind.MONITOR, stack -> adviser.pinned(stack, true));
                }
            }
        }
        forget(sighting.time());
    }

    /**
     * Takes in what stands still on the carriers. The event of a park, which is written when it ends, then counts only
     * from there on.
     */
    void accept(StandingThreads standing, GuardStacks stacks) {
        if (standing.looked()) {
            environment.looked();
        }
        environment.seenCarriers(standing.mostCarried());
        for (StandingThreads.Standing each : standing.found()) {
            accept(new ThreadSample(each.kind(), each.told(), each.until() - each.told(), each.thread(), true,
                stacks.read(each.stack())));
            countedUntil.put(each.thread(), each.until());
        }
    }

    private void inNative(ThreadSample sample) {
        nativeSamples++;
        double turn = rotation.next(sample.time(), sample.thread(), sample.virtual());
        long stands = (long) (turn * rotation.period());
        if (!isCaptured(sample, stands)) {
            return;
        }
        if (!Adviser.hasNative(sample.stack())) {
            // in a native that does not block, or on its way into the JVM
            inCode(sample, (long) ((turn + 1.5) * rotation.period()));
            return;
        }
        FindingIndex.Place place = rows.of(CaptureKind.NATIVE, sample.stack(), adviser::blocked);
        CarriedThread thread = mounted.computeIfAbsent(sample.thread(), id -> new CarriedThread(id, carrierTime));
        long patience = (long) ((turn + 1.5) * rotation.period());
        thread.goesOn(place, sample.stack(), sample.time(), patience);
        thread.inNative(place, sample.time(), stands, rotation.continued());
        thread.onCarrier(sample, patience);
    }

    private void inJava(ThreadSample sample) {
        javaSamples++;
        if (!isCaptured(sample, environment.javaPeriod())) {
            return;
        }
        CarriedThread thread = mounted.computeIfAbsent(sample.thread(), id -> new CarriedThread(id, carrierTime));
        long patience = (long) (2.5 * Math.max(environment.javaPeriod(), rotation.period()));
        if (Adviser.hasNative(sample.stack())) {
            FindingIndex.Place place = rows.of(CaptureKind.NATIVE, sample.stack(), adviser::blocked);
            thread.inNative(place, sample.time(), environment.javaPeriod(),
                thread.isIn(place.row(), sample.time() - patience));
            return;
        }
        rows.around(sample.stack(), environment.javaPeriod());
        inCode(sample, patience);
    }

    private void inCode(ThreadSample sample, long patience) {
        CarriedThread thread = mounted.computeIfAbsent(sample.thread(), id -> new CarriedThread(id, carrierTime));
        thread.goesOn(null, sample.stack(), sample.time(), patience);
        thread.endNative();
        thread.onCarrier(sample, patience);
        thread.computes(HOG_NANOS,
            common -> rows.of(CaptureKind.COMPUTING, adviser.computes(sample.stack(), common), sample.stack()));
    }

    private void held(ThreadSample event, CaptureKind kind, Function<Stack, Advice> advice) {
        if (!event.virtual() || event.stack().size() == 0 || isMoved(event.stack(), event.duration())) {
            return;
        }
        FindingIndex.Place place = rows.of(kind, event.stack(), advice);
        virtualSamples++;
        long end = event.time() + event.duration();
        Long counted = countedUntil.remove(event.thread());
        long from = counted == null ? event.time() : Math.min(end, Math.max(event.time(), counted));
        place.add(end - from, event.thread());
        place.row().stretch(event.duration());
        carrierTime.add(place.row(), from, end);
    }

    /** Whether the sample is of a virtual thread on a carrier, and not on a pool thread where it was moved to. */
    private boolean isCaptured(ThreadSample sample, long nanos) {
        if (!sample.virtual()) {
            return false;
        }
        virtualSamples++;
        if (sample.stack() == null || sample.stack().size() == 0) {
            return false;
        }
        if (sample.stack().truncated) {
            truncated++;
        }
        return !isMoved(sample.stack(), nanos);
    }

    private boolean isMoved(Stack stack, long nanos) {
        for (Frame frame : stack.frames) {
            if (environment.moved().contains(frame.method().id())) {
                moved += nanos;
                return true;
            }
        }
        return false;
    }

    private void forget(long now) {
        Iterator<CarriedThread> eldest = mounted.values().iterator();
        while (eldest.hasNext()) {
            CarriedThread thread = eldest.next();
            if (thread.lastSeen() > now - FORGET_NANOS) {
                return;
            }
            thread.end();
            eldest.remove();
        }
    }

    /** Returns what has been found so far; more may be accepted after it. */
    Findings findings(boolean complete) {
        for (CarriedThread thread : mounted.values()) {
            thread.end();
        }
        mounted.clear();
        carrierTime.finish();
        long elapsed = first == Long.MAX_VALUE ? 0 : last - first;
        Counts counts = new Counts(nativeSamples, javaSamples, virtualSamples, truncated);
        return Findings.of(environment, rows.all(), carrierTime, counts, first, elapsed, moved, guardStarved,
            rows.flames(), guardFlames, complete);
    }

    /**
     * What the findings rest on.
     *
     * @param nativeSamples samples in native code, of all threads
     * @param javaSamples samples in Java code, of all threads
     * @param virtualSamples sightings of virtual threads
     * @param truncated how many of those had a stack that was cut off
     */
    record Counts(long nativeSamples, long javaSamples, long virtualSamples, long truncated) {
    }
}
