// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tpool.it.Jdk.Setting;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A native library of our own, for the shapes of native methods that no library has. */
class NativeShapesIT {
    private static final String NATIVES =
        "methods = native org.example.app.NativeShapes#*, native org.example.app.NativeShapes$*#*";

    private static final int POOL = 64;

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
        return jdks()
            .flatMap(jdk ->
            Stream.of("static", "instance", "private", "synchronized", "static-synchronized", "registered",
            "registered-synchronized").map(shape -> Arguments.of(new Setting(jdk, 1), shape)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("shapes")
    void aNativeOfAnyShapeLeavesOthersAlone(Setting setting, String shape) {
        Starvation.of("ShapesApp", shape).with(jvm -> jvm.option(library))
            .listed(NATIVES.substring("methods = ".length())).isCuredBy(setting);
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

    /** What share of the ideal rate that makes is measured in {@code benchmarks}. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void asManyCallsAsThePoolHasThreadsAreInNativeCodeAtOnce(Jdk jdk) {
        Run run = Jvm.of(jdk).carriers(2).option(library).agent(NATIVES, "pool.size = " + POOL, "pool.max = " + POOL)
            .run("ShapesApp", "meet", "" + POOL).clean();
        assertEquals(POOL, run.number("met"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void callsThatOnlyAFifthReleasesEndOnAPoolOfTwo(Jdk jdk) {
        Run run = Jvm.of(jdk).carriers(1).option(library).agent(NATIVES, "pool.size = 2").run("ShapesApp", "release")
            .clean();
        assertEquals("5", run.value("ended"));
    }
}
