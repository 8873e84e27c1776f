// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class FlameGraphTest {

    private final FlameGraph graph = new FlameGraph();

    @Test
    void stacksShareTheirOuterFrames() {
        graph.add(Stacks.of("native org.acme.Db#step", "com.app.Main#query", "com.app.Main#run"), 30);
        graph.add(Stacks.of("native org.acme.Db#step", "com.app.Main#save", "com.app.Main#run"), 50);
        graph.add(Stacks.of("native org.acme.Db#flush", "com.app.Main#save", "com.app.Main#run"), 20);
        assertEquals("all 100[com.app.Main#run 100[com.app.Main#save 70[org.acme.Db#step* 50, org.acme.Db#flush* 20], "
            + "com.app.Main#query 30[org.acme.Db#step* 30]]]", text(graph.root(), 1));
    }

    @Test
    void whatTheGuardWritesIsReadFrameByFrame() {
        graph.add("""
            com.sun.jna.Native.invokeInt(Native Method)
            app//com.app.Main.nap(Main.java:12)
            com.app.Main$$Lambda/0x00007f0001.run(Unknown Source)
            java.base@25/java.lang.Thread.runWith(Thread.java:1487)
            java.base@25/java.lang.VirtualThread.run(VirtualThread.java:466)
            java.base/java.lang.Never.reached(Never.java:1)""", 40);
        assertEquals("all 40[com.app.Main#nap 40[com.sun.jna.Native#invokeInt* 40]]", text(graph.root(), 1));
    }

    @Test
    void aStackThatIsCutOffOrUnknownSaysSo() {
        graph.add("com.app.Main.deep(Main.java)\n...", 1);
        graph.add("", 2);
        graph.add(new Stack(Stacks.of("com.app.Main#deep").frames, true), 4);
        assertEquals("all 7[(outer frames are cut off) 5[com.app.Main#deep 5], (stack not known) 2]",
            text(graph.root(), 1));
    }

    @Test
    void hiddenFramesAndTimesOfNothingAreLeftOut() {
        graph.add(Stacks.of("native org.acme.Db#step", "hidden com.app.Main$$Lambda#run", "com.app.Main#run"), 5);
        graph.add(Stacks.of("com.app.Main#other"), 0);
        assertEquals("all 5[com.app.Main#run 5[org.acme.Db#step* 5]]", text(graph.root(), 1));
    }

    @Test
    void framesTooNarrowToSeeAreLeftOut() {
        graph.add(Stacks.of("com.app.Main#much"), 1_000_000);
        graph.add(Stacks.of("com.app.Main#little"), 100);
        assertEquals("all 1000100[com.app.Main#much 1000000]", text(graph.root(), graph.least()));
    }

    @Test
    void itStopsGrowingAndLosesNoTime() {
        int stacks = FlameGraph.MOST_FRAMES + 1_000;
        for (int i = 0; i < stacks; i++) {
            graph.add("com.app.Main.method" + i + "(Main.java)", 1);
        }
        assertEquals(stacks, graph.root().nanos());
        assertEquals(FlameGraph.MOST_FRAMES, graph.root().callees(1).size());
    }

    /** The time of all rows is the time of all stacks, for calls, computations and parks alike. */
    @Test
    void holdsAllTimeThatTheAnalysisHasFound() {
        Analysis analysis = new Analysis(Stacks.environment(25, 2), Bytecode.UNKNOWN);
        Stack step = Stacks.of("native org.acme.Db#step", "com.app.Main#work");
        Stack sum = Stacks.of("com.app.Main#add", "com.app.Main#sum");
        for (int i = 0; i < 100; i++) {
            long time = 10_000_000 + i * 20_000_000L;
            analysis.accept(new ThreadSample(ThreadSample.Kind.NATIVE, time, 0, 7, true, step));
            analysis.accept(new ThreadSample(ThreadSample.Kind.JAVA, time + 1, 0, 8, true, sum));
        }
        analysis.accept(new ThreadSample(ThreadSample.Kind.PINNED_PARK, 2_100_000_000, 70_000_000, 9, true,
            Stacks.of("java.util.concurrent.locks.LockSupport#park", "com.app.Main#wait", "com.app.Main#pin")));
        analysis.captured(5_000_000, "com.app.Main.nap(Main.java)");
        Findings findings = analysis.findings(true);
        assertTrue(findings.rows().size() == 3, findings::toString);
        assertEquals(findings.captured(), findings.flames().root().nanos());
        assertEquals(5_000_000, findings.guardFlames().root().nanos());
        assertTrue(findings.guarded());
        String tree = text(findings.flames().root(), 1);
        assertTrue(tree.contains("com.app.Main#sum ") && tree.contains("com.app.Main#pin 70000000["), tree);
    }

    /** Such as {@code all 3[caller 3[callee* 2]]}, with a star for natives. */
    private static String text(FlameGraph.Node frame, long least) {
        List<String> callees = frame.callees(least).stream().map(callee -> text(callee, least)).toList();
        return frame.method + (frame.isNative ? "* " : " ") + frame.nanos() + (callees.isEmpty() ? "" : callees);
    }
}
