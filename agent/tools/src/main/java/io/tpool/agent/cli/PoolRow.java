// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.cli;

/** A pool's figures at one moment, as its MBean gives them. */
record PoolRow(String name, int size, int max, int threads, int largestThreads, int active, int queued,
    int largestQueue, long completed, long rejected, long grown) {
}
