// SPDX-License-Identifier: Apache-2.0
package org.example;

import io.tpool.Captures;
import io.tpool.CarrierCapture;
import io.tpool.internal.guard.Guard;
import io.tpool.testing.Await;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** What captures carriers during an action. A class initialiser that parks captures one on every JDK. */
public final class WatchedProgram {
    private static final int LONG_MILLIS = 500;
    private static final CountDownLatch GONE_ON = new CountDownLatch(1);

    /** No capture can have been longer. */
    private static volatile long mostMillis = LONG_MILLIS;

    private WatchedProgram() {
    }

    /** Each is initialised once. */
    static final class First {
        static final Object READY = captured(First.class, null);
    }

    static final class Second {
        static final Object READY = captured(Second.class, null);
    }

    static final class Third {
        static final Object READY = captured(Third.class, null);
    }

    static final class Fourth {
        static final Object READY = captured(Fourth.class, GONE_ON);
    }

    /** Keeps the carrier until the guard has named the capture, however busy the machine is, and for long after. */
    static Object captured(Class<?> type, CountDownLatch end) {
        long begun = System.nanoTime();
        try {
            // On another thread: asking again and again is a computation, which has another name.
            Thread asks = Thread.ofPlatform().start(() -> awaitNamed(type));
            asks.join();
            if (end == null) {
                Thread.sleep(LONG_MILLIS);
            } else {
                end.await();
            }
            mostMillis = Math.max(mostMillis, (System.nanoTime() - begun) / 1_000_000);
            return type;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitNamed(Class<?> type) {
        String method = type.getName() + "#<clinit>";
        try {
            Await.until(method + " is named",
                    () -> Guard.captures().stream().anyMatch(row -> row.method().equals(method)));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static Object parked() {
        try {
            Thread.sleep(LONG_MILLIS);
            return LONG_MILLIS;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param arguments none */
    public static void main(String[] arguments) throws Exception {
        print("polite", Captures.during(() -> Thread.ofVirtual().start(WatchedProgram::parked).join()));
        print("own", Captures.during(() -> Thread.ofPlatform().start(() ->
                join(Thread.ofVirtual().name("child").start(() -> touch(First.READY)))).join()));
        print("stranger", Captures.during(() -> join(Thread.ofVirtual().inheritInheritableThreadLocals(false)
                .start(() -> touch(Second.READY)))));
        sideBySide();
        print("nothing", Captures.during(() -> parked()));
        Thread[] started = new Thread[1];
        long begun = System.nanoTime();
        List<CarrierCapture> goesOn = Captures.during(() -> {
            started[0] = Thread.ofVirtual().start(() -> touch(Fourth.READY));
            awaitNamed(Fourth.class);
            Thread.sleep(LONG_MILLIS);
        });
        mostMillis = Math.max(mostMillis, (System.nanoTime() - begun) / 1_000_000);
        print("goes on", goesOn);
        print("left over", Captures.during(() -> {
            GONE_ON.countDown();
            started[0].join();
        }));
        try {
            Captures.during(() -> {
                throw new java.io.IOException("thrown");
            });
        } catch (java.io.IOException e) {
            System.out.println("exception: " + e.getMessage());
        }
        System.out.println("end");
    }

    private static void sideBySide() throws InterruptedException {
        CountDownLatch both = new CountDownLatch(2);
        Thread other = Thread.ofPlatform().start(() -> print("beside", Captures.during(() -> {
            both.countDown();
            await(both);
            parked();
            parked();
        })));
        print("culprit", Captures.during(() -> {
            both.countDown();
            await(both);
            join(Thread.ofVirtual().start(() -> touch(Third.READY)));
        }));
        other.join();
    }

    private static void touch(Object ready) {
        if (ready == null) {
            throw new IllegalStateException();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static synchronized void print(String what, List<CarrierCapture> captures) {
        StringBuilder line = new StringBuilder(what).append(':');
        for (CarrierCapture capture : captures) {
            long millis = capture.duration().toMillis();
            line.append(' ').append(capture.method().replaceAll(".*\\$", "")).append(' ').append(capture.how())
                    .append(capture.own() ? " own" : " stranger").append(capture.goesOn() ? " goes-on" : " ended")
                    .append(millis > mostMillis ? " too-long-" + millis
                        : millis > LONG_MILLIS / 20 ? " long" : " short")
                    .append(';');
        }
        System.out.println(line);
    }
}
