package io.tpool.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.it.Jdk.Setting;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** JNA, with both of its mappings. */
class JnaIT {
    private static final String DIRECT = "org.example.app.JnaApp$Direct";

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.tpool.it.Jdk#settings")
    void anInterfaceMappedCallLeavesOthersAlone(Setting setting) {
        Starvation.of("JnaApp", "interface").natives("native com.sun.jna.Native#invoke*").outermost("com.sun.jna.Library$Handler#invoke")
            .isCuredBy(setting);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.tpool.it.Jdk#settings")
    void aDirectMappedCallWhoseCallerIsListedLeavesOthersAlone(Setting setting) {
        Starvation.of("JnaApp", "direct").listed("org.example.app.JnaApp#nap").isCuredBy(setting);
    }

    /** JNA binds these natives by reflection under the names it finds, so the agent leaves them alone and says so. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("io.tpool.it.Jdk#settings")
    void aDirectMappedNativeThatIsListedGoesOnWorking(Setting setting) {
        Run run = Jvm.of(setting).agent("methods = native " + DIRECT + "#usleep").run("JnaApp", "direct").successful();
        assertEquals("true", run.value("slept0"), run::toString);
        assertEquals(1, run.errorLines().size(), run::toString);
        assertTrue(run.err().startsWith("[tpool]") && run.err().contains(DIRECT), run::toString);
    }
}
