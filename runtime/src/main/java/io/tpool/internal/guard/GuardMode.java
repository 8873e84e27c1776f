// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

/**
 * What the guard does about captured carriers.
 *
 * @since 1.0
 */
public enum GuardMode {
    /** The scheduler gets one more carrier for each one that is captured. */
    ON,
    /** Captures are counted and named, nothing is lent. */
    WATCH,
    /** The guard does not look. */
    OFF
}
