// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the commands of the READMEs, each as it stands there, in a directory with the files that they name. Maven's are
 * run by whoever runs this test; of them it holds that they are those of the build.
 */
class ReadmeIT {
    private static final Path ROOT = Path.of(System.getProperty("basedir")).resolveSibling("README.md").getParent();
    private static final List<String> READMES =
        List.of("README.md", "agent/README.md", "agent/junit/README.md", "runtime/README.md", "benchmarks/README.md",
            "it-tests/README.md", ".github/CONTRIBUTING.md");
    private static final int MOST_LINES = 200;
    private static final String APPLICATION = "io.tpool.it.demo.ThreadIdsDemo";
    private static final int LIMIT_SECONDS = 300;
    /** The first command makes the cache that the second one uses. */
    private static final String AOT = "-XX:AOTCache";
    private static final int FIRST_WITH_AOT = 25;
    private static Path work;
    private static Running observed;
    private static Running bare;

    static List<String> commands() {
        return inBlocks()
            .filter(line -> line.contains("tpool-agent.jar") || line.contains(AOT) || line.startsWith("jcmd ")
                || line.startsWith("jfr "))
            .filter(line -> !line.startsWith("mvn "))
            .filter(line -> !line.contains(AOT) || Jdk.running().feature() >= FIRST_WITH_AOT)
            .toList();
    }

    /** Lines of indented blocks that are commands, without their comments. */
    private static Stream<String> inBlocks() {
        return READMES.stream().flatMap(name -> lines(name).stream())
            .filter(line -> line.matches(" {4,}(java|jcmd|jfr|mvn|JAVA_TOOL_OPTIONS=\\S+) .*"))
            .map(line -> line.strip().replaceFirst(" {2,}#.*", ""))
            .filter(line -> !line.contains("..."))
            .distinct();
    }

    private static List<String> lines(String readme) {
        try {
            return Files.readAllLines(ROOT.resolve(readme));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeAll
    static void placeWhatTheCommandsName() throws IOException {
        work = Jvm.newDirectory();
        Files.copy(Jvm.agentJar(), work.resolve("tpool-agent.jar"));
        Files.copy(Jvm.agentJar(), work.resolve("tpool.jar"));
        Files.writeString(work.resolve("agent.properties"), "methods = org.example.app.CountedCalls#*\n");
        // Its class path has the runtime, for the command in which there is no agent.
        AppJar.write(work.resolve("app.jar"), APPLICATION, work.resolve("tpool-agent.jar").toString());
        Path agents = Path.of(System.getProperty("tpool.it.agents"));
        Files.copy(agents.resolve("jmx_prometheus_javaagent.jar"), work.resolve("jmx_prometheus_javaagent.jar"));
        Files.copy(agents.resolve("opentelemetry.jar"), work.resolve("opentelemetry-javaagent.jar"));
        for (String rules : List.of("prometheus.yml", "opentelemetry.yml")) {
            Files.copy(Monitored.FOLDER.resolve(rules), work.resolve(rules));
        }
        observed = Jvm.of(Jdk.running()).agent("methods = org.example.app.CountedCalls#*", "pool.max = 64")
            .begin("CountedApp", "wait", "8").awaitLine("ready");
        bare = Jvm.of(Jdk.running()).option("-XX:+EnableDynamicAgentLoading")
            .option("-XX:StartFlightRecording:settings=profile")
            .begin("CountedApp", "wait", "8").awaitLine("ready");
        Run dump = Jvm.of(Jdk.running())
            .runTool("jcmd", bare.pid(), "JFR.dump", "filename=" + work.resolve("recording.jfr"));
        assertEquals(0, dump.exit(), dump::toString);
    }

    @AfterAll
    static void end() {
        observed.close();
        bare.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("commands")
    void theCommandWorks(String command) throws IOException, InterruptedException {
        Path out = Files.createTempFile(work, "out", ".txt");
        Process process = new ProcessBuilder("bash", "-c", "exec 2>&1; " + prepared(command)).directory(work.toFile())
            .redirectOutput(out.toFile()).start();
        assertTrue(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS), () -> command + "\nstill runs\n" + read(out));
        assertEquals(0, process.exitValue(), () -> command + "\n" + read(out));
    }

    private static String prepared(String command) throws IOException {
        Map<String, String> names = new TreeMap<>(Map.of(
            "/etc/app/agent.properties", "agent.properties",
            "/opt/tpool-agent.jar", "tpool-agent.jar",
            "/tmp/offload.jfr", work.resolve("offload.jfr").toString(),
            "=9404:", "=" + Scrape.freePort() + ":",
            "com.acme.Blocking#call", "org.example.app.CountedCalls#*",
            "--for 60s", "--for 2s"));
        boolean untouched = command.contains(" attach ") || command.contains(" discover ");
        names.put("\\bPID\\b", untouched ? bare.pid() : observed.pid());
        String text = command;
        for (Map.Entry<String, String> name : names.entrySet()) {
            text = text.replaceAll(name.getKey(), name.getValue());
        }
        String path = "export PATH='" + Path.of(System.getProperty("java.home"), "bin") + "':$PATH; ";
        // It is live until somebody leaves it: two looks are enough here.
        return path + (command.contains(" top ") ? "timeout 10 " + text + "; [ $? = 124 ]" : text);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void mavensCommandsAreThoseOfTheBuild() throws IOException {
        String ci = Files.readString(ROOT.resolve(".ci").resolve("run"));
        String pom = Files.readString(ROOT.resolve("pom.xml"));
        List<String> maven = inBlocks().filter(line -> line.startsWith("mvn ")).toList();
        assertTrue(maven.contains("mvn -B verify"), maven::toString);
        assertTrue(ci.replace(" --no-transfer-progress -DskipGuestfs", "").contains("\nmvn -B verify\n"), ci);
        for (String command : maven) {
            if (command.contains("-P")) {
                for (String profile : command.replaceFirst(".*-P(\\S+).*", "$1").split(",")) {
                    assertTrue(pom.contains("<id>" + profile + "</id>"), command);
                }
            }
        }
    }

    @Test
    void theFirstOneIsShort() {
        assertTrue(lines("README.md").size() <= MOST_LINES);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("readmes")
    void whatItPointsToIsThere(String readme) {
        Path folder = ROOT.resolve(readme).getParent();
        Matcher link = Pattern.compile("\\]\\(([^)#]+)(#[^)]*)?\\)").matcher(String.join("\n", lines(readme)));
        while (link.find()) {
            assertTrue(Files.exists(folder.resolve(link.group(1))), link::group);
        }
    }

    static List<String> readmes() {
        return READMES;
    }

    @Test
    void thereAreCommandsToRun() {
        assertTrue(commands().size() > 8, () -> commands().toString());
    }
}
