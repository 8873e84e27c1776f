// SPDX-License-Identifier: Apache-2.0
package org.example.app;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The methods that {@link CountedApp} calls.
 *
 * @since 1.0
 */
public final class CountedCalls {
    /** How many classes call {@link #pinnedOnce} in their initialiser. */
    public static final int PINS = 4;

    private static final FileInputStream INPUT = new FileInputStream(FileDescriptor.in);
    private static final AtomicInteger pinned = new AtomicInteger();

    /** Makes one. */
    public CountedCalls() {
    }

    /** Returns at once. */
    public void callOnce() {
    }

    /**
     * Takes its time.
     *
     * @param millis how long, milliseconds
     */
    public void nap(long millis) {
        long end = System.nanoTime() + millis * 1_000_000;
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    /** For mode {@code handoff}; returns at once. */
    public void handOff() {
    }

    /**
     * For a pool that lets calls run in place where it is saturated.
     *
     * @param body what it does
     */
    public void inPlace(Runnable body) {
        body.run();
    }

    /**
     * For a pool that refuses calls where it is saturated.
     *
     * @param body what it does
     */
    public void refuse(Runnable body) {
        body.run();
    }

    /**
     * Throws for every other number.
     *
     * @param number any
     * @throws IllegalStateException if it is even
     */
    public void fail(int number) {
        if (number % 2 == 0) {
            throw new IllegalStateException("even");
        }
    }

    /** Called by class initialisers, which keep a thread on its carrier. */
    public void pinnedOnce() {
        pinned.incrementAndGet();
    }

    /**
     * Tells how often {@link #pinnedOnce} ran.
     *
     * @return 0 to {@value #PINS}
     */
    public static int pinned() {
        return pinned.get();
    }

    /**
     * Initialises a class that calls {@link #pinnedOnce} while it is initialised.
     *
     * @param number of the class, from 0
     * @throws ClassNotFoundException never
     */
    public static void pin(int number) throws ClassNotFoundException {
        Class.forName(CountedCalls.class.getName() + "$Pin" + number);
    }

    /** Waits in native code for the end of standard input; for nothing else, no monitor say. */
    public static void awaitEnd() {
        try {
            while (INPUT.read() >= 0) {
                continue;
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Pin0 {
        static {
            new CountedCalls().pinnedOnce();
        }
    }

    private static final class Pin1 {
        static {
            new CountedCalls().pinnedOnce();
        }
    }

    private static final class Pin2 {
        static {
            new CountedCalls().pinnedOnce();
        }
    }

    private static final class Pin3 {
        static {
            new CountedCalls().pinnedOnce();
        }
    }
}
