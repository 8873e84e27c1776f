// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import io.tpool.agent.command.ProcessFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Watches a running JVM for a while, by a JFR recording of its own, and leaves nothing behind: the recording is stopped
 * and its file deleted, also when this process is interrupted. If it is killed outright, the recording ends by itself a
 * minute later.
 */
final class LiveRecording {

    private static final Duration GRACE = Duration.ofMinutes(1);

    private final long pid;
    private final Duration length;
    private final Progress progress;
    private final String name = "tpool-discover-" + UUID.randomUUID().toString().substring(0, 8);
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final StandingThreads standing = new StandingThreads();

    LiveRecording(long pid, Duration length, Progress progress) {
        this.pid = pid;
        this.length = length;
        this.progress = progress;
    }

    /** Ends the watching early; what has been seen so far is analysed. */
    void interrupt() {
        interrupted.countDown();
    }

    /**
     * Watches, then analyses.
     *
     * @throws DiscoverException if the process cannot be watched
     */
    Findings watch() throws DiscoverException {
        checkProcess();
        Jcmd jcmd = new Jcmd(pid);
        Path directory = directory();
        Set<Path> before = repositories();
        try {
            String file = seenByProcess(directory.resolve("recording.jfr"));
            boolean started = false;
            try {
                start(jcmd, directory, file);
                started = true;
                look(jcmd, directory);
                await();
                look(jcmd, directory);
            } finally {
                stop(jcmd, started);
            }
            Path recording = directory.resolve("recording.jfr");
            if (!Files.exists(recording)) {
                throw new DiscoverException(pid + ": ended, or could not write " + file
                    + "; record into a file with jcmd JFR.start and give that file");
            }
            return new RecordingAnalysis(recording).analyse(workingDirectory(), standing);
        } finally {
            delete(directory);
            deleteNewRepositories(before);
        }
    }

    private void checkProcess() throws DiscoverException {
        if (pid == ProcessHandle.current().pid()) {
            throw new DiscoverException(pid + ": is this very process; give the id of another one");
        }
        if (ProcessHandle.of(pid).isEmpty()) {
            throw new DiscoverException(pid + ": no such process; jcmd -l lists the JVMs");
        }
        try {
            if (!ProcessFiles.isJvm(pid)) {
                throw new DiscoverException(pid + ": not a JVM; jcmd -l lists the JVMs");
            }
        } catch (NoSuchFileException e) {
            return; // not Linux
        } catch (IOException e) {
            throw new DiscoverException(pid + ": belongs to " + owner(ProcessFiles.of(pid))
                + "; run this command as that user");
        }
    }

