// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import io.tpool.agent.command.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The findings as one page that needs nothing else: the template beside this class, with the figures put in. */
final class HtmlReport {

    private static final String DATA = "/*findings*/null";
    private static final String LINES = "/*lines*/null";

    private HtmlReport() {
    }

    static String of(Findings findings) {
        try (InputStream template = HtmlReport.class.getResourceAsStream("report.html")) {
            return new String(template.readAllBytes(), StandardCharsets.UTF_8)
                .replace(DATA, JsonReport.of(findings).strip()).replace(LINES, Json.write(TextReport.lines(findings)));
        } catch (IOException e) {
            throw new UncheckedIOException("the page's template cannot be read from the jar", e);
        }
    }
}
