// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page that {@code discover} writes, as a browser shows it. */
@Timeout(600)
class DiscoverPageIT {
    private static final String METHOD = "org.example.app.JnaApp#nap";
    private static final Pattern FRAME = Pattern.compile("<rect x=\"([0-9.]+)\" y=\"(\\d+)\" width=\"([0-9.]+)\""
        + "[^>]*? fill=\"([^\"]*)\" opacity=\"([0-9.]+)\" data-method=\"([^\"]*)\" data-millis=\"([0-9.]+)\"");
    private static final double WIDTH = 1130;

    private final Browser browser = new Browser();

    /** A frame of the flame graph, as it is drawn. */
    private record Drawn(double x, double y, double width, String fill, double opacity, String method, double millis) {
    }

    @Test
    void showsWhenTheCarriersWereCapturedAndByWhat() throws Exception {
        Path page = Jvm.newDirectory().resolve("findings.html");
        Jvm.of(Jdk.running()).carriers(2).agentArgument("guard=off,discover=true,discover.file=" + page)
            .run("JnaApp", "interface").clean();
        String shown = browser.shown(page);
        assertTrue(shown.contains("all carriers were captured at once"), shown);
        assertTrue(shown.matches("(?s).*<svg [^>]*aria-label=\"Carriers captured over time, by method\">"
            + ".*<path d=\"M[^\"]+Z\".*</svg>.*"), shown);
        assertTrue(shown.matches("(?s).*<td class=\"m\"><span class=\"key\"[^>]*></span>"
            + "com\\.sun\\.jna\\.Native#invoke.*<div class=\"m\">" + METHOD + ".*"), shown);
        assertTrue(shown.matches("(?s).*<pre id=\"lines\">.*methods = .*" + METHOD + ".*</pre>.*"), shown);
        List<Drawn> frames = assertStacksAreDrawn(shown, METHOD, "com.sun.jna.Native#invokeInt");
        assertTrue(widest(frames, METHOD).width() > 0.8 * WIDTH, frames::toString);
        assertAClickWidensAFrame(page);
        assertASearchLeavesColourToWhatIsFound(page);
    }

    @Test
    void showsWhatTheGuardMeasuredBesideTheSamples() throws Exception {
        Path page = Jvm.newDirectory().resolve("findings.html");
        try (Running app = Jvm.of(Jdk.running()).carriers(2)
                .agentArgument("guard=watch,discover=true,discover.file=" + page).begin("GuardApp")) {
            app.awaitLine("began").tell("nap 4").awaitLine("napped=4").tell("nap 2").awaitLine("napped=2");
            app.tell("crowd 20").awaitLine("crowded=20").end().clean();
        }
        String shown =
            browser.shownAfter(page, "[...document.querySelectorAll('#flame-bar button')].at(-1).click();");
        assertTrue(shown.contains("aria-pressed=\"true\">as the guard measured</button>"), shown);
        List<Drawn> frames = assertStacksAreDrawn(shown, "org.example.app.GuardApp#nap",
            "org.example.app.JnaApp$Direct#usleep");
        // Six naps of 0.3 seconds; the guard measures from its first look to its last.
        double millis = frames.get(0).millis();
        assertTrue(millis > 1_400 && millis < 2_200, frames::toString);
    }

    /** From the outermost frame at the bottom to the native method, each as wide as its part of the time. */
    private static List<Drawn> assertStacksAreDrawn(String shown, String caller, String called) {
        List<Drawn> frames = frames(shown);
        Drawn all = frames.get(0);
        assertEquals("all", all.method());
        assertEquals(WIDTH, all.width(), 1, frames::toString);
        Drawn nap = widest(frames, caller);
        Drawn call = widest(frames, called);
        assertTrue(all.y() > nap.y() && nap.y() > call.y(), frames::toString);
        for (Drawn frame : frames) {
            assertEquals(WIDTH * frame.millis() / all.millis(), frame.width(), 1, frame::toString);
        }
        assertTrue(call.x() >= nap.x() && call.x() + call.width() <= nap.x() + nap.width() + 1, frames::toString);
        assertFalse(call.fill().equals(nap.fill()), "natives have a colour of their own");
        return frames;
    }

    private void assertAClickWidensAFrame(Path page) throws Exception {
        List<Drawn> frames = frames(browser.shownAfter(page, "document.querySelector('#flames rect[data-method=\""
            + METHOD + "\"]').dispatchEvent(new MouseEvent('click'));"));
        assertEquals(WIDTH, widest(frames, METHOD).width(), 1, frames::toString);
        assertTrue(widest(frames, "all").opacity() < 1, frames::toString);
    }

    private void assertASearchLeavesColourToWhatIsFound(Path page) throws Exception {
        List<Drawn> frames = frames(browser.shownAfter(page, "const field = document.querySelector('#flame-bar input');"
            + "field.value = 'JNAAPP#NAP'; field.dispatchEvent(new Event('input'));"));
        String others = widest(frames, "all").fill();
        for (Drawn frame : frames) {
            assertEquals(!frame.method().equals(METHOD), frame.fill().equals(others), frames::toString);
        }
    }

    /** The frame of that method; the first call of all may have a stack of its own. */
    private static Drawn widest(List<Drawn> frames, String method) {
        return frames.stream().filter(frame -> frame.method().equals(method))
            .max(Comparator.comparingDouble(Drawn::width)).orElseThrow(() -> new AssertionError(frames.toString()));
    }

    private static List<Drawn> frames(String shown) {
        List<Drawn> frames = new ArrayList<>();
        for (Matcher matcher = FRAME.matcher(shown); matcher.find();) {
            frames.add(new Drawn(number(matcher, 1), number(matcher, 2), number(matcher, 3), matcher.group(4),
                number(matcher, 5), matcher.group(6), number(matcher, 7)));
        }
        assertFalse(frames.isEmpty(), shown);
        return frames;
    }

    private static double number(Matcher matcher, int group) {
        return Double.parseDouble(matcher.group(group));
    }
}
