// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.weave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.internal.offload.Mode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Woven Java methods of all shapes do what they did, and hop once for each call. */
@Timeout(60)
class ShapesTest {
    private static final String ALL = "acme.**#*";

    static Stream<Arguments> combinations() {
        return Stream.of(8, 11, 21).flatMap(release -> Stream.of(Mode.values()).flatMap(mode ->
                Stream.of(true, false).map(pins -> Arguments.of(release, mode, pins))));
    }

    @BeforeEach
    void reset() {
        Recorder.reset();
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void everyShapeOfMethodGivesTheSameResult(int release, Mode mode, boolean pins) throws Throwable {
        compare(release, mode, pins, "Shapes");
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void recordsSealedTypesAndPatternSwitchesGiveTheSameResult(int release, Mode mode, boolean pins) throws Throwable {
        compare(21, mode, pins, "Modern");
    }

    private static void compare(int release, Mode mode, boolean pins, String type) throws Throwable {
        Map<String, byte[]> files = MemoryCompiler.compile(release, resource(type + ".txt"));
        Object expected = Loom.plain(files).call("acme." + type, "run");
        Loom loom = pins ? Loom.beforeJdk24(mode, ALL) : Loom.of(mode, ALL);

        Object actual = loom.load(files).call("acme." + type, "run");

        assertEquals(expected, actual);
        assertEquals(List.of(), loom.problems);
        assertEquals(List.of(), loom.outcomes.stream().filter(o -> o.state() == Outcome.State.LEFT).toList());
        List<String> events = Recorder.events();
        assertTrue(events.size() > 20, events.toString());
        assertBalanced(events);
    }

    /** Every call that enters exits, the inner ones before the outer ones. */
    private static void assertBalanced(List<String> events) {
        java.util.ArrayDeque<String> open = new java.util.ArrayDeque<>();
        for (String event : events) {
            String number = event.split(" ")[1];
            if (event.startsWith("enter")) {
                open.push(number);
            } else {
                assertEquals(open.pop(), number, events.toString());
            }
        }
        assertTrue(open.isEmpty(), events.toString());
    }

    static String resource(String name) {
        try (InputStream in = ShapesTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
