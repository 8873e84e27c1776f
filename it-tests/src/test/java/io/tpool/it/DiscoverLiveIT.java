// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code discover} in an application that runs, and from its start. */
@Timeout(900)
class DiscoverLiveIT {
    private static final String LINE = "org.example.app.NapApp#nap";

    private final Path directory = Jvm.newDirectory();
    private final Path file = directory.resolve("pid");

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.tpool.it.Jdk#all")
    void aRunningApplicationIsWatchedAndNothingIsLeftBehind(Jdk jdk) throws Exception {
        CompletableFuture<Run> application = start(jdk, List.of());
        try {
            String pid = awaitPid();
            for (int i = 0; i < 2; i++) {
                Discovered.of(command().runJar(Jvm.agentJar(), "discover", pid, "--for", "3s", "--json"))
                    .attributesTo(LINE, 2_000);
                assertNothingLeft(jdk, pid);
            }
        } finally {
            end(application);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.tpool.it.Jdk#all")
    void aListedMethodIsNotAdvisedAgainWhileItsCallsStay(Jdk jdk) throws Exception {
        Jvm jvm = Jvm.of(jdk).carriers(2).timeout(Duration.ofMinutes(14)).agentArgument("methods=" + LINE);
        CompletableFuture<Run> application = CompletableFuture.supplyAsync(() -> jvm.run("NapApp", file.toString(),
            "seldom"));
        try {
            String pid = awaitPid();
            // A JVM before 25 hangs up on a command of more than 1,024 characters.
            Path deep = Files.createDirectories(directory.resolve("d".repeat(200)));
            Run run = Jvm.of(Jdk.running()).option("-Djava.io.tmpdir=" + deep)
                .runJar(Jvm.agentJar(), "discover", pid, "--for", "3s", "--json");
            Discovered found = Discovered.of(run);
            assertTrue(found.methods().stream().anyMatch(each -> each.reason().contains("whose calls stay")),
                run::toString);
            assertEquals(List.of(), found.list());
        } finally {
            end(application);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.tpool.it.Jdk#all")
    void anInterruptEndsTheWatchingEarlyAndLeavesNothingBehind(Jdk jdk) throws Exception {
        CompletableFuture<Run> application = start(jdk, List.of());
        try {
            String pid = awaitPid();
            Process discover =
                new ProcessBuilder(Jdk.running().tool("java"), "-Djava.io.tmpdir=" + directory, "-jar",
                Jvm.agentJar().toString(), "discover",
                pid, "--for", "10m").redirectErrorStream(true).redirectOutput(directory.resolve("out").toFile())
                .start();
            Await.until("it records", () -> jcmd(jdk, pid).contains("tpool-discover"));
            // Ctrl-C sends INT, which does the same; what a shell runs in the background ignores that.
            new ProcessBuilder("kill", "-TERM", Long.toString(discover.pid())).start().waitFor();
            assertTrue(discover.waitFor(300, TimeUnit.SECONDS));
            String out = Files.readString(directory.resolve("out"));
            assertTrue(out.contains("carrier time"), out);
            assertNothingLeft(jdk, pid);
        } finally {
            end(application);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.tpool.it.Jdk#all")
    void aRecordingThatRunsAlreadyGoesOn(Jdk jdk) throws Exception {
        CompletableFuture<Run> application =
            start(jdk, List.of("-XX:StartFlightRecording:name=theirs,settings=profile", "-Xlog:jfr*=off"));
        try {
            String pid = awaitPid();
            Discovered.of(command().runJar(Jvm.agentJar(), "discover", pid, "--for", "3s", "--json"))
                .attributesTo(LINE, 2_000);
            String recordings = jcmd(jdk, pid);
            assertTrue(recordings.contains("name=theirs") && recordings.contains("(running)")
                && !recordings.contains("tpool-discover"), recordings);
        } finally {
            end(application);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.tpool.it.Jdk#all")
    void anApplicationIsWatchedFromItsStartAndEndsAsItWould(Jdk jdk) throws IOException {
        Path page = directory.resolve("findings.html");
        Jvm.of(jdk).carriers(2).agentArgument("discover=true,discover.file=" + page).run("JnaApp", "interface").clean();
        String html = Files.readString(page);
        assertTrue(html.contains("org.example.app.JnaApp#nap") && html.contains("</html>"), html);
        Run run = Jvm.of(jdk).carriers(2).agentArgument("discover=true").run("JnaApp", "interface").successful();
        assertTrue(run.err().contains("methods = \\\n    org.example.app.JnaApp#nap"), run::toString);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.tpool.it.Jdk#all")
    void whatHasBeenFoundSoFarIsToldOverJmx(Jdk jdk) throws Exception {
        CompletableFuture<Run> application = start(jdk, List.of("-javaagent:" + Jvm.agentJar() + "=discover=true"));
        try {
            VirtualMachine jvm = VirtualMachine.attach(awaitPid());
            try (JMXConnector connector =
                JMXConnectorFactory.connect(new JMXServiceURL(jvm.startLocalManagementAgent()))) {
                MBeanServerConnection server = connector.getMBeanServerConnection();
                ObjectName discovery = new ObjectName("io.tpool:type=Discovery");
                Await.until("the method is found", () -> server.isRegistered(discovery)
                    && Arrays.asList((String[]) server.getAttribute(discovery, "Methods")).contains(LINE));
                assertTrue((long) server.getAttribute(discovery, "CapturedMillis") > 0);
                assertTrue(server.getAttribute(discovery, "Lines").toString().contains("methods = "));
                for (String operation : List.of("report", "json", "html")) {
                    String answer = (String) server.invoke(discovery, operation, null, null);
                    assertTrue(answer.contains(LINE), answer);
                }
            } finally {
                jvm.detach();
            }
        } finally {
            Files.deleteIfExists(file);
            application.get(300, TimeUnit.SECONDS).successful();
        }
    }

    private CompletableFuture<Run> start(Jdk jdk, List<String> options) {
        Jvm jvm = Jvm.of(jdk).carriers(2).timeout(Duration.ofMinutes(14));
        options.forEach(jvm::option);
        return CompletableFuture.supplyAsync(() -> jvm.run("NapApp", file.toString()));
    }

    private Jvm command() {
        return Jvm.of(Jdk.running()).option("-Djava.io.tmpdir=" + directory);
    }

    private String awaitPid() throws Exception {
        Await.until("the application has begun", () -> Files.exists(file));
        return Files.readString(file);
    }

    private void end(CompletableFuture<Run> application) throws Exception {
        Files.deleteIfExists(file);
        application.get(300, TimeUnit.SECONDS).clean();
    }

    private void assertNothingLeft(Jdk jdk, String pid) throws IOException {
        String recordings = jcmd(jdk, pid);
        assertTrue(recordings.contains("No available recordings"), recordings);
        for (Path temporary : List.of(directory, Path.of(System.getProperty("java.io.tmpdir")))) {
            try (Stream<Path> files = Files.list(temporary)) {
                List<String> left =
                    files.map(path -> path.getFileName().toString()).filter(name -> name.endsWith("_" + pid)
                    || temporary.equals(directory) && name.startsWith("tpool-discover")).toList();
                assertEquals(List.of(), left);
            }
        }
    }

    private static String jcmd(Jdk jdk, String pid) {
        return Jvm.of(jdk).runTool("jcmd", pid, "JFR.check").out();
    }
}
