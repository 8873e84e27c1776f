// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

/** A call that stays on its carrier by what was learned, while no guard would see that it is long. */
final class TimedStay {
    private final LearnedPolicy policy;
    private final long begunAt = System.nanoTime();

    TimedStay(LearnedPolicy policy) {
        this.policy = policy;
    }

    void end() {
        long ran = System.nanoTime() - begunAt;
        if (ran >= Learning.patienceNanos()) {
            policy.wasLong(ran);
        }
    }
}
