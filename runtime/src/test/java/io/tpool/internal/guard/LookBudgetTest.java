// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** How many stacks may be looked at. */
class LookBudgetTest {
    private static final long MILLI = 1_000_000;
    private static final long LOOK = MILLI / 10;

    private final LookBudget budget = new LookBudget(0);

    @Test
    void the_first_looks_need_not_be_earned() {
        budget.spend(80 * MILLI, false);   // loads classes
        assertEquals((LookBudget.CREDIT_NANOS - LookBudget.MOST_NANOS) / LOOK, looks());
    }

    @Test
    void afterwards_one_percent_is_earned_and_a_little_saved() {
        looks();
        budget.earn(100 * MILLI, false);
        assertEquals(10, looks());
        budget.earn(200 * MILLI, true);
        assertEquals(50, looks());
        budget.earn(1_000_000 * MILLI, false);
        assertEquals(LookBudget.SAVED_NANOS / LOOK, looks());
    }

    @Test
    void the_credit_is_not_lost_by_earning() {
        budget.earn(1_000 * MILLI, false);
        assertEquals(LookBudget.CREDIT_NANOS / LOOK, looks());
    }

    @Test
    void a_new_method_is_found_at_no_cost_but_a_long_look_is_paid_for() {
        looks();
        budget.earn(20 * MILLI, false);
        for (int i = 0; i < CaptureLog.MOST_METHODS; i++) {
            assertTrue(budget.isLeft(false));
            budget.spend(LOOK, false);
            budget.giveBack(LOOK);
        }
        budget.spend(MILLI, false);
        budget.giveBack(MILLI);
        assertFalse(budget.isLeft(false));
    }

    @Test
    void a_long_capture_is_worth_a_debt() {
        looks();
        assertTrue(budget.isLeft(true));
        budget.spend(5 * MILLI, false);
        assertFalse(budget.isLeft(true));
    }

    /** Looks as long as it may. */
    private long looks() {
        long count = 0;
        for (; budget.isLeft(false); count++) {
            budget.spend(LOOK, false);
        }
        return count;
    }
}
