// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.testing.Jvm;
import java.util.ArrayList;
import java.util.List;
import org.example.GuardedProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** The guard in JVMs of their own, which have one carrier. */
class GuardTest {
    @Test
    void native_calls_that_block_starve_nobody_and_are_named() throws Exception {
        String output = run("fifo").output();
        assertTrue(output.contains("bystander: alive"), output);
        assertTrue(output.contains("row: java.io.FileInputStream#open0 native by "
                + "org.example.GuardedProgram$Pipes#open"), output);
        assertTrue(output.contains("restored"), output);
    }

    @Test
    void without_the_guard_they_starve_the_others() throws Exception {
        assertTrue(Jvm.run(options(), GuardedProgram.class, "fifo", "bare").output().contains("bystander: starved"));
    }

    @Test
    void a_class_initialiser_that_parks_holds_up_nobody_but_those_who_wait_for_its_class() throws Exception {
        run("initialiser");
    }

    @Test
    void endless_loops_do_not_starve_others() throws Exception {
        String output = run("loops").output();
        assertTrue(output.contains("bystander: alive"), output);
    }

    @Test
    void a_thousand_captures_at_once() throws Exception {
        String output = run("many", "1000").output();
        assertTrue(output.contains("bystander: alive"), output);
    }

    @Test
    void a_parallelism_that_the_application_sets_meanwhile_is_respected() throws Exception {
        String output = run("changed").output();
        assertTrue(output.contains("bystander: alive"), output);
        assertTrue(output.contains("parallelism: 3"), output);
    }

    @Test
    void it_can_be_switched_and_limited_at_any_time() throws Exception {
        run("switched");
    }

    @Test
    void a_largest_pool_that_the_user_has_set_is_kept_to() throws Exception {
        String output =
                Jvm.run(options("-Djdk.virtualThreadScheduler.maxPoolSize=2"), GuardedProgram.class, "fifo", "on")
                .output();
        assertTrue(output.contains("bystander: starved"), output);
    }

    @Test
    void it_keeps_no_class_loader() throws Exception {
        run("leak");
    }

    @Test
    void it_makes_no_mbean_server() throws Exception {
        String output = Jvm.run(options("-Xlog:class+load"), GuardedProgram.class, "fifo", "on").output();
        assertTrue(output.contains("java.lang.management.ThreadMXBean"), "it asks for CPU times");
        assertFalse(output.contains("javax.management.MBeanServerFactory "),
                "the agent takes that for somebody who looks at this JVM");
    }

    @Test
    void virtual_threads_that_are_bound_to_platform_threads_need_no_guard() throws Exception {
        String output = Jvm.run(options("-XX:+UnlockExperimentalVMOptions", "-XX:-VMContinuations"),
                GuardedProgram.class, "nothing", "on").output();
        assertTrue(output.contains("problem: virtual threads of this JVM are bound to platform threads"), output);
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_23)
    void where_the_packages_are_closed_it_says_so() throws Exception {
        String output = Jvm.run(List.of(), GuardedProgram.class, "nothing", "on").output();
        assertTrue(output.contains("problem: this JDK ("), output);
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_24)
    void where_the_packages_are_closed_it_guards_by_the_public_bean() throws Exception {
        String output =
                Jvm.run(List.of("-Djdk.virtualThreadScheduler.parallelism=1"), GuardedProgram.class, "loops", "on")
                .output();
        assertTrue(output.contains("problem: null"), output);
        assertTrue(output.contains("bystander: alive"), output);
        assertTrue(output.contains("restored"), output);
    }

    private static Jvm.Result run(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add(1, "on");
        Jvm.Result result = Jvm.run(options(), GuardedProgram.class, all.toArray(String[]::new));
        assertEquals(0, result.status(), result.output());
        assertTrue(result.output().contains("problem: null"), result.output());
        assertTrue(result.output().contains("end"), result.output());
        return result;
    }

    private static List<String> options(String... more) {
        List<String> options = Jvm.opened("-Djdk.virtualThreadScheduler.parallelism=1");
        options.addAll(List.of(more));
        return options;
    }
}
