// SPDX-License-Identifier: Apache-2.0
package org.example.soak;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

/**
 * The application of the soak: mixes all work under virtual threads for the minutes given, and leaves a report at the
 * path given.
 * Exits with 1 if a call was lost or failed, or if something grows.
 *
 * @since 1.0
 */
public final class SoakApp {
    private static final long SECOND = 1_000_000_000L;
    private static final long LINE_NANOS = 30 * SECOND;
    private static final long PATIENCE_NANOS = 60 * SECOND;
    /** Samples of a whole soak, those of its warm-up not counted. */
    private static final int SAMPLES = 36;
    private static final int WORKERS = 12;

    private final long nanos;
    private final Path report;
    private final List<Worker> workers = new ArrayList<>();
    private final List<Sample> samples = new ArrayList<>();
    private volatile boolean over;

    private SoakApp(double minutes, Path report) {
        nanos = (long) (minutes * 60 * SECOND);
        this.report = report;
    }

    /**
     * Runs the soak.
     *
     * @param args minutes, and the path of the report
     * @throws Exception if it cannot begin
     */
    public static void main(String[] args) throws Exception {
        Locale.setDefault(Locale.ROOT);
        System.exit(new SoakApp(Double.parseDouble(args[0]), Path.of(args[1])).run() ? 0 : 1);
    }

    private boolean run() throws Exception {
        RocksDB.loadLibrary();
        Path directory = Files.createTempDirectory(report.toAbsolutePath().getParent(), "rocks");
        try (Options options = new Options().setCreateIfMissing(true); RocksDB database = RocksDB.open(options,
                directory.toString())) {
            for (int i = 0; i < WORKERS; i++) {
                add("sqlite", new SqliteWork());
                add("rocks", new RocksWork(database, i));
                add("jna", new JnaWork());
                add("java", new JavaWork());
            }
            add("visitor", new VisitorWork());
            add("visitor", new VisitorWork());
            Switches switches = new Switches(System.nanoTime(), () -> over);
            Thread operator = Thread.ofPlatform().name("operator").start(switches);
            workers.forEach(worker -> worker.thread.start());
            watch();
            over = true;
            operator.join();
            int lost = awaitEnd();
            boolean well = report(lost, switches);
            if (lost == 0) {
                workers.forEach(Worker::close);
            } else {
                Runtime.getRuntime().halt(1);   // what is lost may hold the databases
            }
            return well;
        }
    }

    private void add(String name, Work work) {
        workers.add(new Worker(name + "-" + workers.size(), work, () -> over));
    }

    /** A third more time than is sampled: for the warm-up. */
    private void watch() throws InterruptedException {
        long begun = System.nanoTime();
        long step = nanos / (SAMPLES + SAMPLES / 6);
        long line = begun;
        long sample = begun + nanos / 7;
        while (System.nanoTime() - begun < nanos && !isStuck()) {
            Thread.sleep(100);
            long now = System.nanoTime();
            if (now - sample >= 0) {
                samples.add(Sample.take());
                sample += step;
            }
            if (now - line >= LINE_NANOS) {
                line = now;
                System.out.printf("%6d s  %,d calls, %,d offloaded, %,d refused  %s%n", (now - begun) / SECOND, calls(),
                        Switches.offloaded(), refused(), samples.isEmpty() ? "" : samples.get(samples.size() - 1));
            }
        }
        samples.add(Sample.take());
    }

    private long seen;
    private long seenAt = System.nanoTime();

    private boolean isStuck() {
        long now = calls();
        if (now != seen) {
            seen = now;
            seenAt = System.nanoTime();
        }
        return System.nanoTime() - seenAt > PATIENCE_NANOS;
    }

    private long calls() {
        return workers.stream().mapToLong(worker -> worker.calls).sum();
    }

    private long refused() {
        return workers.stream().mapToLong(worker -> worker.refused).sum();
    }

    private long failed() {
        return workers.stream().mapToLong(worker -> worker.failed).sum();
    }

    /** Returns how many workers never came back. */
    private int awaitEnd() throws Exception {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (workers.stream().anyMatch(worker -> worker.thread.isAlive()) && System.nanoTime() < end) {
            Thread.sleep(10);
        }
        List<Worker> lost = workers.stream().filter(worker -> worker.thread.isAlive()).toList();
        if (!lost.isEmpty()) {
            lost.forEach(worker -> System.out.println("LOST " + worker.thread + " " + worker.thread.getState()));
            Path dump = report.resolveSibling("soak-threads.txt");
            Files.deleteIfExists(dump);
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(dump.toAbsolutePath().toString(), ThreadDumpFormat.TEXT_PLAIN);
            System.out.println(Files.readString(dump));
        }
        return lost.size();
    }

    private boolean report(int lost, Switches switches) throws Exception {
        boolean level = true;
        List<String> lines = new ArrayList<>();
        lines.add("Soak on Java " + Runtime.version() + ", " + nanos / SECOND + " s");
        lines.add(String.format("calls %,d  offloaded %,d  refused %,d  failed %d  lost %d", calls(),
                Switches.offloaded(), refused(),
                failed(), lost));
        lines.add("switched " + switches.done + " times, " + switches.recordings + " recordings"
                + (switches.failed == null ? "" : ", FAILED: " + switches.failed));
        lines.add("begin: " + samples.get(0));
        lines.add("end:   " + samples.get(samples.size() - 1));
        for (Levelling levelling : Levelling.values()) {
            level &= levelling.holds(samples);
            lines.add(levelling.line(samples));
        }
        lines.add(samples.size() + " samples; " + Levelling.RULE);
        boolean well = lost == 0 && failed() == 0 && level && switches.failed == null && Switches.isEveryPoolUsed();
        lines.add(well ? "nothing lost, nothing grows" : "FAILED");
        samples.forEach(sample -> lines.add("  " + sample));
        Files.write(report, lines);
        lines.forEach(System.out::println);
        return well;
    }
}
