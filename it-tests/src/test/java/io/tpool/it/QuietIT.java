// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What an application, and whoever looks at it, notices of an agent that has nothing to do or is told nonsense:
 * nothing, or one line.
 */
class QuietIT {
    private static final String NONSENSE = "nonsense=1";
    private static final String ABSENT = "org.rocksdb.RocksDB#flush";
    private static final String CARRIER = "org.example.app.PlainApp#carrier";

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void anApplicationOfWhichNothingIsListedRunsAsItDoesWithoutTheAgent(Jdk jdk) throws IOException {
        Path without = Jvm.newDirectory().resolve("classes");
        Path with = Jvm.newDirectory().resolve("classes");
        Run expected = Jvm.of(jdk).option("-Xlog:class+load:file=" + without).run("PlainApp", "work");
        Run run = Jvm.of(jdk).option("-Xlog:class+load:file=" + with).agent("methods = " + ABSENT)
            .run("PlainApp", "work");
        assertEquals(expected.exit(), run.exit(), run::toString);
        assertEquals(expected.out(), run.out());
        assertEquals(expected.err(), run.err());
        assertEquals(3, expected.exit(), expected::toString);
        assertEquals(applicationClasses(without), applicationClasses(with));
    }

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void theApplicationSeesNoLibraryOfTheAgentAndNoneOfItsParts(Jdk jdk) {
        Run run = Jvm.of(jdk).agent("methods = " + CARRIER)
            .run("PlainApp", "see", "io.tpool.internal.hook.Move", "io.tpool.agent.cli.Main",
            "io.tpool.agent.discover.Discovery", "io.tpool.agent.log.LogWriter", "io.tpool.agent.lib.slf4j.Logger",
            "org.slf4j.Logger",
            "net.bytebuddy.jar.asm.ClassReader", "META-INF/services/io.tpool.agent.lib.slf4j.spi.SLF4JServiceProvider")
            .clean();
        assertEquals("null", run.value("io.tpool.internal.hook.Move"));
        run.results().forEach((name, seen) -> {
            if (!name.equals("io.tpool.internal.hook.Move")) {
                assertEquals("none", seen, name);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void neitherManagementNorLoggingNorTheWeaversLibraryIsTouchedBeforeTheyAreNeeded(Jdk jdk) throws IOException {
        Path classes = Jvm.newDirectory().resolve("classes");
        Jvm.of(jdk).option("-Xlog:class+load:file=" + classes).agent("methods = " + ABSENT).run("PlainApp", "see")
            .clean();
        for (String type
            : List.of("java.lang.management.ManagementFactory", "javax.management.MBeanServer",
            "java.util.logging.Logger",
                "java.util.regex.Pattern", "org.slf4j.Logger", "io.tpool.agent.log.LogWriter",
                "io.tpool.agent.lib.asm.ClassReader")) {
            assertFalse(loaded(classes).anyMatch(type::equals), type);
        }
    }

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void theJarWorksUnderAnyNameAndFromAPathWithSpaces(Jdk jdk) throws IOException {
        for (String name : List.of("tpool-agent.jar", "renamed.jar", "with space.jar", "tpool-agent-1.0.jar")) {
            Path jar = Files.createDirectory(Jvm.newDirectory().resolve("a b%20c+d")).resolve(name);
            Files.copy(Jvm.agentJar(), jar);
            Run run = Jvm.of(jdk).option("-javaagent:" + jar + "=log=info,methods=" + CARRIER).run("PlainApp", "wait")
                .successful();
            assertTrue(run.value("carried").startsWith("tpool-default-"), run::toString);
            assertTrue(run.errorLines().stream().allMatch(line -> line.startsWith("[tpool] INFO ")), run::toString);
        }
    }

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void aListedMethodRunsOnThePoolAndNothingIsSaid(Jdk jdk) {
        Run run = Jvm.of(jdk).agent("methods = " + CARRIER).run("PlainApp", "wait").clean();
        assertTrue(run.value("carried").startsWith("tpool-default-"), run::toString);
    }

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void noTemporaryFileIsLeft(Jdk jdk) throws IOException {
        Path temporary = Jvm.newDirectory();
        Jvm.of(jdk).option("-Djava.io.tmpdir=" + temporary).agent("methods = " + CARRIER).run("PlainApp", "wait")
            .clean();
        try (Stream<Path> left = Files.list(temporary)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void theToolsOfTheJdkAreLeftAlone(Jdk jdk) {
        String option = "-javaagent:" + Jvm.agentJar() + "=" + NONSENSE;
        Jvm jvm = Jvm.of(jdk).environment("JAVA_TOOL_OPTIONS", option);
        for (List<String> tool
            : List.of(List.of("javac", "-version"), List.of("keytool", "-help"), List.of("jcmd", "-l"),
                List.of("jar", "--version"))) {
            Run run = jvm.runTool(tool.get(0), tool.get(1)).successful();
            assertFalse((run.out() + run.err()).contains("[tpool]"), run::toString);
        }
        assertEquals(1, tpoolLines(jvm.run("PlainApp", "see")).size());
    }

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void aProgramInOneSourceFileIsAnApplication(Jdk jdk) throws IOException {
        Path source = Files.writeString(Jvm.newDirectory().resolve("Main.java"),
            "public class Main { public static void main(String[] a) { System.out.println(\"main\"); } }");
        Run run = Jvm.of(jdk).runTool("java", "-javaagent:" + Jvm.agentJar() + "=" + NONSENSE, source.toString())
            .successful();
        assertEquals(1, tpoolLines(run).size(), run::toString);
    }

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void ofTwoAgentsInTheCommandLineTheSecondAddsItsSettings(Jdk jdk) {
        Run run = Jvm.of(jdk).agentArgument("methods=org.example.app.PlainApp#see").agentArgument("methods=" + CARRIER)
            .run("PlainApp", "wait").clean();
        assertTrue(run.value("carried").startsWith("tpool-default-"), run::toString);
    }

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void oneLineTellsWhatIsInForceAtInfo(Jdk jdk) {
        Run run = Jvm.of(jdk).agentArgument("log=info,pool.size=7").run("PlainApp", "see").successful();
        assertEquals(1, tpoolLines(run).size(), run::toString);
        assertTrue(run.err().matches("\\[tpool] INFO tpool \\S+: guard on \\(patience 1ms\\), nothing listed; "
            + "pool.size=7 \\(agent argument\\), log=info \\(agent argument\\)\n"), run::toString);
    }

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void aMistakeIsOneLineAndTheApplicationRuns(Jdk jdk) {
        Run run = Jvm.of(jdk).agent("methods = " + CARRIER, NONSENSE).run("PlainApp", "wait").successful();
        assertEquals(1, run.errorLines().size(), run::toString);
        assertTrue(run.err().startsWith("[tpool] ERROR ") && run.err().contains("agent.properties:2: nonsense"),
            run::toString);
        assertTrue(run.value("carried").startsWith("tpool-default-"), run::toString);
    }

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void strictEndsTheJvmBeforeMain(Jdk jdk) {
        Run run = Jvm.of(jdk).agent(NONSENSE, "strict = true").run("PlainApp", "work");
        assertEquals(1, run.exit(), run::toString);
        assertEquals("", run.out());
        assertEquals(run.errorLines(), tpoolLines(run), run::toString);
    }

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void theApplicationsOwnLoggingIsNotOurs(Jdk jdk) throws IOException {
        Path directory = Jvm.newDirectory();
        Files.writeString(directory.resolve("simplelogger.properties"), "org.slf4j.simpleLogger.defaultLogLevel=off\n");
        Run run = Jvm.of(jdk).classPath(directory).option("-Dorg.slf4j.simpleLogger.defaultLogLevel=off")
            .option("-Dslf4j.provider=com.acme.Provider").agentArgument(NONSENSE).run("PlainApp", "see").successful();
        assertEquals(1, run.errorLines().size(), run::toString);
        assertEquals(1, tpoolLines(run).size(), run::toString);
    }

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void theCommandLineIsNotAnApplication(Jdk jdk) {
        Jvm jvm = Jvm.of(jdk).agentArgument(NONSENSE);
        Run version = jvm.runJar(Jvm.agentJar(), "--version").clean();
        assertTrue(version.out().startsWith("tpool "), version::toString);
        Run overview = jvm.runJar(Jvm.agentJar()).clean();
        assertTrue(overview.out().contains("attach PID"), overview::toString);
        Run unknown = jvm.runJar(Jvm.agentJar(), "frobnicate");
        assertEquals(2, unknown.exit(), unknown::toString);
        assertEquals(1, unknown.errorLines().size(), unknown::toString);
    }

    private static List<String> tpoolLines(Run run) {
        return run.errorLines().stream().filter(line -> line.startsWith("[tpool] ")).toList();
    }

    private static List<String> applicationClasses(Path log) throws IOException {
        return loaded(log).filter(name -> name.startsWith("org.example.") || name.startsWith("org.sqlite."))
            .map(name -> name.replaceFirst("/0x[0-9a-f]+$", "")).sorted().toList();
    }

    /** The names in lines such as {@code [0.016s][info][class,load] java.lang.Object source: shared objects file}. */
    private static Stream<String> loaded(Path log) throws IOException {
        List<String> names = Files.readAllLines(log).stream().filter(line -> line.contains(" source: "))
            .map(line -> line.substring(line.lastIndexOf("] ") + 2, line.indexOf(" source: "))).toList();
        assertTrue(names.contains("java.lang.Object"), () -> log + " is not a log of classes");
        return names.stream();
    }
}
