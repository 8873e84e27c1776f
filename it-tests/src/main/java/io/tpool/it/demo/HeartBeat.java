// SPDX-License-Identifier: Apache-2.0
package io.tpool.it.demo;

/** A health check on a virtual thread: it beats every millisecond, when it gets a carrier. */
final class HeartBeat implements Runnable {
    private long last = System.nanoTime();
    private long worst;

    @Override
    public void run() {
        try {
            while (true) {
                Thread.sleep(1);
                beat();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the health check", e);
        }
    }

    /** The longest silence since the last call, one that still goes on included. */
    synchronized double worstMillisSinceLastAsked() {
        long silence = Math.max(worst, System.nanoTime() - last);
        worst = 0;
        return silence / 1e6;
    }

    private synchronized void beat() {
        long now = System.nanoTime();
        worst = Math.max(worst, now - last);
        last = now;
    }
}
