package io.tpool.agent.discover;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The command {@code discover}: which methods captured carriers, and the lines to list.
 *
 * @since 1.0
 */
public final class DiscoverCommand {

    /** What {@code discover --help} prints. */
    static final String HELP = """
        discover RECORDING.jfr [--json] [--html FILE]
        discover PID [--for 60s] [--json] [--html FILE]

        Finds the methods that captured carriers of virtual threads, and prints the lines to list in agent.properties,
        each with its evidence. RECORDING.jfr is any JFR recording with jdk.NativeMethodSample (settings default and
        profile have it). PID is a running JVM: it needs no agent and no option, is recorded for a while, and nothing is
        left behind.

          --for DURATION   how long to watch a process (30s, 2m); the default is 60s; Ctrl-C ends it early
          --json           print the findings as JSON
          --html FILE      also write a page with a time line

        Exit status: 0 nothing to list, 2 wrong usage, 1 an error, 10 something to list.
        """;

    private static final int FOUND = 10;

    private final PrintStream out;
    private final PrintStream err;

    /**
     * @param out where the findings go
     * @param err where messages go
     */
    public DiscoverCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /**
     * Runs the command.
     *
     * @param arguments what followed the command's name
     * @return the exit status
     */
    public int run(String... arguments) {
        try {
            Options options = Options.parse(arguments);
            if (options.help()) {
                out.print(HELP);
                return 0;
            }
            checkWritable(options.html());
            Findings findings = options.isPid() ? watch(options) : new Recording(Path.of(options.source())).analyse(Path.of(""));
            out.print(options.json() ? JsonReport.of(findings) : TextReport.of(findings));
            out.flush();
            if (options.html() != null) {
                write(options.html(), HtmlReport.of(findings));
            }
            return findings.lines().isEmpty() ? 0 : FOUND;
        } catch (UsageException e) {
            err.println("discover: " + e.getMessage());
            return 2;
        } catch (DiscoverException e) {
            err.println("discover: " + e.getMessage());
            return 1;
        }
    }

    /** Watches a process; an interrupt from the terminal ends the watching, and the JVM's exit waits for the findings. */
    private Findings watch(Options options) throws DiscoverException {
        boolean terminal = System.console() != null && System.getenv("TERM") != null;
        LiveRecording recording = new LiveRecording(Long.parseLong(options.source()), options.length(), new Progress(err, terminal));
        CountDownLatch done = new CountDownLatch(1);
        Thread hook = new Thread(() -> {
            recording.interrupt();
            await(done);
        }, "tpool-discover-exit");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return recording.watch();
        } finally {
            done.countDown();
            remove(hook);
        }
    }

    private static void await(CountDownLatch done) {
        try {
            done.await(90, TimeUnit.SECONDS);
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
            if (Files.isDirectory(html) || !Files.isDirectory(directory) || !Files.isWritable(Files.exists(html) ? html : directory)) {
                throw new DiscoverException(html + ": cannot be written; give --html a file in a directory that exists and is yours");
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
