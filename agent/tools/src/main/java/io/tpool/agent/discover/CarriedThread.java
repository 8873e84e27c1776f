// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import java.util.function.IntFunction;

/** One virtual thread, seen on a carrier lately. */
final class CarriedThread {

    private final long id;
    private final CarrierTime carrierTime;

    // the native call that it is in
    private FindingIndex.Place call;
    private long callStart;
    private long callLast;
    private long callHalf;

    // since when it was seen, turn after turn, and the frames that have stayed since
    private Stack stack;
    private Stack newest;
    private int common;
    private long start;
    private long previous;
    private long last;
    private int samples;
    private int javaSamples;
    private long javaNanos;

    // what it computes, once that is a hog
    private FindingIndex.Place hog;
    private int hogDepth;
    private long hogStart;

    CarriedThread(long id, CarrierTime carrierTime) {
        this.id = id;
        this.carrierTime = carrierTime;
    }

    long lastSeen() {
        return Math.max(last, callLast);
    }

    /** Returns whether it was in a call of this row at this time or later. */
    boolean isIn(Finding row, long time) {
        return call != null && call.row() == row && callLast >= time;
    }

    /**
     * Adds a sample in a native call.
     *
     * @param stands how long the sample stands for
     * @param continued whether the thread has been in native code since its sample before
     */
    void inNative(FindingIndex.Place place, long time, long stands, boolean continued) {
        if (continued && call != null && call.row() == place.row()) {
            spend(place, callLast, time);
        } else {
            endNative();
            callStart = time - stands / 2;
            spend(place, callStart, time);
        }
        call = place;
        callLast = time;
        callHalf = stands / 2;
    }

    /**
     * Takes in where it was seen next. If that is still in the method that loops around its native call, the call has
     * returned, and the next one may have begun: many short calls.
     *
     * @param place of the native call that it is in now, null if it is in none
     * @param patience how long ago the call may have been seen
     */
    void goesOn(FindingIndex.Place place, Stack now, long time, long patience) {
        if (call != null && time - callLast <= patience) {
            boolean same = place != null && call.row() == place.row();
            call.row().followed(!same && now.holds(call.advice().loop()));
        }
    }

    /** Ends the native call that it was in. */
    void endNative() {
        if (call != null) {
            spend(call, callLast, callLast + callHalf);
            call.row().stretch(callLast + callHalf - callStart);
            call = null;
        }
    }

    /** Ends all that it was in. */
    void end() {
        endNative();
        endHog();
    }

    /** Adds that it was seen on a carrier, and was all the time if it was seen within the given time before. */
    void onCarrier(ThreadSample sample, long patience) {
        boolean isJava = sample.kind() == ThreadSample.Kind.JAVA;
        int shared = stack == null ? 0 : sample.stack().commonBase(stack, common);
        previous = last;
        last = sample.time();
        newest = sample.stack();
        if (shared <= hogDepth || last - previous > patience) {
            endHog();
            stack = sample.stack();
            common = stack.size();
            start = last;
            samples = 0;
            javaSamples = 0;
            javaNanos = 0;
        } else {
            common = shared;
            javaNanos += isJava ? last - previous : 0;
        }
        samples++;
        javaSamples += isJava ? 1 : 0;
    }

    /**
     * Adds a sample in Java code, after {@link #onCarrier}: from a certain time on the method that did not return is a
     * hog.
     */
    void computes(long hogNanos, IntFunction<FindingIndex.Place> placeOf) {
        if (hog != null) {
            hog.add(last - previous, id, newest);
            carrierTime.add(hog.row(), previous, last);
        } else if (last - start >= hogNanos && javaSamples * 3 >= samples) {
            hog = placeOf.apply(common);
            hogDepth = depth(hog.advice().captor()) - 1;
            hogStart = start;
            hog.add(javaNanos, id, newest);
            carrierTime.add(hog.row(), start, last);
        }
    }

    private int depth(MethodRef method) {
        for (int i = 0; i < stack.size(); i++) {
            if (stack.method(i).equals(method)) {
                return stack.size() - i;
            }
        }
        return 1;
    }

    private void endHog() {
        if (hog != null) {
            hog.row().stretch(last - hogStart);
            hog = null;
        }
        hogDepth = 0;
    }

    private void spend(FindingIndex.Place place, long from, long to) {
        place.add(to - from, id);
        carrierTime.add(place.row(), from, to);
    }
}
