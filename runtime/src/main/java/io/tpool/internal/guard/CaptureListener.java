// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

/**
 * Hears of captures and of starvation, on a thread of the guard that is not the one that lends. What it throws is
 * counted and survived.
 *
 * @since 1.0
 */
public interface CaptureListener {
    /**
     * A capture has ended.
     *
     * @param capture what it was
     */
    void captured(Capture capture);

    /**
     * Virtual threads starved.
     *
     * @param starvation what it was
     */
    void starved(Starvation starvation);

    /**
     * A method has captured a carrier for the first time, which may go on.
     *
     * @param culprit its row
     */
    void culprit(CaptureRow culprit);
}