    private static String owner(Path file) {
        try {
            return Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).getName();
        } catch (IOException e) {
            return "another user";
        }
    }

    /**
     * A directory that the process can write into, under its own view of the file system if that is another one (a
     * container).
     */
    private Path directory() throws DiscoverException {
        Path process = ProcessFiles.of(pid);
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        Path theirs = temporaryOfProcess();
        try {
            boolean contained = theirs.startsWith(process) && !Files.isSameFile(process.resolve("root"), Path.of("/"));
            Path directory = Files.createTempDirectory(contained ? theirs : temporary, "tpool-discover-");
            if (Files.exists(process)) {
                UserPrincipal user = Files.getOwner(process);
                if (!user.equals(Files.getOwner(directory))) {
                    Files.setOwner(directory, user);
                }
            }
            return directory;
        } catch (IOException e) {
            throw new DiscoverException(temporary + ": no directory can be made there for the recording: "
                + e.getMessage());
        }
    }

    private String seenByProcess(Path file) {
        Path root = ProcessFiles.of(pid, "root");
        return file.startsWith(root) ? "/" + root.relativize(file) : file.toString();
    }

    private Path workingDirectory() {
        try {
            return ProcessFiles.of(pid, "cwd").toRealPath();
        } catch (IOException e) {
            return Path.of(""); // gone, or not Linux: relative class paths are then looked up here
        }
    }

    private void start(Jcmd jcmd, Path directory, String file) throws DiscoverException {
        Path settings = directory.resolve("settings.jfc");
        try {
            Files.writeString(settings, RecordingSettings.text());
        } catch (IOException e) {
            throw new DiscoverException(settings + ": cannot be written: " + e.getMessage());
        }
        deepStacks(jcmd);
        String output = jcmd.run("JFR.start", "name=" + name, "settings=" + seenByProcess(settings),
            "filename=" + file, "duration=" + length.plus(GRACE).toSeconds() + "s");
        if (output.contains("Unknown diagnostic command") || output.contains("Module jdk.jfr not found")) {
            throw new DiscoverException(pid
                + ": its Java runtime has no JFR (module jdk.jfr); run the application on one that has");
        }
        if (!output.contains("Started recording")) {
            throw new DiscoverException(pid + ": its JFR refuses to record: " + Jcmd.reason(output));
        }
    }

    /**
     * The recorder takes this before its first recording, and refuses it later: then stacks are cut off as they were.
     */
    private static void deepStacks(Jcmd jcmd) {
        try {
            jcmd.run("JFR.configure", "stackdepth=256");
        } catch (DiscoverException refused) {
            return;
        }
    }

    /** Looks at the carriers; a process that has ended or does not answer has nothing that stands still. */
    private void look(Jcmd jcmd, Path directory) {
        try {
            ThreadPrint print = ThreadPrint.of(jcmd.run("Thread.print"));
            long time = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
            if (print.lacksStacks()) {
                Path dump = directory.resolve("threads.txt");
                jcmd.run("Thread.dump_to_file", "-overwrite", seenByProcess(dump));
                print.readStacks(Files.readAllLines(dump));
            }
            standing.look(print.carried(), time);
        } catch (DiscoverException | IOException e) {
            return; // the recording tells what has become of the process
        }
    }

    private void await() throws DiscoverException {
        ProcessHandle process = ProcessHandle.of(pid).orElse(null);
        long start = System.nanoTime();
        try {
            for (long passed = 0; passed < length.toNanos(); passed = System.nanoTime() - start) {
                progress.show(Duration.ofNanos(passed), length);
                long left = Math.min(length.toNanos() - passed, TimeUnit.MILLISECONDS.toNanos(500));
                if (interrupted.await(left, TimeUnit.NANOSECONDS) || process == null || !process.isAlive()) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DiscoverException(pid + ": interrupted while watching");
        } finally {
            progress.end();
        }
    }

    private void stop(Jcmd jcmd, boolean started) throws DiscoverException {
        try {
            jcmd.run("JFR.stop", "name=" + name);
        } catch (DiscoverException e) {
            if (started && ProcessHandle.of(pid).isPresent()) {
                throw e;
            } // it has ended, and its recording with it: JFR writes the file on exit
        }
    }

    /** The directories that the process's flight recorder works in: named after the time and the process. */
    private Set<Path> repositories() {
        Path temporary = temporaryOfProcess();
        if (!Files.isDirectory(temporary)) {
            return Set.of();
        }
        try (Stream<Path> entries = Files.list(temporary)) {
            return entries.filter(entry -> entry.getFileName().toString().matches("[0-9_]+_" + pid))
                .collect(Collectors.toSet());
        } catch (IOException e) {
            return Set.of(); // then nothing is tidied up there; JFR does it when the process ends
        }
    }

    /** Deletes a directory that JFR made for this recording, if it is empty; JFR makes a new one when it needs it. */
    private void deleteNewRepositories(Set<Path> before) {
        for (Path directory : repositories()) {
            try {
                if (!before.contains(directory)) {
                    Files.delete(directory);
                }
            } catch (IOException e) {
                continue; // in use by another recording
            }
        }
    }

    private Path temporaryOfProcess() {
        Path theirs = ProcessFiles.of(pid, "root", "tmp");
        return Files.isDirectory(theirs) ? theirs : Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(directory);
        } catch (IOException e) {
            directory.toFile().deleteOnExit(); // the process may still be writing; its recording ends with its duration
        }
    }
}
