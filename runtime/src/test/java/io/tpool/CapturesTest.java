// SPDX-License-Identifier: Apache-2.0
package io.tpool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.testing.Jvm;
import java.util.List;
import org.example.WatchedProgram;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is told of the captures during an action, in a JVM of its own. Holds for JDK 21 and later. */
class CapturesTest {
    private static final String CAPTURE = " <clinit> pinned ";
    private static List<String> lines;

    @BeforeAll
    static void run() throws Exception {
        Jvm.Result result = Jvm.run(Jvm.opened("-Djdk.virtualThreadScheduler.parallelism=2"), WatchedProgram.class);
        assertEquals(0, result.status(), result.output());
        lines = result.output().lines().map(line -> line.replaceAll("\\S+#<clinit>", "<clinit>")
                .replaceAll("(First|Second|Third|Fourth)#", "")).toList();
    }

    @Test
    void threads_that_unmount_capture_nothing() {
        assertLine("polite:");
        assertLine("nothing:");
    }

    @Test
    void a_capture_by_a_descendant_is_the_actions_own() {
        assertLine("own:" + CAPTURE + "own ended long;");
    }

    @Test
    void a_capture_by_a_thread_that_inherits_nothing_is_told_as_a_strangers() {
        assertLine("stranger:" + CAPTURE + "stranger ended long;");
    }

    @Test
    void of_two_actions_at_the_same_time_only_the_culprits_is_told() {
        assertLine("culprit:" + CAPTURE + "own ended long;");
        assertLine("beside:");
    }

    @Test
    void a_capture_that_goes_on_is_told_as_it_stands_and_to_no_later_action() {
        assertLine("goes on:" + CAPTURE + "own goes-on long;");
        assertLine("left over:");
    }

    @Test
    void what_the_action_throws_is_thrown() {
        assertLine("exception: thrown");
    }

    @Test
    void without_the_agent_the_action_is_not_run() throws Exception {
        Jvm.Result refused = Jvm.run(List.of(), WatchedProgram.class);
        assertTrue(refused.output().contains("IllegalStateException: captures cannot be seen without the agent, "
                + "-javaagent:tpool-agent.jar or TPoolAgent.install() before"), refused.output());
        assertFalse(refused.output().contains("polite:"), refused.output());
    }

    private static void assertLine(String line) {
        assertTrue(lines.contains(line), () -> line + " is not in\n" + String.join("\n", lines));
    }
}
