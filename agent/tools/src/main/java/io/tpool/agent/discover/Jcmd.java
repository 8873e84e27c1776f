// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs diagnostic commands in another JVM with the JDK's own {@code jcmd}: the only public way that starts nothing in
 * that JVM which stays there (the management agent would).
 */
final class Jcmd {

    private static final long TIMEOUT_SECONDS = 60;

    private final long pid;
    private final Path jcmd;

    /**
     * @throws DiscoverException if this is not a JDK
     */
    Jcmd(long pid) throws DiscoverException {
        this.pid = pid;
        Path bin = Path.of(System.getProperty("java.home"), "bin");
        jcmd = Files.isExecutable(bin.resolve("jcmd.exe")) ? bin.resolve("jcmd.exe") : bin.resolve("jcmd");
        if (!Files.isExecutable(jcmd)) {
            throw new DiscoverException(jcmd
                + ": not found, and a process cannot be watched without it; run this command with a JDK's java");
        }
    }

    /**
     * Runs a command and returns what it printed.
     *
     * @throws DiscoverException if the process does not answer
     */
    String run(String... command) throws DiscoverException {
        List<String> line =
            new ArrayList<>(List.of(jcmd.toString(), "-J-Xmx64m", "-J-XX:TieredStopAtLevel=1", Long.toString(pid)));
        line.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            Thread.startVirtualThread(() -> endInTime(process));
            String output;
            try (InputStream in = process.getInputStream()) {
                output = new String(in.readAllBytes(), Charset.defaultCharset());
            }
            int status = process.waitFor();
            if (status != 0) {
                throw new DiscoverException(pid + ": does not answer " + command[0] + ": " + reason(output));
            }
            return output;
        } catch (IOException e) {
            throw new DiscoverException(jcmd + ": cannot be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DiscoverException(pid + ": interrupted in " + command[0]);
        }
    }

    private static void endInTime(Process process) {
        try {
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
    }

    /** Returns the line of an output that says most. */
    static String reason(String output) {
        String best = "";
        for (String line : output.lines().map(String::strip).toList()) {
            boolean noise = line.isEmpty() || line.startsWith("at ") || line.matches("[0-9]+:")
                || line.startsWith("Picked up");
            if (!noise && (best.isEmpty() || line.contains("Exception") && !best.contains("Exception"))) {
                best = line;
            }
        }
        return best.isEmpty() ? "no output" : best;
    }
}
