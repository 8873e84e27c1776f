// SPDX-License-Identifier: Apache-2.0
package io.tpool.stress;

import io.tpool.internal.pool.Saturation;
import io.tpool.stress.Plan.Disturbance;
import io.tpool.stress.Plan.Starts;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A {@link Stress} for every policy, with one pool and two, with starts that the system grants, refuses or sometimes
 * refuses, beside
 * a stall detector, beside all that disturbs callers, and beside stack dumps. Run with {@code calls=N} or {@code
 * seconds=N} for all
 * of it, {@code seed=N}, and {@code only=TEXT} for the plans whose words contain the text. Prints a line for each
 * plan and one for
 * the sum; exits with 1 if anything was wrong.
 */
public final class StressMatrix {
    private static final int[] CALLERS = {4, 16, 64};
    private static final List<Set<Disturbance>> DISTURBANCES = List.of(
            EnumSet.of(Disturbance.STALLS),
            EnumSet.complementOf(EnumSet.of(Disturbance.DUMPS, Disturbance.STALLS)),
            EnumSet.allOf(Disturbance.class));

    private StressMatrix() {
    }

    /** See above. */
    public static void main(String[] args) throws InterruptedException {
        long calls = Long.MAX_VALUE;
        double seconds = Double.MAX_VALUE;
        long seed = System.nanoTime() & 0xffff_ffffL;
        String only = "";
        for (String arg : args) {
            String value = arg.substring(arg.indexOf('=') + 1);
            switch (arg.substring(0, arg.indexOf('='))) {
                case "calls" -> calls = Long.parseLong(value);
                case "seconds" -> seconds = Double.parseDouble(value);
                case "seed" -> seed = Long.parseLong(value);
                case "only" -> only = value;
                default -> throw new IllegalArgumentException(arg);
            }
        }
        System.out.println("seed=" + seed + " java=" + Runtime.version());
        String words = only;
        List<Plan> plans = plans(seed).stream().filter(plan -> plan.toString().contains(words)).toList();
        System.exit(run(plans, calls / plans.size(), seconds / plans.size()) ? 0 : 1);
    }

    private static boolean run(List<Plan> plans, long calls, double seconds) throws InterruptedException {
        long made = 0;
        long inPool = 0;
        long wrong = 0;
        for (Plan plan : plans) {
            Stress stress = new Stress(plan, calls);
            stress.run(seconds);
            System.out.println(stress);
            made += stress.made();
            inPool += stress.inPool.sum();
            wrong += stress.findings.number();
        }
        System.out.println("plans=" + plans.size() + " calls=" + made + " inPool=" + inPool + " wrong=" + wrong);
        return wrong == 0;
    }

    static List<Plan> plans(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Plan> plans = new ArrayList<>();
        for (Saturation policy : Saturation.values()) {
            for (int pools = 1; pools <= 2; pools++) {
                for (Starts starts : Starts.values()) {
                    for (Set<Disturbance> disturbances : DISTURBANCES) {
                        plans.add(plan(policy, pools, starts, disturbances, random));
                    }
                }
            }
        }
        return plans;
    }

    private static Plan plan(Saturation policy, int pools, Starts starts, Set<Disturbance> disturbances,
            SplittableRandom random) {
        int size = 1 + random.nextInt(3);
        boolean brief = starts == Starts.SOMETIMES || random.nextBoolean();
        boolean plain = disturbances.size() == 1;
        Set<Way> ways = plain ? EnumSet.of(Way.TPOOL, Way.API) : EnumSet.allOf(Way.class);
        return new Plan(policy, pools, starts, disturbances, ways, CALLERS[random.nextInt(CALLERS.length)], size,
                size + random.nextInt(2), brief ? 100_000 : 60_000_000_000L, pools == 2 ? 200 : 0, plain,
                random.nextInt(Integer.MAX_VALUE));
    }
}
