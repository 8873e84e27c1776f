// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
            assertTrue(attach.out().startsWith("attached to " + jvm.pid() + ": tpool "), attach::toString);
            assertTrue(attach.out().contains(": guard on (patience 1ms), 1 pattern, pool default 64 to 512 threads\n"),
                attach::toString);
            assertTrue(attach.out().contains("woven  " + CARRIER + "()\n"), attach::toString);
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
            assertEquals(1, attach.exit(), attach::toString);
            assertEquals(1, attach.errorLines().size(), attach::toString);
            assertTrue(attach.err().startsWith("tpool attach: ") && attach.err().contains("nonsense"),
                attach::toString);
            assertTrue(attach.out().contains("woven  " + CARRIER), attach::toString);
            assertTrue(jvm.end().contains("carried=tpool-default-"), jvm::output);
            assertTrue(jvm.errors().startsWith("[tpool] ERROR "), jvm::errors);
        }
    }

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void strictLeavesAnApplicationThatRunsAsItIs(Jdk jdk) throws Exception {
        try (Waiting jvm = Waiting.start(jdk)) {
            Run attach =
                Jvm.of(jdk).runJar(Jvm.agentJar(), "attach", jvm.pid(), "nonsense=1,strict=true,methods=" + CARRIER);
            assertEquals(1, attach.exit(), attach::toString);
            assertTrue(jvm.end().contains("carried=ForkJoinPool"), jvm::output);
        }
    }

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void withoutSettingsTheGuardAloneIsReported(Jdk jdk) throws Exception {
        try (Waiting jvm = Waiting.start(jdk)) {
            Run attach = attach(jdk, jvm).clean();
            assertEquals(1, attach.out().lines().count(), attach::toString);
            assertTrue(attach.out().endsWith(": guard on (patience 1ms), nothing listed\n"), attach::toString);
            Run again = attach(jdk, jvm).clean();
            assertTrue(again.out().contains("the agent is there already"), again::toString);
            assertTrue(jvm.end().contains("carried=ForkJoinPool"), jvm::output);
            assertEquals("", jvm.errors());
        }
    }

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void whatCouldNotBeWovenIsToldWithWhatToListInstead(Jdk jdk) throws Exception {
        try (Waiting jvm = Waiting.start(jdk)) {
            Run attach = attach(jdk, jvm, "methods=native java.io.FileInputStream#read0,com.acme.Later#call");
            assertEquals(1, attach.exit(), attach::toString);
            assertEquals("tpool attach: no listed method was woven\n", attach.err());
            assertTrue(attach.out().contains("left   java.io.FileInputStream#read0() is native")
                && attach.out().contains("list java.io.FileInputStream#read()"), attach::toString);
            assertTrue(attach.out()
                .contains("no class com.acme.Later has been loaded so far; it is woven when it is loaded"),
                attach::toString);
        }
    }

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void aSecondAttachmentAddsPatternsAndSettings(Jdk jdk) throws Exception {
        try (Waiting jvm = Waiting.start(jdk)) {
            attach(jdk, jvm, "methods=org.example.app.PlainApp#see,pool.size=3").clean();
            Run second = attach(jdk, jvm, "methods=" + CARRIER + ",pool.size=5,guard=watch").clean();
            assertTrue(second.out().contains("guard watch (patience 1ms), 2 patterns, pool default 5 to 512 threads"),
                second::toString);
            assertTrue(second.out().contains("woven  " + CARRIER) && !second.out().contains("#see"), second::toString);
            assertTrue(second.out().contains("pool.size=5, before 3"), second::toString);
            Run other = attach(jdk, jvm, "pool.slow.methods=org.example.app.PlainApp#work,discover=true");
            assertEquals(1, other.exit(), other::toString);
            assertTrue(other.err().contains("discover takes a restart"), other::toString);
            assertTrue(other.out().contains("3 patterns, pools default 5 to 512 threads, slow 5 to 512 threads"),
                other::toString);
            assertTrue(jvm.end().contains("carried=tpool-default-"), jvm::output);
            assertEquals("", jvm.errors());
        }
    }

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void aSecondAttachmentTakesPatternsBackAndAThirdListsThemAgain(Jdk jdk) throws Exception {
        try (Waiting jvm = Waiting.start(jdk)) {
            attach(jdk, jvm, "methods=" + CARRIER).clean();
            Run back = attach(jdk, jvm, "methods=").clean();
            assertTrue(back.out().contains("'" + CARRIER + "' is taken back") && back.out().contains("nothing listed"),
                back::toString);
            assertTrue(jvm.end().contains("carried=ForkJoinPool"), jvm::output);
            assertEquals("", jvm.errors());
        }
        try (Waiting jvm = Waiting.start(jdk)) {
            attach(jdk, jvm, "methods=" + CARRIER).clean();
            attach(jdk, jvm, "exclude=" + CARRIER).clean();
            attach(jdk, jvm, "exclude=").clean();
            assertTrue(jvm.end().contains("carried=tpool-default-"), jvm::output);
        }
    }

    /** Renamed when it was loaded, for good. */
    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void aNativeIsTakenBackAndListedAgain(Jdk jdk) throws Exception {
        String pattern = "native java.io.RandomAccessFile#read0";
        try (Waiting jvm = Waiting.start(jdk, "-javaagent:" + Jvm.agentJar() + "=methods=" + pattern)) {
            Run back = attach(jdk, jvm, "methods=").clean();
            assertTrue(back.out().contains("'" + pattern + "' is taken back"), back::toString);
            Run again = attach(jdk, jvm, "methods=" + pattern).clean();
            assertTrue(again.out().contains("woven  java.io.RandomAccessFile#read0()"), again::toString);
            jvm.end();
            assertEquals("", jvm.errors());
        }
    }

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void twoAtTheSameTimeBothEndWellAndEachReadsItsOwnResult(Jdk jdk) throws Exception {
        try (Waiting jvm = Waiting.start(jdk);
                Running first = Jvm.of(jdk).beginJar(Jvm.agentJar(), "attach", jvm.pid(), "methods=" + CARRIER);
                Running second =
                    Jvm.of(jdk).beginJar(Jvm.agentJar(), "attach", jvm.pid(), "methods=org.example.app.PlainApp#see")) {
            Run one = first.end().clean();
            Run other = second.end().clean();
            assertTrue(one.out().contains("woven  " + CARRIER)
                && !one.out().contains("woven  org.example.app.PlainApp#see"), one::toString);
            assertTrue(other.out().contains("woven  org.example.app.PlainApp#see")
                && !other.out().contains("woven  " + CARRIER), other::toString);
            assertTrue(jvm.end().contains("carried=tpool-default-"), jvm::output);
            assertEquals("", jvm.errors());
        }
    }

    private static Run attach(Jdk jdk, Waiting jvm, String... settings) {
        List<String> arguments = new ArrayList<>(List.of("attach", jvm.pid()));
        arguments.addAll(List.of(settings));
        return Jvm.of(jdk).runJar(Jvm.agentJar(), arguments.toArray(String[]::new));
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
            Stream<String> before =
                Stream.concat(Stream.of(jdk.tool("java"), "-XX:+EnableDynamicAgentLoading"), Stream.of(options));
            Stream<String> after =
                Stream.of("-cp", System.getProperty("java.class.path"), "org.example.app.PlainApp", "wait");
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
