// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the agent says of patterns: nothing that is not so, and nothing of it is lost, however the application is loaded
 * and ends.
 */
class NothingFalseIT {
    private static final String CARRIER = "org.example.app.PlainApp#carrier";
    private static final String UNUSED = "org.example.app.HashApp#main";
    private static final String NOWHERE = "org.example.app.PlainAp#carrier";

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void aClassInAFatJarIsNotSaidToBeMissing(Jdk jdk) throws IOException {
        Run run = Jvm.of(jdk).agentArgument("methods=" + CARRIER + "," + UNUSED).runJar(fatJar(), "wait").clean();
        assertTrue(run.value("carried").startsWith("tpool-default-"), run::toString);
    }

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void aClassThatAFatJarDoesNotHoldIsNamedAtTheEnd(Jdk jdk) throws IOException {
        Run run = Jvm.of(jdk).agentArgument("methods=" + CARRIER + "," + NOWHERE).runJar(fatJar(), "wait").successful();
        assertEquals(1, run.errorLines().size(), run::toString);
        assertTrue(run.err().startsWith("[tpool] WARN ")
            && run.err().contains("no class org.example.app.PlainAp was loaded; "
            + "org.example.app.PlainAp is not on the class path: check its name"), run::toString);
    }

    /** Waits for half a minute. */
    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void afterAWhileOnlyWhatIsKnownIsSaid(Jdk jdk) throws IOException {
        Jvm jvm = Jvm.of(jdk).agentArgument("log=info,methods=" + CARRIER + "," + UNUSED + "," + NOWHERE);
        try (Running running = jvm.beginJar(fatJar(), "wait")) {
            running.awaitError("'" + NOWHERE
                + "': matched nothing: no class org.example.app.PlainAp has been loaded so far");
            Run run = running.end().successful();
            List<String> about = run.errorLines().stream().filter(line -> line.contains("matched nothing")).toList();
            assertFalse(about.stream().anyMatch(line -> line.contains(CARRIER)), run::toString);
            assertEquals(1, about.stream().filter(line -> line.contains(UNUSED)).count(), run::toString);
            assertEquals(1, about.stream().filter(line -> line.startsWith("[tpool] WARN ")).count(), run::toString);
            assertTrue(about.getLast().startsWith("[tpool] WARN ") && about.getLast().contains(NOWHERE), run::toString);
        }
    }

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void whatHasMatchedHasMatchedAlsoWhenItsClassIsGone(Jdk jdk) throws IOException {
        Path server = FatJar.writeOnly(Jvm.newDirectory().resolve("server.jar"), "DeployApp");
        Run run = Jvm.of(jdk).agentArgument("methods=" + CARRIER).runJar(server, Jvm.applications()).clean();
        assertTrue(run.value("carried").startsWith("tpool-default-"), run::toString);
        assertEquals("true", run.value("undeployed"));
    }

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void checkFindsClassesInAFatJar(Jdk jdk) throws IOException {
        Path file = Files.writeString(Jvm.newDirectory().resolve("agent.properties"), "methods = " + CARRIER + "\n");
        Run check = Jvm.of(jdk).runJar(Jvm.agentJar(), "check", file.toString(), "--class-path", fatJar().toString())
            .clean();
        assertTrue(check.out().contains("woven  " + CARRIER), check::toString);
    }

    /** The class was loaded before the agent, where the runtime is read from a jar of another name. */
    @RepeatedTest(6)
    void aWarningIsNotLostWhereTheApplicationEndsAtOnce() throws IOException {
        Path jar = Files.copy(Jvm.agentJar(), Jvm.newDirectory().resolve("renamed.jar"));
        Run run = Jvm.of(Jdk.running())
            .option("-javaagent:" + jar + "=log=warn,methods=native java.io.RandomAccessFile#read0")
            .run("EndApp", "file");
        assertEquals(3, run.exit(), run::toString);
        assertEquals(1, run.errorLines().size(), run::toString);
        assertTrue(run.err().startsWith("[tpool] WARN ") && run.err().contains("list java.io.RandomAccessFile#read()"),
            run::toString);
    }

    /** Known only when the class is loaded, and told a second later, or at the end. */
    @RepeatedTest(6)
    void aWarningThatWaitsForMoreIsNotLostEither() {
        Run run = Jvm.of(Jdk.running()).agentArgument("log=warn,methods=native org.example.app.EndApp$Bound#getpid")
            .run("EndApp", "bind");
        assertEquals(3, run.exit(), run::toString);
        assertEquals(1, run.errorLines().size(), run::toString);
        assertTrue(run.err().startsWith("[tpool] WARN ") && run.err().contains("binds its natives by name"),
            run::toString);
    }

    /** The guard alone, of which nobody asked to be told anything else. */
    @RepeatedTest(6)
    void theGuardsLineIsNotLostEither() {
        Run run = Jvm.of(Jdk.running()).agentArgument("log=info").run("EndApp", "nap");
        assertEquals(3, run.exit(), run::toString);
        assertTrue(run.err().contains("[tpool] INFO guard: org.example.app.EndApp$Bound#usleep captures carriers"),
            run::toString);
    }

    private static Path fatJar() throws IOException {
        return FatJar.write(Files.createDirectories(Jvm.newDirectory().resolve("a b!c")).resolve("my app!.jar"),
            "PlainApp");
    }
}
