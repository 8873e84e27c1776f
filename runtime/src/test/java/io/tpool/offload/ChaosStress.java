package io.tpool.offload;

import io.tpool.jdk.VirtualThreads;
import io.tpool.pool.PoolConfig;
import io.tpool.pool.Pool;
import io.tpool.pool.Pools;
import io.tpool.pool.Saturation;
import io.tpool.testing.DumpOnTimeout;
import io.tpool.testing.Virtual;
import io.tpool.woven.Move;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Virtual threads do inside their calls whatever makes a thread leave its carrier (sleep, locks, monitors, waiting, yielding, children,
 * further listed methods), under interrupts and unparks, in pools whose threads come and go; each must get through it, keep what it
 * owns, and be home afterwards. Run with the number of calls and of virtual threads. Prints one line; exits with 1 if something is
 * wrong.
 */
public final class ChaosStress {
    private static final boolean MONITORS_UNMOUNT = Runtime.version().feature() >= 24;
    private final Pool first = pool("chaos-first", 3);
    private final Pool second = pool("chaos-second", 1);
    private final int outer = ListedMethods.register("chaos#outer()", first.name(), Mode.TPOOL, null);
    private final int inner = ListedMethods.register("chaos#inner()", second.name(), Mode.TPOOL, null);
    private final ReentrantLock lock = new ReentrantLock();
    private final Object monitor = new Object();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong wrong = new AtomicLong();
    private volatile String firstWrong;
    private volatile boolean over;
    private long guardedByLock;
    private long guardedByMonitor;

    ChaosStress() {
    }

    /** See above. */
    public static void main(String[] args) throws InterruptedException {
        ChaosStress stress = new ChaosStress();
        System.out.println(stress.run(Long.parseLong(args[0]), Integer.parseInt(args[1]), 240_000));
        System.exit(stress.wrong.get() == 0 ? 0 : 1);
    }

    private static Pool pool(String name, int size) {
        return Pools.define(new PoolConfig(name, size, size + 2, 100_000, 0, Saturation.WAIT));
    }

    long wrong() {
        return wrong.get();
    }

    /** Returns a line for people; counts what is wrong in {@link #wrong}. */
    String run(long calls, int threads, long limitMillis) throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(threads);
        Thread[] virtual = new Thread[threads];
        long each = calls / threads;
        for (int i = 0; i < threads; i++) {
            virtual[i] = Thread.ofVirtual().name("v" + i).unstarted(() -> {
                try {
                    live(each);
                } catch (Throwable e) {
                    wrong("threw " + e);
                } finally {
                    ended.countDown();
                }
            });
        }
        long begun = System.nanoTime();
        for (Thread thread : virtual) {
            thread.start();
        }
        Thread noise = Thread.ofPlatform().daemon().start(() -> noise(virtual));
        if (!ended.await(limitMillis, TimeUnit.MILLISECONDS)) {
            wrong("stuck: " + ended.getCount() + " virtual threads did not end");
        }
        over = true;
        noise.join();
        if (guardedByLock + guardedByMonitor == 0 || lock.isLocked()) {
            wrong("a lock was left behind");
        }
        ListedMethods.discard(outer);
        ListedMethods.discard(inner);
        first.killAll();
        second.killAll();
        Pools.remove(first);
        Pools.remove(second);
        return "calls=" + done + " wrong=" + wrong + (firstWrong != null ? " first=" + firstWrong : "") + " locked=" + guardedByLock
                + " synchronized=" + guardedByMonitor + " seconds=" + (System.nanoTime() - begun) / 1e9;
    }

    private void wrong(String what) {
        if (wrong.getAndIncrement() == 0) {
            firstWrong = what;
            System.err.println(what + "\n" + DumpOnTimeout.threads());
        }
    }

    private void noise(Thread[] virtual) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        while (!over) {
            Thread target = virtual[random.nextInt(virtual.length)];
            switch (random.nextInt(64)) {
                case 0 -> first.killAll();
                case 1 -> second.killAll();
                case 2 -> first.resize(1 + random.nextInt(4));
                case 3, 4, 5, 6, 7, 8, 9, 10 -> target.interrupt();
                default -> LockSupport.unpark(target);
            }
            LockSupport.parkNanos(10_000);
        }
    }

    private void live(long calls) throws InterruptedException {
        Thread self = Thread.currentThread();
        Executor home = VirtualThreads.scheduler(self);
        ThreadLocalRandom random = ThreadLocalRandom.current();
        for (long i = 0; i < calls; i++) {
            Object passage = Move.enter(outer);
            checkPlace(passage, "on arrival");
            for (int steps = random.nextInt(3); steps >= 0; steps--) {
                step(random.nextInt(12), passage);
                checkPlace(passage, "after a step");
            }
            Move.exit(passage, null);
            if (onPool()) {
                wrong("on a pool thread after the call");
            }
            if (VirtualThreads.scheduler(self) != home || ThreadMove.isAboard(self) || Thread.currentThread() != self) {
                wrong("another scheduler or thread after the call");
            }
            Thread.interrupted();
            done.incrementAndGet();
        }
    }

    private void step(int kind, Object passage) throws InterruptedException {
        switch (kind) {
            case 0 -> LockSupport.parkNanos(10_000);
            case 1 -> {
                try {
                    Thread.sleep(0, 50_000);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            case 2 -> Thread.yield();
            case 3, 4 -> underLock();
            case 5, 6 -> underMonitor();
            case 7 -> waitForAWhile();
            case 8 -> child();
            case 9 -> nested();
            case 10 -> Virtual.belowNativeFrame(() -> LockSupport.parkNanos(1_000));
            default -> Thread.interrupted();
        }
    }

    private void underLock() {
        lock.lock();
        try {
            guardedByLock++;
            LockSupport.parkNanos(1_000);
            Object passage = Move.enter(inner);
            if (!lock.isHeldByCurrentThread()) {
                wrong("a lock is not held any more");
            }
            Move.exit(passage, null);
        } finally {
            lock.unlock();
        }
    }

    private void underMonitor() {
        synchronized (monitor) {
            guardedByMonitor++;
            if (MONITORS_UNMOUNT) {
                LockSupport.parkNanos(1_000);
            }
            if (!Thread.holdsLock(monitor)) {
                wrong("a monitor is not held any more");
            }
        }
    }

    private void waitForAWhile() {
        synchronized (monitor) {
            try {
                monitor.notifyAll();
                monitor.wait(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void child() {
        CountDownLatch over = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> {
            if (onPool()) {
                wrong("a child began on a pool thread");
            }
            Object passage = Move.enter(inner);
            checkPlace(passage, "in a child");
            Move.exit(passage, null);
            if (onPool()) {
                wrong("a child is on a pool thread");
            }
            over.countDown();
        });
        boolean interrupted = false;
        for (boolean ended = false; !ended;) {
            try {
                over.await();
                ended = true;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void nested() {
        if (Move.enter(inner) != null) {
            wrong("moved again");
        }
    }

    private void checkPlace(Object passage, String when) {
        if (passage instanceof ThreadMove != onPool()) {
            wrong((onPool() ? "on" : "not on") + " a pool thread " + when + " with " + passage);
        }
    }

    private static boolean onPool() {
        return Virtual.carrier().startsWith("tpool-chaos-");
    }
}
