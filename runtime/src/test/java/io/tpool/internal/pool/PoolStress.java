// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.pool;

import io.tpool.testing.DumpOnTimeout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Submits work to a pool whose threads end after microseconds, whose size changes and that is told to end all threads,
 * at random; checks that every piece of work is carried out exactly once and none is left waiting. Run with the number
 * of pieces, of submitting threads, and the largest number of pool threads, and with {@code calm} to leave the pool as
 * it is: what is left waiting then waits for ever. Prints one line; exits with 1 if something is wrong.
 *
 * <p>The pool must not grow beyond its size, so that its watch cannot mend what a lost wake-up breaks.
 */
public final class PoolStress {
    private final Pool pool;
    private final int most;
    private final AtomicLong carried = new AtomicLong();
    private final AtomicLong wrong = new AtomicLong();
    private volatile String firstWrong;
    private final boolean calm;
    private volatile boolean over;

    PoolStress(int most, boolean calm) {
        this.most = most;
        this.calm = calm;
        pool = new Pool(PoolConfig.of("stress", most, most).withKeepAliveNanos(calm ? 3_600_000_000_000L : 20_000));
    }

    /** See above. */
    public static void main(String[] args) throws InterruptedException {
        PoolStress stress = new PoolStress(Integer.parseInt(args[2]), args.length > 3);
        System.out.println(stress.run(Long.parseLong(args[0]), Integer.parseInt(args[1]), 20_000));
        System.exit(stress.wrong.get() == 0 ? 0 : 1);
    }

    long wrong() {
        return wrong.get();
    }

    /** Returns a line for people; counts what is wrong in {@link #wrong}. */
    String run(long pieces, int submitters, long patienceMillis) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        long each = pieces / submitters;
        long begun = System.nanoTime();
        for (int i = 0; i < submitters; i++) {
            threads.add(Thread.ofPlatform().daemon().start(() -> submit(each, patienceMillis)));
        }
        Thread noise = Thread.ofPlatform().daemon().start(this::noise);
        for (Thread thread : threads) {
            thread.join();
        }
        over = true;
        noise.join();
        if (carried.get() != each * submitters && wrong.get() == 0) {
            wrong("carried out " + carried + " of " + each * submitters);
        }
        pool.killAll();
        double seconds = (System.nanoTime() - begun) / 1e9;
        return "pieces=" + each * submitters + " carried=" + carried + " wrong=" + wrong
                + (firstWrong != null ? " first=" + firstWrong : "")
                + " seconds=" + seconds + " threads=" + pool.threadCount() + " queue=" + pool.queueDepth();
    }

    private void wrong(String what) {
        if (wrong.getAndIncrement() == 0) {
            firstWrong = what;
            System.err.println(what + "\n" + DumpOnTimeout.threads());
        }
    }

    /** Submits some pieces, waits for all of them, and goes on. */
    private void submit(long pieces, long patienceMillis) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        for (long done = 0; done < pieces && wrong.get() == 0;) {
            int batch = (int) Math.min(pieces - done, 1 + random.nextInt(4));
            List<Piece> waiting = new ArrayList<>();
            for (int i = 0; i < batch; i++) {
                Piece piece = new Piece(Thread.currentThread());
                waiting.add(piece);
                if (random.nextInt(8) == 0) {
                    pool.resume(piece);
                } else {
                    pool.submit(piece);
                }
            }
            for (Piece piece : waiting) {
                piece.await(patienceMillis);
            }
            done += batch;
            pause(random);
        }
    }

    private static void pause(ThreadLocalRandom random) {
        int kind = random.nextInt(16);
        if (kind == 0) {
            LockSupport.parkNanos(random.nextInt(100_000));
        } else if (kind < 4) {
            Thread.yield();
        }
    }

    private void noise() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        while (!over && !calm) {
            switch (random.nextInt(8)) {
                case 0 -> pool.killAll();
                case 1, 2 -> {
                    pool.resize(1 + random.nextInt(most));
                    pool.setMax(pool.size());
                }
                default -> LockSupport.parkNanos(random.nextInt(200_000));
            }
        }
    }

    private final class Piece extends PoolTask {
        private final Thread submitter;
        private final AtomicInteger times = new AtomicInteger();

        Piece(Thread submitter) {
            this.submitter = submitter;
        }

        void await(long patienceMillis) {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
            while (times.get() == 0 && wrong.get() == 0) {
                LockSupport.parkNanos(10_000_000);
                if (System.nanoTime() - end > 0) {
                    wrong("work was left waiting: threads=" + pool.threadCount() + " size=" + pool.size() + " queue="
                            + pool.queueDepth());
                }
            }
        }

        @Override
        protected void carry(PoolThread thread) {
            carried.incrementAndGet();
            if (times.incrementAndGet() > 1) {
                wrong("work was carried out twice");
            }
            LockSupport.unpark(submitter);
        }

        @Override
        protected boolean release(Saturation how) {
            wrong("work was let go");
            return true;
        }

        @Override
        public long begunAt() {
            return 0;
        }

        @Override
        public String description() {
            return "piece";
        }
    }
}
