package io.tpool.offload;

import io.tpool.jdk.VirtualThreads;
import io.tpool.pool.Pool;
import io.tpool.pool.PoolConfig;
import io.tpool.pool.Pools;
import io.tpool.woven.Move;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Moves virtual threads under random interrupts and foreign unparks, and checks that none is lost, none stuck, every one comes
 * home, and that the interrupt status is as it should be: run with the number of passages, of virtual threads and of pool
 * threads, and optionally {@code dumps} to take stack traces as well; then a thread may be found on another carrier than it should
 * be (see {@link ThreadMove}), and only losses are counted. Prints one line; exits with 1 if something is wrong.
 */
public final class ThreadMoveStress {
    private final Pool pool;
    private final int number;
    private final AtomicLong aboard = new AtomicLong();
    private final AtomicLong stayed = new AtomicLong();
    private final AtomicLong interrupted = new AtomicLong();
    private final AtomicLong wrong = new AtomicLong();
    private volatile String firstWrong;
    private volatile boolean over;
    private final boolean dumps;

    ThreadMoveStress(int poolThreads, boolean dumps) {
        this.dumps = dumps;
        String name = "stress-" + poolThreads + "-" + System.nanoTime();
        pool = Pools.define(PoolConfig.of(name, poolThreads));
        number = ListedMethods.register("stress#call()", name, Mode.TPOOL, null);
    }

    public static void main(String[] args) throws InterruptedException {
        ThreadMoveStress stress = new ThreadMoveStress(Integer.parseInt(args[2]), args.length > 3);
        String report = stress.run(Long.parseLong(args[0]), Integer.parseInt(args[1]), 240_000);
        System.out.println(report);
        System.exit(stress.wrong.get() == 0 ? 0 : 1);
    }

    long wrong() {
        return wrong.get();
    }

    /** Returns a line for people; counts what is wrong in {@link #wrong}. */
    String run(long passages, int threads, long limitMillis) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(threads);
        Thread[] virtual = new Thread[threads];
        long each = passages / threads;
        for (int i = 0; i < threads; i++) {
            virtual[i] = Thread.ofVirtual().name("v" + i).unstarted(() -> {
                try {
                    traveller(each);
                } catch (Throwable e) {
                    wrong("threw " + e);
                } finally {
                    done.countDown();
                }
            });
        }
        long begun = System.nanoTime();
        for (Thread thread : virtual) {
            thread.start();
        }
        Thread noise = Thread.ofPlatform().daemon().start(() -> noise(virtual));
        boolean ended = done.await(limitMillis, java.util.concurrent.TimeUnit.MILLISECONDS);
        over = true;
        noise.join();
        if (!ended) {
            wrong("stuck: " + done.getCount() + " virtual threads did not end");
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        return "passages=" + each * threads + " aboard=" + aboard + " stayed=" + stayed + " interrupts=" + interrupted + " wrong=" + wrong
                + (firstWrong != null ? " first=" + firstWrong : "") + " seconds=" + seconds + " threads=" + pool.largestThreadCount()
                + " queue=" + pool.queueDepth() + " " + ListedMethods.figures();
    }

    private void wrong(String what) {
        if (wrong.getAndIncrement() == 0) {
            firstWrong = what;
        }
    }

    private void noise(Thread[] virtual) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        while (!over) {
            Thread target = virtual[random.nextInt(virtual.length)];
            if (random.nextInt(4) == 0) {
                target.interrupt();
            } else {
                LockSupport.unpark(target);
            }
            if (dumps && random.nextInt(64) == 0) {
                target.getStackTrace();
            }
        }
    }

    private void traveller(long times) {
        Thread self = Thread.currentThread();
        Executor home = VirtualThreads.scheduler(self);
        for (long i = 0; i < times; i++) {
            boolean own = (i & 7) == 0;
            if (own) {
                self.interrupt();
            }
            Object passage = Move.enter(number);
            boolean moved = passage instanceof ThreadMove;
            (moved ? aboard : stayed).incrementAndGet();
            if (Thread.currentThread() != self) {
                wrong("identity");
            }
            if (!dumps && moved != onPoolThread()) {
                wrong(moved ? "moved but not on a pool thread" : "stayed but on a pool thread");
            }
            if (own && !self.isInterrupted()) {
                wrong("an interrupt was lost on the way");
            }
            if ((i & 3) == 0) {
                LockSupport.parkNanos(1_000);   // comes back at once if interrupted; else parks inside the call
                if (!dumps && moved != onPoolThread()) {
                    wrong("left the pool inside the call");
                }
            }
            Move.exit(passage, null);
            if (Thread.interrupted()) {
                interrupted.incrementAndGet();
            } else if (own) {
                wrong("an interrupt was lost on the way home");
            }
            if (VirtualThreads.scheduler(self) != home || ThreadMove.isAboard(self)) {
                wrong("has another scheduler than before");
            }
            if (!dumps && onPoolThread()) {
                wrong("still on a pool thread after the call");
            }
        }
    }

    /** By the thread's own words: compiled code may keep {@link VirtualThreads#carrier} over a park. */
    private static boolean onPoolThread() {
        return Thread.currentThread().toString().contains("@tpool-");
    }
}
