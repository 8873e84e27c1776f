// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.jdk;

import io.tpool.testing.Virtual;

/** A JVM whose scheduler has no carrier to lend. */
final class NoCarrierToLend {
    private NoCarrierToLend() {
    }

    /** Prints how often of three times the scheduler was asked. */
    public static void main(String[] arguments) throws Exception {
        int asked = Virtual.call(() -> {
            int attempts = 0;
            for (int i = 0; i < 3; i++) {
                long attempted = VirtualThreads.beginBlocking();
                attempts += attempted == 0 ? 0 : 1;
                VirtualThreads.endBlocking(attempted);
            }
            return attempts;
        });
        System.out.println("asked=" + asked);
    }
}
