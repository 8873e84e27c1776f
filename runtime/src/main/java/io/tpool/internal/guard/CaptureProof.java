// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

/**
 * For how long a capture has held its carrier for sure. What is left out:
 * <ul>
 * <li>the time before the carrier was looked at closely, and after it was last seen captured;
 * <li>the time in which the thread only waited for a processor;
 * <li>the time in which everything may have {@linkplain Standstill stood still};
 * <li>the time in which its stack was read first: the JVM holds the thread up meanwhile, so the guard itself would be
 *     to blame.
 * </ul>
 * So the proven time is never longer than the capture. On a quiet machine it is 1 to 5 ms shorter, for a computation
 * about 12 ms; on a busy one it may be anything down to 0.
 *
 * <p>Confined to the thread that names.
 */
final class CaptureProof {
    private final ProcessorWaits waits = new ProcessorWaits();
    private final CaptureFeed feed;

    CaptureProof(CaptureFeed feed) {
        this.feed = feed;
    }

    /** To be kept until the capture ends. */
    ProcessorUse begin(Thread carrier, long stood) {
        long waited = waits.of(carrier);
        long used = CpuTimes.of(carrier);
        return new ProcessorUse(System.nanoTime(), used, waited, stood);
    }

    /**
     * Weighs the evidence, and has those who watch hear of it.
     *
     * @param named the capture, looked at closely
     * @param last what tells of it
     * @param goesOn false if it has ended
     */
    void tell(NamedCapture named, CaptureFeed.Entry last, boolean goesOn) {
        long used = CpuTimes.of(last.carrier) - named.begun().used();
        long nanos = nanos(named, last, goesOn);
        // A computation that got no processor when it was looked at seems to wait for a class.
        boolean computes = named.culprit().kind() == CaptureKind.MONITOR && used > nanos / 2;
        CaptureWatch.tell(named, computes ? CaptureKind.COMPUTING : named.culprit().kind(), nanos, goesOn);
    }

    /** Nanoseconds, 0 if nothing is proven. */
    private long nanos(NamedCapture named, CaptureFeed.Entry last, boolean goesOn) {
        ProcessorUse begun = named.begun();
        // Asked before the rest is read. A wait that begins afterwards is not in what was seen.
        boolean waitIsCounted = !goesOn || waits.sleeps(last.carrier);
        ProcessorUse now = begin(last.carrier, last.stood);
        long seen = seen(begun, now, last.seen);
        if (begun.isWaitKnown() && now.isWaitKnown() && waitIsCounted) {
            return withoutWaits(begun, now, seen);
        }
        boolean trusted = !waits.areCounted() && named.culprit().kind() != CaptureKind.COMPUTING
                && !feed.isMachineBusy(now.at());
        return Math.max(0, trusted ? seen : Math.min(seen, used(begun, now, last.seen)));
    }

    static long seen(ProcessorUse begun, ProcessorUse now, long seen) {
        return seen - begun.at() - (now.stood() - begun.stood());
    }

    static long withoutWaits(ProcessorUse begun, ProcessorUse now, long seen) {
        return Math.max(0, seen - (now.waited() - begun.waited()));
    }

    /** CPU time for sure. The carrier may have run something else since it was seen. */
    static long used(ProcessorUse begun, ProcessorUse now, long seen) {
        if (begun.used() < 0 || now.used() < 0) {
            return 0;
        }
        return now.used() - begun.used() - Math.max(0, now.at() - seen);
    }
}
