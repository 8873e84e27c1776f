// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A browser without a window; the test is skipped where none is installed. */
final class Browser {
    /** No profile, no sandbox in the sandbox that a build runs in, no connection to anywhere. */
    private static final List<String> OPTIONS =
        List.of("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage");

    private final Path program = Toolbox.program("chromium", "chromium-browser", "google-chrome");

    /** The document after its scripts have run. */
    String shown(Path page) throws Exception {
        List<String> command = Stream.of(Stream.of(program.toString()), OPTIONS.stream(),
            Stream.of("--user-data-dir=" + Jvm.newDirectory(), "--dump-dom", page.toUri().toString()))
            .flatMap(part -> part).toList();
        Process process = new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
        String shown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        return shown;
    }

    /** The document after its scripts have run, and after this one, which a user's hand stands for. */
    String shownAfter(Path page, String script) throws Exception {
        Path used = page.resolveSibling("used.html");
        Files.writeString(used, Files.readString(page).replace("</body>", "<script>" + script + "</script></body>"));
        return shown(used);
    }
}
