// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code TPoolAgent.install()}: applications that attach the agent themselves, with its jar as a library. */
class InstallIT {
    private static final String ALLOWED = "-XX:+EnableDynamicAgentLoading";
    private static final String CARRIER = "methods=org.example.app.PlainApp#carrier";

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void theAgentIsThereAndLeavesNothingBehind(Jdk jdk) throws IOException {
        Path temporary = Jvm.newDirectory();
        Run run = with(jdk, Jvm.agentJar()).option(ALLOWED).option("-Djava.io.tmpdir=" + temporary)
            .run("InstallApp", CARRIER, "pool.size=3").clean();
        assertEquals("none", run.value("problem"));
        assertTrue(run.value("carried").startsWith("tpool-default-"), run::toString);
        assertEquals("1", run.value("captures"));
        try (Stream<Path> left = Files.list(temporary)) {
            assertEquals(List.of(), left.filter(file -> !file.getFileName().toString().startsWith("hsperf")).toList());
        }
    }

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void aJarInAnExecutableJarWillDo(Jdk jdk) throws IOException {
        Path jar = FatJar.write(Jvm.newDirectory().resolve("my app.jar"), "InstallApp", Jvm.agentJar());
        Run run = Jvm.of(jdk).option(ALLOWED).runJar(jar, CARRIER).clean();
        assertEquals("none", run.value("problem"));
        assertTrue(run.value("carried").startsWith("tpool-default-"), run::toString);
        assertEquals("1", run.value("captures"));
    }

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    @EnabledOnOs(OS.LINUX)
    void noSecondJvmIsStartedButWhereTheFirstUsesNoSignals(Jdk jdk) {
        Run alone = with(jdk, Jvm.agentJar()).option(ALLOWED).run("InstallApp").clean();
        assertEquals("none", alone.value("problem"));
        assertEquals("0", alone.value("jvms"));
        Run helped = with(jdk, Jvm.agentJar()).option(ALLOWED).option("-Xrs").run("InstallApp").clean();
        assertEquals("none", helped.value("problem"));
        assertEquals("1", helped.value("jvms"));
    }

    @Test
    void theJvmWarnsWhereNothingAllowsIt() throws IOException {
        Run run = with(Jdk.running(), Jvm.agentJar()).run("InstallApp").successful();
        assertEquals("none", run.value("problem"));
        assertTrue(run.err().startsWith("WARNING: A Java agent has been loaded dynamically"), run::toString);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aJvmThatForbidsItIsOneLineAndTheApplicationRuns(String option) {
        Run run = with(Jdk.running(), Jvm.agentJar()).option(option).run("InstallApp", CARRIER).successful();
        assertTrue(run.value("problem").startsWith("the agent could not be attached: this JVM runs with " + option),
            run::toString);
        assertEquals(List.of("[tpool] WARN " + run.value("problem")), run.errorLines(), run::toString);
        assertTrue(run.value("carried").startsWith("ForkJoinPool-"), run::toString);
        assertTrue(run.value("captures").startsWith("captures cannot be seen without the agent"), run::toString);
    }

    static List<String> refusals() {
        return List.of("-XX:+DisableAttachMechanism", "-XX:-EnableDynamicAgentLoading");
    }

    @Test
    void anAgentThatIsThereTakesTheSettings() {
        Run run = with(Jdk.running(), Jvm.agentJar()).agentArgument("log=warn").option("-XX:-EnableDynamicAgentLoading")
            .run("InstallApp", "then", CARRIER).clean();
        assertEquals("none\nnone", run.value("problem"));
        assertTrue(run.value("carried").startsWith("tpool-default-"), run::toString);
    }

    @Test
    void aSecondCallAddsToTheFirst() {
        Run run = with(Jdk.running(), Jvm.agentJar()).option(ALLOWED).run("InstallApp", "guard=watch", "then", CARRIER)
            .clean();
        assertEquals("none\nnone", run.value("problem"));
        assertTrue(run.value("carried").startsWith("tpool-default-"), run::toString);
    }

    @Test
    void aMistakeInASettingIsALineOfTheAgentsAndTheOthersHold() {
        Run run = with(Jdk.running(), Jvm.agentJar()).option(ALLOWED).run("InstallApp", "nonsense=1", CARRIER)
            .successful();
        assertEquals("none", run.value("problem"));
        assertEquals(1, run.errorLines().size(), run::toString);
        assertTrue(run.err().contains("nonsense"), run::toString);
        assertTrue(run.value("carried").startsWith("tpool-default-"), run::toString);
    }

    private static Jvm with(Jdk jdk, Path jar) {
        return Jvm.of(jdk).classPath(jar);
    }
}
