// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code discover} on recordings of applications that it has never seen. */
class DiscoverIT {
    /**
     * Samples come late on a busy machine, and some never: half of the two seconds and more that each carrier is
     * captured.
     */
    private static final double LEAST_MILLIS = 1_000;

    static Stream<Arguments> cases() {
        return Jdk.all().stream().flatMap(jdk -> Stream.of(
            "SqliteApp query     ; native org.sqlite.core.NativeDB#step       ; "
                + "org.sqlite.(core.CoreStatement#exec|jdbc3.JDBC3Statement#execute.*)",
            "SqliteApp busy      ; native org.sqlite.core.NativeDB#_exec_utf8 ; "
                + "org.sqlite.(core.CoreStatement#exec|jdbc3.JDBC3Statement#execute.*)",
            "SqliteApp callback  ; native org.sqlite.core.NativeDB#step       ; "
                + "org.sqlite.(core.CoreStatement#exec|jdbc3.JDBC3Statement#execute.*)",
            "RocksApp write      ; native org.rocksdb.RocksDB#put             ;",
            "RocksApp flush      ; native org.rocksdb.RocksDB#flush           ;",
            "RocksApp compact    ; native org.rocksdb.RocksDB#compactRange    ;",
            "JnaApp interface    ; org.example.app.JnaApp#nap                 ;",
            "JnaApp direct       ; org.example.app.JnaApp#nap                 ;").map(line -> {
                String[] parts = line.split(";", -1);
                boolean outermost = !jdk.movesWithMonitors() && !parts[2].isBlank();
                return Arguments.of(jdk, parts[0].strip(), (outermost ? parts[2] : parts[1]).strip());
            }));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cases")
    void nearlyAllOfTheCapturedTimeIsAttributedToTheRightLine(Jdk jdk, String application, String lines) {
        record(jdk, application, UnaryOperator.identity()).attributesTo(lines, LEAST_MILLIS);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.tpool.it.Jdk#all")
    void theCallerOfAForeignFunctionIsFound(Jdk jdk) {
        Path classes = Toolbox.application(jdk, "ForeignApp");
        record(jdk, "ForeignApp", jvm -> jdk.feature() == 21 ? jvm.classPath(classes).option("--enable-preview")
            : jvm.classPath(classes))
            .attributesTo("org.example.app.ForeignApp#nap", LEAST_MILLIS);
    }

    /**
     * JFR takes few samples in Java code on a busy machine; a hog counts from 200 ms on. Holds from JDK 22: before, JFR
     * cannot walk most stacks of virtual threads in compiled code.
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("io.tpool.it.Jdk#all")
    void aComputationWithoutAPauseIsFoundAndToldApart(Jdk jdk) {
        assumeTrue(jdk.feature() > 21);
        Discovered found = record(jdk, "HashApp", UnaryOperator.identity())
            .attributesTo("javax.crypto.SecretKeyFactory#generateSecret|org.example.app.HashApp#hash", 200);
        assertTrue(found.methods().stream().anyMatch(method -> method.how().equals("computing")), found::json);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.tpool.it.Jdk#all")
    void aThreadThatParksInsideNativeCodeIsToldApart(Jdk jdk) {
        Discovered found = record(jdk, "SqliteApp callback", UnaryOperator.identity());
        assertTrue(found.methods().stream().anyMatch(method -> method.how().equals("pinned")), found::json);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.tpool.it.Jdk#all")
    void nothingIsListedForAGoodNeighbour(Jdk jdk) {
        Discovered found = record(jdk, "QuietApp", UnaryOperator.identity());
        assertTrue(found.list().isEmpty(), found::json);
    }

    /** Find, paste, attach: and the bystander is left alone. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("io.tpool.it.Jdk#settings")
    void listingWhatIsFoundCuresTheStarvation(Jdk.Setting setting) {
        Path recording = Jvm.newDirectory().resolve("recording.jfr");
        Jvm.of(setting).option("-XX:StartFlightRecording:settings=default,filename=" + recording)
            .option("-Xlog:jfr*=off").run("SqliteApp", "query")
            .successful();
        Discovered found =
            Discovered.of(Jvm.of(Jdk.running()).runJar(Jvm.agentJar(), "discover", recording.toString(), "--json"));
        Starvation.of("SqliteApp", "query").listed(String.join(", ", found.list())).isCuredBy(setting);
    }

    /** The tour goes on: what is listed already is not found again, and what is listed in vain is found further out. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("io.tpool.it.Jdk#all")
    void discoverAgainFindsTheRest(Jdk jdk) throws IOException {
        Path findings = Jvm.newDirectory().resolve("findings.json");
        Run run = Jvm.of(jdk).carriers(2)
            .agent("methods = native org.sqlite.core.NativeDB#*", "discover = true", "discover.file = " + findings)
            .run("SqliteApp", "query").successful();
        Discovered found = Discovered.of(new Run(run.command(), 0, Files.readString(findings), run.err()));
        if (jdk.movesWithMonitors()) {
            assertTrue(found.list().isEmpty(), found::json);
        } else {
            found.attributesTo("org.sqlite.*#exec.*", 500);
        }
        assertEquals("", run.err(), run::toString);
    }

    private static Discovered record(Jdk jdk, String application, UnaryOperator<Jvm> prepare) {
        Path recording = Jvm.newDirectory().resolve("recording.jfr");
        String[] words = application.split(" ");
        Jvm jvm = Jvm.of(jdk).carriers(2).option("-XX:StartFlightRecording:settings=default,filename=" + recording)
            .option("-Xlog:jfr*=off");
        prepare.apply(jvm).run(words[0], words.length == 1 ? new String[0] : new String[] {words[1]}).successful();
        return Discovered.of(Jvm.of(Jdk.running()).runJar(Jvm.agentJar(), "discover", recording.toString(), "--json"));
    }
}
