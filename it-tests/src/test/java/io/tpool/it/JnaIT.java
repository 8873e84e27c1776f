// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.it.Jdk.Setting;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** JNA, with both of its mappings. */
class JnaIT {
    private static final String DIRECT = "org.example.app.JnaApp$Direct";

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.tpool.it.Jdk#settings")
    void anInterfaceMappedCallLeavesOthersAlone(Setting setting) {
        Starvation.of("JnaApp", "interface").natives("native com.sun.jna.Native#invoke*")
            .outermost("com.sun.jna.Library$Handler#invoke")
            .isCuredBy(setting);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.tpool.it.Jdk#settings")
    void aDirectMappedCallWhoseCallerIsListedLeavesOthersAlone(Setting setting) {
        Starvation.of("JnaApp", "direct").listed("org.example.app.JnaApp#nap").isCuredBy(setting);
    }

    /** The number lies on the OS thread: each call takes it along, and brings home what it leaves. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "tpool, com.sun.jna.Function#invoke*",
        "auto, com.sun.jna.Function#invoke*",
        "handoff, com.sun.jna.Function#invoke*",
        "tpool, native com.sun.jna.Native#*",
        "tpool, com.sun.jna.**#*",
        "tpool, org.example.app.JnaErrorApp#*",
    })
    void theErrorNumberThatACallLeavesIsThatOfTheCallWhateverIsListed(String mode, String methods) {
        for (Jdk jdk : Jdk.all()) {
            Run run = Jvm.of(jdk).carriers(2).agent("mode = " + mode, "methods = " + methods).run("JnaErrorApp")
                .successful();
            assertEquals(Map.of("right", "2000", "kept", "2000", "thrown", "2000"), run.results(), run::toString);
        }
    }

    @Test
    void aMethodThatReadsTheNumberIsRefusedWithTheReason() {
        Run run = Jvm.of(Jdk.running()).agent("methods = com.sun.jna.Native#getLastError").run("JnaErrorApp")
            .successful();
        assertTrue(run.err()
            .contains("com.sun.jna.Native#getLastError() is for the OS thread that its caller runs on"), run::toString);
    }

    /** JNA binds these natives by reflection under the names it finds, so the agent leaves them alone and says so. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("io.tpool.it.Jdk#settings")
    void aDirectMappedNativeThatIsListedGoesOnWorking(Setting setting) {
        Run run = Jvm.of(setting).agent("methods = native " + DIRECT + "#usleep").run("JnaApp", "direct").successful();
        assertEquals("true", run.value("slept0"), run::toString);
        assertEquals(1, run.errorLines().size(), run::toString);
        assertTrue(run.err().startsWith("[tpool]") && run.err().contains(DIRECT), run::toString);
        assertTrue(run.err().contains("(the guard covers its calls)")
            && run.err().contains("list the Java method that calls it, which discover names"), run::toString);
    }
}
