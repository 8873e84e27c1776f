// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the configuration says, the application is unharmed, and the user reads one line that names the place. */
class BadInputIT {
    private static final Jdk JDK = Jdk.all().getFirst();
    private static final String HELLO = "org.example.app.GreetApp$Hello";

    private static Run without;

    @BeforeAll
    static void runWithoutTheAgent() {
        without = Jvm.of(JDK).run("GreetApp", "bob");
    }

    /** The wrong line of a file, and what the message about it has to hold. */
    static Stream<Arguments> wrongLines() {
        return Stream.of(
            wrong("metods = " + HELLO + "#greet", "metods", "methods"),
            wrong("pool.sise = 3", "pool.sise", "pool.size"),
            wrong("pool.b.methods = com.acme.Store", "com.acme.Store", "#"),
            wrong("pool.b.methods = com.acme.Store#(int)", "com.acme.Store#(int)", "methods"),
            wrong("pool.b.methods = com.acme.Store#put(int", "put(int", "methods"),
            wrong("pool.b.methods = " + HELLO + "#<init>", "<init>", "constructor"),
            wrong("pool.b.methods = java.lang.Thread#sleep", "java.lang.Thread", "cannot be listed"),
            wrong("pool.b.methods = java.util.concurrent.ForkJoinPool#submit", "java.util.concurrent.ForkJoinPool",
            "cannot be listed"), wrong("exclude = com.acme.Store", "exclude", "com.acme.Store"),
            wrong("pool.size = 0", "pool.size", "'0'"),
            wrong("pool.size = -1", "pool.size", "'-1'"),
            wrong("pool.size = 1000000000", "pool.size", "'1000000000'"),
            wrong("pool.size = many", "pool.size", "'many'"),
            wrong("pool.keepalive = soon", "pool.keepalive", "'soon'"),
            wrong("pool.stacksize = huge", "pool.stacksize", "'huge'"),
            wrong("pool.saturation = explode", "pool.saturation", "wait"),
            wrong("mode = fast", "mode", "auto", "handoff"),
            wrong("presets = sqlite", "presets", "is not a key"),
            wrong("guard = maybe", "guard", "on, watch or off"),
            wrong("guard.patience = 0ms", "guard.patience", "'0ms'", "100us"),
            wrong("guard.patience = 1h", "guard.patience", "'1h'", "1m"),
            wrong("guard.max = 0", "guard.max", "'0'", "32767"),
            wrong("guard.max = -1", "guard.max", "'-1'", "32767"),
            wrong("guard.max = 1000000000", "guard.max", "'1000000000'", "32767"),
            wrong("enabled = maybe", "enabled", "true"),
            wrong("log = loud", "log", "warn"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongLines")
    void aWrongLineIsNamedInOneLine(String line, List<String> fragments) {
        Run run = Jvm.of(JDK).agent("methods = " + HELLO + "#greet", line).run("GreetApp", "bob");
        assertUnharmed(run);
        String message = onlyMessage(run);
        assertTrue(message.contains("agent.properties:2"), message);
        fragments.forEach(fragment ->
            assertTrue(message.contains(fragment), () -> "no " + fragment + " in: " + message));
    }

    @Test
    void aKeyThatIsSetTwiceIsNamedWithBothPlaces() {
        Run run = Jvm.of(JDK).agent("pool.a.methods = " + HELLO + "#greet", "pool.a.size = 1", "pool.a.size = 2")
            .run("GreetApp", "bob");
        assertUnharmed(run);
        String message = onlyMessage(run);
        assertTrue(message.contains("agent.properties:3") && message.contains("agent.properties:2"), message);
    }

    /** Without continuations virtual threads are bound to platform threads: there are no carriers to keep free. */
    @ParameterizedTest(name = "mode={0}")
    @MethodSource("modesWhereThreadsDoNotMove")
    void whereVirtualThreadsCannotBeMovedOneLineSaysWhatIsDoneInstead(String mode, String instead) {
        Run run = Jvm.of(JDK).option("-XX:+UnlockExperimentalVMOptions").option("-XX:-VMContinuations")
            .agent("methods = " + HELLO + "#greet", "mode = " + mode, "guard = off").run("GreetApp", "bob");
        assertUnharmed(run);
        String message = onlyMessage(run);
        assertTrue(message.contains(instead), message);
    }

    static Stream<Arguments> modesWhereThreadsDoNotMove() {
        return Stream.of(Arguments.of("auto", "stay on their carriers"),
            Arguments.of("tpool", "handoff is used instead"));
    }

    @Test
    void aFileThatIsMissingIsNamed() {
        Path missing = Jvm.newDirectory().resolve("no.properties");
        assertNamed(missing, "does not exist");
    }

    @Test
    void aDirectoryInPlaceOfAFileIsNamed() {
        assertNamed(Jvm.newDirectory(), "is a directory");
    }

    @Test
    void aFileThatMayNotBeReadIsNamed() throws IOException {
        Path unreadable = Files.writeString(Jvm.newDirectory().resolve("agent.properties"), "log = warn\n");
        assertTrue(unreadable.toFile().setReadable(false, false));
        assumeFalse(Files.isReadable(unreadable), "skipped: this user may read everything");
        assertNamed(unreadable, "read");
    }

    @Test
    void aStrictAgentDoesNotStartTheApplication() {
        Run run = Jvm.of(JDK).agent("strict = true", "metods = a.B#c").run("GreetApp", "bob");
        assertEquals(1, run.exit(), run::toString);
        assertEquals("", run.out());
        assertTrue(run.err().contains("agent.properties:2") && run.err().contains("strict"), run::toString);
    }

    @Test
    void aStrictAgentStartsTheApplicationIfAllIsWell() {
        assertEqualRuns(Jvm.of(JDK).agent("strict = true", "methods = " + HELLO + "#greet").run("GreetApp", "bob"));
    }

    /** What is wrong with a pattern that no class comes up to, and what {@code check} has to say about it. */
    static Stream<Arguments> patternsWithoutMethods() {
        return Stream.of(
            wrong("com.acme.Nobody#greet", "matched nothing", "com.acme.Nobody"),
            wrong(HELLO + "#nothing", "matched nothing", HELLO),
            wrong("native " + HELLO + "#greet", "not native"),
            wrong("org.example.app.GreetApp$Greeter#greet", "is abstract", "org.example.app.GreetApp$Greeter+#greet"));
    }

    /** No error, whatever strict says: a class of that name may yet be loaded, and a type may yet be implemented. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("patternsWithoutMethods")
    void aPatternThatMatchedNothingIsNamedInOneLineAtTheEnd(String pattern, List<String> fragments) {
        Run run = Jvm.of(JDK).agent("strict = true", "methods = " + pattern).run("GreetApp", "bob");
        assertUnharmed(run);
        String message = onlyMessage(run);
        assertTrue(message.contains("agent.properties:2"), message);
        fragments.forEach(fragment -> assertTrue(message.contains(fragment), message));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("patternsWithoutMethods")
    void aPatternThatMatchesNothingIsNamedByCheck(String pattern, List<String> fragments) throws IOException {
        Path file = Files.writeString(Jvm.newDirectory().resolve("agent.properties"), "methods = " + pattern + "\n");
        Run check = Jvm.of(JDK).runJar(Jvm.agentJar(), "check", file.toString(), "--class-path", Jvm.applications());
        assertEquals(1, check.exit(), check::toString);
        assertEquals(1, check.errorLines().size(), check::toString);
        fragments.forEach(fragment -> assertTrue(check.err().contains(fragment), check::toString));
    }

    @Test
    void aNativeThatIsAlreadyLoadedIsReportedWithWhatToListInstead() {
        Run run = Jvm.of(JDK).agent("methods = native java.io.FileInputStream#read0").run("GreetApp", "bob");
        assertUnharmed(run);
        String message = onlyMessage(run);
        assertTrue(message.contains("agent.properties:1") && message.contains("java.io.FileInputStream#read()"),
            message);
    }

    @Test
    void aClassThatFailsVerificationFailsAsItDoesWithoutTheAgent() {
        Run broken = Jvm.of(JDK).run("BrokenApp").clean();
        Run woven = Jvm.of(JDK).agent("methods = org.example.app.BrokenApp$Broken#*").run("BrokenApp").successful();
        assertEquals("java.lang.VerifyError", broken.value("call"));
        assertEquals(broken.out(), woven.out());
        assertTrue(woven.errorLines().size() <= 1, woven::toString);
    }

    /** The tests' own JVM is the other user's here. */
    @Test
    void aProcessOfAnotherUserIsNamed() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")) && Files.isExecutable(Path.of("/usr/bin/setpriv")),
            "skipped: becoming another user takes root and setpriv");
        String pid = Long.toString(ProcessHandle.current().pid());
        Process attach =
            new ProcessBuilder("/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", JDK.tool("java"),
            "-jar", Jvm.agentJar().toString(), "attach", pid).redirectErrorStream(true).start();
        String output = new String(attach.getInputStream().readAllBytes());
        assertTrue(attach.waitFor(300, TimeUnit.SECONDS));
        assertEquals(1, attach.exitValue(), output);
        assertEquals(1, output.lines().count(), output);
        assertTrue(output.contains(pid), output);
    }

    private static void assertNamed(Path config, String problem) {
        Run run = Jvm.of(JDK).agentArgument("config=" + config).run("GreetApp", "bob");
        assertUnharmed(run);
        String message = onlyMessage(run);
        assertTrue(message.contains(config.toString()) && message.contains(problem), message);
    }

    private static void assertUnharmed(Run run) {
        assertEquals(without.exit() + " " + without.out(), run.exit() + " " + run.out(), run::toString);
        assertTrue(run.errorLines().containsAll(without.errorLines()), run::toString);
    }

    private static void assertEqualRuns(Run run) {
        assertUnharmed(run);
        assertEquals(without.err(), run.err());
    }

    private static String onlyMessage(Run run) {
        List<String> messages = run.errorLines().stream().filter(line -> !without.errorLines().contains(line)).toList();
        assertEquals(1, messages.size(), run::toString);
        assertTrue(messages.getFirst().startsWith("[tpool] "), run::toString);
        return messages.getFirst();
    }

    private static Arguments wrong(String line, String... fragments) {
        return Arguments.of(line, List.of(fragments));
    }
}
