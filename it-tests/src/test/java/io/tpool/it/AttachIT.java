package io.tpool.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code java -jar tpool-agent.jar attach}: into a JVM that runs, and what it says where it cannot. */
class AttachIT {
    private static final String CARRIER = "org.example.app.PlainApp#carrier";

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void methodsOfClassesLoadedLaterAndBeforeAreWoven(Jdk jdk) throws Exception {
        Path temporary = Jvm.newDirectory();
        try (Waiting jvm = Waiting.start(jdk)) {
            Run attach = Jvm.of(jdk).option("-Djava.io.tmpdir=" + temporary)
                .runJar(Jvm.agentJar(), "attach", jvm.pid(), "methods=" + CARRIER).clean();
            assertEquals("attached to " + jvm.pid(), attach.out().strip());
            assertTrue(jvm.end().contains("carried=tpool-default-"), jvm::output);
            assertEquals("", jvm.errors());
        }
        try (Stream<Path> left = Files.list(temporary)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void aRelativePathOfAConfigurationBeginsWhereTheCommandWasTyped(Jdk jdk) throws Exception {
        Path directory = Jvm.newDirectory();
        Files.writeString(directory.resolve("my.properties"), "methods = " + CARRIER + "\n");
        try (Waiting jvm = Waiting.start(jdk)) {
            Jvm.of(jdk).workingDirectory(directory)
                .runJar(Jvm.agentJar(), "attach", jvm.pid(), "log=warn,config=my.properties,pool.size=2").clean();
            assertTrue(jvm.end().contains("carried=tpool-default-"), jvm::output);
        }
    }

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void mistakesAreToldHereAndThere(Jdk jdk) throws Exception {
        try (Waiting jvm = Waiting.start(jdk)) {
            Run attach = Jvm.of(jdk).runJar(Jvm.agentJar(), "attach", jvm.pid(), "nonsense=1,methods=" + CARRIER);
            assertRefused(attach, 1, "nonsense");
            assertTrue(jvm.end().contains("carried=tpool-default-"), jvm::output);
            assertTrue(jvm.errors().startsWith("[tpool] ERROR "), jvm::errors);
        }
    }

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void strictLeavesAnApplicationThatRunsAsItIs(Jdk jdk) throws Exception {
        try (Waiting jvm = Waiting.start(jdk)) {
            Run attach = Jvm.of(jdk).runJar(Jvm.agentJar(), "attach", jvm.pid(), "nonsense=1,strict=true,methods=" + CARRIER);
            assertEquals(1, attach.exit(), attach::toString);
            assertTrue(jvm.end().contains("carried=ForkJoinPool"), jvm::output);
        }
    }

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void aSecondAttachmentChangesNothingAndSaysSo(Jdk jdk) throws Exception {
        try (Waiting jvm = Waiting.start(jdk)) {
            Jvm.of(jdk).runJar(Jvm.agentJar(), "attach", jvm.pid(), "methods=" + CARRIER).clean();
            assertRefused(Jvm.of(jdk).runJar(Jvm.agentJar(), "attach", jvm.pid()), 1, "attached already");
            assertTrue(jvm.end().contains("carried=tpool-default-"), jvm::output);
        }
    }

    @Test
    void whatIsNoJvmGetsOneLine() throws Exception {
        Jvm jvm = Jvm.of(Jdk.running());
        assertRefused(jvm.runJar(Jvm.agentJar(), "attach"), 2, "PID");
        assertRefused(jvm.runJar(Jvm.agentJar(), "attach", "abc"), 2, "'abc' is not a process id");
        assertRefused(jvm.runJar(Jvm.agentJar(), "attach", "-1"), 2, "'-1' is not a process id");
        assertRefused(jvm.runJar(Jvm.agentJar(), "attach", "2147483647"), 1, "there is no process 2147483647");
        Process sleep = new ProcessBuilder("sleep", "60").start();
        try {
            assertRefused(jvm.runJar(Jvm.agentJar(), "attach", Long.toString(sleep.pid())), 1, "is not a JVM");
            assertTrue(sleep.isAlive());
        } finally {
            sleep.destroy();
        }
    }

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void aJvmThatTakesNoAgentsIsLeftAlone(Jdk jdk) throws Exception {
        try (Waiting jvm = Waiting.start(jdk, "-XX:-EnableDynamicAgentLoading")) {
            assertRefused(Jvm.of(jdk).runJar(Jvm.agentJar(), "attach", jvm.pid()), 1, "EnableDynamicAgentLoading");
            assertTrue(jvm.end().contains("carried=ForkJoinPool"), jvm::output);
        }
    }

    private static void assertRefused(Run run, int exit, String reason) {
        assertEquals(exit, run.exit(), run::toString);
        assertEquals("", run.out(), run::toString);
        assertEquals(1, run.errorLines().size(), run::toString);
        assertTrue(run.err().startsWith("tpool attach: ") && run.err().contains(reason), run::toString);
    }

    /** The plain application, waiting for its standard input to end. */
    private static final class Waiting implements AutoCloseable {
        private static final long SECONDS = 300;

        private final Process process;
        private final BufferedReader out;
        private final Path err;
        private String output = "";

        private Waiting(Process process, Path err) {
            this.process = process;
            this.out = process.inputReader();
            this.err = err;
        }

        static Waiting start(Jdk jdk, String... options) throws IOException {
            Path directory = Jvm.newDirectory();
            Path err = directory.resolve("err");
            Stream<String> before = Stream.concat(Stream.of(jdk.tool("java"), "-XX:+EnableDynamicAgentLoading"), Stream.of(options));
            Stream<String> after = Stream.of("-cp", System.getProperty("java.class.path"), "org.example.app.PlainApp", "wait");
            Process process = new ProcessBuilder(Stream.concat(before, after).toList()).directory(directory.toFile())
                .redirectError(err.toFile()).start();
            Waiting waiting = new Waiting(process, err);
            assertEquals("ready", waiting.out.readLine());
            return waiting;
        }

        String pid() {
            return Long.toString(process.pid());
        }

        /** Lets it end, and gives what it printed after it was ready. */
        String end() throws IOException, InterruptedException {
            process.getOutputStream().close();
            StringBuilder text = new StringBuilder();
            out.lines().forEach(line -> text.append(line).append('\n'));
            output = text.toString();
            assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS), "it does not end");
            return output;
        }

        String output() {
            return output + errors();
        }

        String errors() {
            try {
                return Files.readString(err);
            } catch (IOException e) {
                return e + File.pathSeparator;
            }
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
