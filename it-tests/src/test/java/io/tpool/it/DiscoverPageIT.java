// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page that {@code discover} writes, as a browser shows it. */
class DiscoverPageIT {
    /** No profile, no sandbox in the sandbox that a build runs in, no connection to anywhere. */
    private static final List<String> OPTIONS =
        List.of("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage");
    private static final String METHOD = "org.example.app.JnaApp#nap";

    @Test
    @Timeout(600)
    void showsWhenTheCarriersWereCapturedAndByWhat() throws Exception {
        Path browser = Toolbox.program("chromium", "chromium-browser", "google-chrome");
        Path page = Jvm.newDirectory().resolve("findings.html");
        Jvm.of(Jdk.running()).carriers(2).agentArgument("guard=off,discover=true,discover.file=" + page)
            .run("JnaApp", "interface").clean();
        String shown = shown(browser, page);
        assertTrue(shown.contains("all carriers were captured at once"), shown);
        assertTrue(shown.matches("(?s).*<svg [^>]*aria-label=\"Carriers captured over time, by method\">"
            + ".*<path d=\"M[^\"]+Z\".*</svg>.*"), shown);
        assertTrue(shown.matches("(?s).*<td class=\"m\"><span class=\"key\"[^>]*></span>"
            + "com\\.sun\\.jna\\.Native#invoke.*<div class=\"m\">" + METHOD + ".*"), shown);
        assertTrue(shown.matches("(?s).*<pre id=\"lines\">.*methods = .*" + METHOD + ".*</pre>.*"), shown);
    }

    /** The document after its script has run. */
    private static String shown(Path browser, Path page) throws Exception {
        List<String> command = Stream.of(Stream.of(browser.toString()), OPTIONS.stream(),
            Stream.of("--user-data-dir=" + Jvm.newDirectory(), "--dump-dom", page.toUri().toString()))
            .flatMap(part -> part).toList();
        Process process = new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
        String shown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        return shown;
    }
}
