// SPDX-License-Identifier: Apache-2.0
package org.example.app;

import java.util.concurrent.TimeUnit;

/**
 * A thread that has nothing to do with the load: it ticks every millisecond and remembers its worst gap between two
 * ticks.
 *
 * @since 1.0
 */
public final class Bystander implements AutoCloseable {
    private final Thread thread;
    private volatile long last;
    private volatile long worst;
    private volatile boolean done;

    private Bystander(Thread.Builder builder) {
        last = System.nanoTime();
        thread = builder.name("bystander").unstarted(this::tick);
    }

    /**
     * Starts one.
     *
     * @param builder of its thread
     * @return ticking
     */
    public static Bystander start(Thread.Builder builder) {
        Bystander bystander = new Bystander(builder);
        bystander.thread.start();
        return bystander;
    }

    /**
     * Watches the ticks for a while in which nothing else is asked of the scheduler.
     *
     * @param millis how long to watch
     * @return the worst gap of that time in milliseconds
     * @throws InterruptedException if the caller is interrupted
     */
    public double idle(long millis) throws InterruptedException {
        reset();
        Thread.sleep(millis);
        return worstMillis();
    }

    /** Forgets the gaps seen so far; the next one counts from now. */
    public void reset() {
        last = System.nanoTime();
        worst = 0;
    }

    /**
     * Tells the worst gap since {@link #reset}, one that has not ended yet included.
     *
     * @return milliseconds
     */
    public double worstMillis() {
        long open = System.nanoTime() - last;
        return Math.max(worst, open) / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }

    @Override
    public void close() {
        done = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tick() {
        try {
            while (!done) {
                Thread.sleep(1);
                long now = System.nanoTime();
                worst = Math.max(worst, now - last);
                last = now;
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the bystander", e);
        }
    }
}
