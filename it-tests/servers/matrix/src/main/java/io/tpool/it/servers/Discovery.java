// SPDX-License-Identifier: Apache-2.0
package io.tpool.it.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What {@code discover PID} says of a server under load, read as its user reads it.
 *
 * @param text all that it printed
 */
record Discovery(String text) {
    private static final String LINES_TO_PASTE = "# For agent.properties";
    private static final int SECONDS = 6;
    private static final int LIMIT_SECONDS = 90;

    /**
     * Runs it while the load lasts.
     *
     * @param java of the JDK that runs the server
     * @param output where its output goes
     */
    static Discovery of(RunningServer server, Load load, Path java, Path agent, Path output) throws Exception {
        Process process = new ProcessBuilder(java.toString(), "-jar", agent.toString(), "discover",
            String.valueOf(server.pid()), "--for", SECONDS + "s").redirectErrorStream(true)
            .redirectOutput(output.toFile()).start();
        load.everything(server, SECONDS + 2);
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new IOException("discover still runs: " + Files.readString(output));
        }
        String text = Files.readString(output);
        if (process.exitValue() != 0) {
            throw new IOException("discover ended with " + process.exitValue() + ": " + text);
        }
        return new Discovery(text);
    }

    /** What its user pastes into {@code agent.properties}; empty where it advises nothing. */
    String linesToPaste() {
        int begin = text.indexOf(LINES_TO_PASTE);
        return begin < 0 ? "" : text.substring(begin);
    }

    /** The patterns that it advises. */
    List<String> patterns() throws IOException {
        java.util.Properties pasted = new java.util.Properties();
        pasted.load(new java.io.StringReader(linesToPaste()));
        String methods = pasted.getProperty("methods", "").strip();
        return methods.isEmpty() ? List.of() : List.of(methods.split("\\s*,\\s*"));
    }
}
