// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

/** What the system knows of a thread that uses no CPU time. */
enum RunState {
    /** It runs, or waits for a processor. */
    RUNNABLE,
    /** It waits for something else. */
    SLEEPING,
    /** Nobody could tell. */
    UNKNOWN
}
