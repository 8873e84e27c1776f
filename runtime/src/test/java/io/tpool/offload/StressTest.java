package io.tpool.offload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@link ThreadMoveStress}, {@link HandOffStress} and {@link ChaosStress} for a moment; their main methods run them for longer. */
class StressTest {
    private static final long PATIENCE_MILLIS = 50_000;

    /** With stack dumps a thread may be found elsewhere than it should be, but none may be lost. */
    @ParameterizedTest
    @CsvSource({"20, 4, false", "300, 1, false", "20, 4, true"})
    void no_thread_is_lost_or_stuck_and_all_come_home_under_interrupts_and_unparks(int threads, int poolThreads, boolean dumps)
            throws InterruptedException {
        ThreadMoveStress stress = new ThreadMoveStress(poolThreads, dumps);
        String report = stress.run(40_000, threads, PATIENCE_MILLIS);
        assertEquals(0, stress.wrong(), report);
    }

    @Test
    void whatever_a_thread_does_inside_its_calls_it_keeps_what_it_owns_and_comes_home() throws InterruptedException {
        ChaosStress stress = new ChaosStress();
        String report = stress.run(4_000, 30, PATIENCE_MILLIS);
        assertEquals(0, stress.wrong(), report);
    }

    @Test
    void no_interrupt_of_a_caller_is_lost_or_reaches_the_call_of_another() throws InterruptedException {
        HandOffStress stress = new HandOffStress(3);
        String report = stress.run(20_000, 20, PATIENCE_MILLIS);
        assertEquals(0, stress.wrong(), report);
    }
}
