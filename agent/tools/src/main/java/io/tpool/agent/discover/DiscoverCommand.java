// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import io.tpool.agent.command.Command;
import io.tpool.agent.command.Descriptors;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The command {@code discover}: which methods captured carriers, and the lines to list.
 *
 * @since 1.0
 */
public final class DiscoverCommand implements Command {

    @Override
    public String name() {
        return "discover";
    }

    @Override
    public String arguments() {
        return "PID | RECORDING.jfr";
    }

    @Override
    public String summary() {
        return "finds the methods that capture carriers, and what to list";
    }

    @Override
    public String help() {
        return """
            Finds the methods that captured carriers of virtual threads, and prints the lines for agent.properties, each
            with its evidence. RECORDING.jfr is any flight recording with jdk.NativeMethodSample; the settings default and
            profile have it. PID is a running JVM of the same user: it needs no agent and no option; it is recorded for a
            while, and nothing of that is left behind.

              --for DURATION   how long to watch a process: 30s, 2m; default 60s. Ctrl-C ends it early
              --json           prints the findings as JSON
              --html FILE      writes a page with a time line as well

            Exit status: 0 analysed, 1 not analysed, 2 wrong usage.""";
    }

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (ModuleLayer.boot().findModule("jdk.jfr").isEmpty()) {
            err.println("tpool discover: this Java runtime has no module jdk.jfr; "
                + "run the command with the java of a JDK");
            return FAILED;
        }
        try {
            Options options = Options.parse(arguments);
            checkWritable(options.html());
            if (options.isPid()) {
                watch(options, out, err);
            } else {
                report(new RecordingAnalysis(options.file()).analyse(Path.of("")), options, out);
            }
            return OK;
        } catch (UsageException e) {
            err.println("tpool discover: " + e.getMessage());
            return USAGE;
        } catch (DiscoverException e) {
            err.println("tpool discover: " + e.getMessage());
            return FAILED;
        }
    }

    /**
     * Watches a process; an interrupt from the terminal ends the watching, and the JVM's exit waits until the findings
     * are told.
     */
    private static void watch(Options options, PrintStream out, PrintStream err) throws DiscoverException {
        boolean terminal = err == System.err && Descriptors.isTerminal(2) && System.getenv("TERM") != null;
        LiveRecording recording =
            new LiveRecording(Long.parseLong(options.source()), options.length(), new Progress(err, terminal));
        CountDownLatch told = new CountDownLatch(1);
        Thread hook = new Thread(() -> {
            recording.interrupt();
            await(told);
        }, "tpool-discover-exit");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            report(recording.watch(), options, out);
        } finally {
            told.countDown();
            remove(hook);
        }
    }

    private static void report(Findings findings, Options options, PrintStream out) throws DiscoverException {
        out.print(options.json() ? JsonReport.of(findings) : TextReport.of(findings));
        out.flush();
        if (options.html() != null) {
            write(options.html(), HtmlReport.of(findings));
        }
    }

    private static void await(CountDownLatch told) {
        try {
            told.await(90, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the JVM is on its way out: the hook has done its work
        }
    }

    private static void checkWritable(Path html) throws DiscoverException {
        if (html != null) {
            Path directory = html.toAbsolutePath().getParent();
            if (Files.isDirectory(html) || !Files.isDirectory(directory)
                || !Files.isWritable(Files.exists(html) ? html : directory)) {
                throw new DiscoverException(html
                    + ": cannot be written; give --html a file in a directory that exists and is yours");
            }
        }
    }

    private static void write(Path html, String page) throws DiscoverException {
        try {
            Files.writeString(html, page);
        } catch (IOException e) {
            throw new DiscoverException(html + ": cannot be written: " + e.getMessage());
        }
    }
}
