package io.tpool.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.it.Jdk.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A native library of our own, for the shapes of native methods that no library has. */
class NativeShapesIT {
    private static final String NATIVES = "methods = native org.example.app.NativeShapes#*, native org.example.app.NativeShapes$*#*";

    private static final double IDEAL_SHARE = 0.95;
    private static final int RUNS = 3;

    private static String library;

    @BeforeAll
    static void compile() {
        library = "-Dshapes=" + Toolbox.library("shapes");
    }

    static Stream<Jdk> jdks() {
        return Jdk.all().stream();
    }

    /** One carrier: what differs between the shapes does not depend on how many there are. */
    static Stream<Arguments> shapes() {
        return jdks().flatMap(jdk -> Stream.of("static", "instance", "private", "synchronized", "static-synchronized", "registered",
            "registered-synchronized").map(shape -> Arguments.of(new Setting(jdk, 1), shape)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("shapes")
    void aNativeOfAnyShapeLeavesOthersAlone(Setting setting, String shape) {
        Starvation.of("ShapesApp", shape).with(jvm -> jvm.option(library)).listed(NATIVES.substring("methods = ".length())).isCuredBy(setting);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void everyShapeAnswersAsWithoutTheAgent(Jdk jdk) {
        Run without = Jvm.of(jdk).option(library).run("ShapesApp", "answers").clean();
        Run with = Jvm.of(jdk).option(library).agent(NATIVES).run("ShapesApp", "answers").clean();
        assertEquals(without.out(), with.out());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void everyShapeAnswersAsWithoutTheAgentWhenHandedOff(Jdk jdk) {
        Run without = Jvm.of(jdk).option(library).run("ShapesApp", "answers").clean();
        Run with = Jvm.of(jdk).option(library).agent(NATIVES, "mode = handoff").run("ShapesApp", "answers").clean();
        assertEquals(without.out(), with.out());
    }

    /** The ideal is what as many platform threads reach, in the same JVM and on the machine as busy as it is. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void shortNapsOfManyThreadsReachTheIdealRateOfThePool(Jdk jdk) {
        List<Double> shares = new ArrayList<>();
        do {
            Run naps = Jvm.of(jdk).carriers(2).option(library).agent(NATIVES, "pool.size = 64").run("ShapesApp", "sleep").clean();
            shares.add(naps.number("platformMillis") / naps.number("virtualMillis"));
        } while (shares.getLast() < IDEAL_SHARE && shares.size() < RUNS);
        assertTrue(shares.getLast() >= IDEAL_SHARE, () -> "shares of the ideal rate: " + shares);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void callsThatOnlyAFifthReleasesEndOnAPoolOfTwo(Jdk jdk) {
        Run run = Jvm.of(jdk).carriers(1).option(library).agent(NATIVES, "pool.size = 2").run("ShapesApp", "release").clean();
        assertEquals("5", run.value("ended"));
    }
}
