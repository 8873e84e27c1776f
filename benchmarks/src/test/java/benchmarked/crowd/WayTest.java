// SPDX-License-Identifier: Apache-2.0
package benchmarked.crowd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import benchmarked.work.Work;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WayTest {
    private static final int CALLERS = 50;
    private static final int CALLS = 7;

    @ParameterizedTest
    @EnumSource
    void everyCallerMakesItsCallsInEveryRound(Way way) throws Exception {
        AtomicInteger made = new AtomicInteger();
        try (Crowd crowd = way.crowd(Collections.nCopies(CALLERS, made::incrementAndGet), 4)) {
            for (int round = 1; round <= 3; round++) {
                assertEquals(CALLERS * CALLS, crowd.run(CALLS, Crowd.NEVER));
                assertEquals(round * CALLERS * CALLS, made.get());
                assertEquals(CALLERS, crowd.begun());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void noCallBeginsAfterTheEndOfItsRound(Way way) throws Exception {
        try (Crowd crowd = way.crowd(Collections.nCopies(CALLERS, () -> 1), 4)) {
            assertEquals(0, crowd.run(CALLS, System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(1)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFailingCallFailsTheRound(Way way) throws Exception {
        Work failing = () -> {
            throw new IllegalStateException("no such luck");
        };
        try (Crowd crowd = way.crowd(List.of(failing), 4)) {
            assertThrows(Exception.class, () -> crowd.run(1, Crowd.NEVER));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStarterMakesOneCallAndTellsOfItsEnd(Way way) throws Exception {
        AtomicInteger made = new AtomicInteger();
        BlockingQueue<Optional<Throwable>> ends = new LinkedBlockingQueue<>();
        Starter starter = way.starter(4);
        for (int i = 0; i < CALLERS; i++) {
            starter.start(made::incrementAndGet, thrown -> ends.add(Optional.ofNullable(thrown)));
        }
        for (int i = 0; i < CALLERS; i++) {
            assertEquals(Optional.empty(), ends.take());
        }
        assertEquals(CALLERS, made.get());
        starter.start(() -> {
            throw new IllegalStateException("no such luck");
        }, thrown -> ends.add(Optional.ofNullable(thrown)));
        assertTrue(ends.take().isPresent());
    }

    @ParameterizedTest
    @EnumSource
    void callsWithBreaksAreTakenDown(Way way) throws Exception {
        Durations durations = new Durations();
        Work slow = () -> {
            Thread.sleep(2);
            return 1;
        };
        try (Crowd crowd = way.crowd(Collections.nCopies(2, slow), 4, new Pace(1, durations))) {
            assertEquals(2 * CALLS, crowd.run(CALLS, Crowd.NEVER));
        }
        assertTrue(durations.mean() >= TimeUnit.MILLISECONDS.toNanos(2));
    }
}
