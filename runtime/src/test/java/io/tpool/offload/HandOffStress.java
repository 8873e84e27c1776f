package io.tpool.offload;

import io.tpool.pool.PoolThread;
import io.tpool.testing.DumpOnTimeout;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Hands calls off while half of the callers are interrupted and all are unparked at random: every call runs once, every caller gets
 * its own value, no interrupt is lost, and none hits the call of a caller who was not interrupted. Run with the number of calls, of
 * virtual threads, and of pool threads. Prints one line; exits with 1 if something is wrong.
 */
public final class HandOffStress {
    private final Handed handed;
    private final AtomicLong ran = new AtomicLong();
    private final AtomicLong interrupted = new AtomicLong();
    private final AtomicLong wrong = new AtomicLong();
    private volatile String firstWrong;
    private volatile boolean over;

    HandOffStress(int poolThreads) {
        handed = Handed.inPool(poolThreads);
    }

    /** See above. */
    public static void main(String[] args) throws InterruptedException {
        HandOffStress stress = new HandOffStress(Integer.parseInt(args[2]));
        System.out.println(stress.run(Long.parseLong(args[0]), Integer.parseInt(args[1]), 240_000));
        System.exit(stress.wrong.get() == 0 ? 0 : 1);
    }

    long wrong() {
        return wrong.get();
    }

    /** Returns a line for people; counts what is wrong in {@link #wrong}. */
    String run(long calls, int threads, long limitMillis) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(threads);
        Thread[] callers = new Thread[threads];
        long each = calls / threads;
        for (int i = 0; i < threads; i++) {
            int number = i;
            callers[i] = Thread.ofVirtual().name("v" + i).unstarted(() -> {
                try {
                    call(number, each);
                } catch (Throwable e) {
                    wrong("threw " + e);
                } finally {
                    done.countDown();
                }
            });
        }
        long begun = System.nanoTime();
        for (Thread thread : callers) {
            thread.start();
        }
        Thread noise = Thread.ofPlatform().daemon().start(() -> noise(callers));
        if (!done.await(limitMillis, TimeUnit.MILLISECONDS)) {
            wrong("stuck: " + done.getCount() + " callers did not end");
        }
        over = true;
        noise.join();
        MethodFigures figures = handed.figures();
        if (ran.get() != each * threads || figures.offloaded() + figures.inPlace() + figures.pinned() != each * threads) {
            wrong("ran " + ran + " of " + each * threads);
        }
        handed.close();
        double seconds = (System.nanoTime() - begun) / 1e9;
        return "calls=" + each * threads + " ran=" + ran + " interrupted=" + interrupted + " wrong=" + wrong
                + (firstWrong != null ? " first=" + firstWrong : "") + " seconds=" + seconds + " " + figures;
    }

    private void wrong(String what) {
        if (wrong.getAndIncrement() == 0) {
            firstWrong = what;
            System.err.println(what + "\n" + DumpOnTimeout.threads());
        }
    }

    /** Interrupts callers with odd numbers. */
    private void noise(Thread[] callers) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        while (!over) {
            int target = random.nextInt(callers.length);
            if (target % 2 == 1 && random.nextInt(3) == 0) {
                callers[target].interrupt();
            } else {
                LockSupport.unpark(callers[target]);
            }
            if (random.nextInt(16) == 0) {
                LockSupport.parkNanos(10_000);
            }
        }
    }

    private void call(int number, long times) throws Throwable {
        boolean disturbed = number % 2 == 1;
        for (long i = 0; i < times; i++) {
            boolean own = disturbed && (i & 7) == 0;
            if (own) {
                Thread.currentThread().interrupt();
            }
            long expected = i;
            Object value = handed.call(() -> body(expected, disturbed, own));
            if (!Long.valueOf(expected).equals(value)) {
                wrong("got " + value + " instead of " + expected);
            }
            if (Thread.interrupted()) {
                interrupted.incrementAndGet();
                if (!disturbed) {
                    wrong("an interrupt came back to a caller who was not interrupted");
                }
            } else if (own) {
                wrong("an interrupt was lost");
            }
        }
    }

    private Object body(long value, boolean disturbed, boolean own) {
        ran.incrementAndGet();
        if (!(Thread.currentThread() instanceof PoolThread)) {
            wrong("not on a pool thread");
        }
        if ((value & 3) == 0) {
            LockSupport.parkNanos(1_000);
        }
        boolean seen = Thread.currentThread().isInterrupted();
        if (seen && !disturbed) {
            wrong("an interrupt hit the call of a caller who was not interrupted");
        }
        if (!seen && own) {
            wrong("the call was not interrupted");
        }
        return value;
    }
}
