// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import io.tpool.agent.config.DurationText;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The options of {@code discover}.
 *
 * @param source a file, or a process id
 * @param length how long to watch a process
 * @param json whether to print JSON
 * @param html where to write the page, or null
 */
record Options(String source, Duration length, boolean json, Path html) {

    private static final Duration DEFAULT_LENGTH = Duration.ofSeconds(60);
    private static final Duration LONGEST = Duration.ofHours(24);

    static Options parse(List<String> arguments) throws UsageException {
        String source = null;
        Duration length = null;
        boolean json = false;
        Path html = null;
        for (int i = 0; i < arguments.size(); i++) {
            switch (arguments.get(i)) {
                case "--json" -> json = true;
                case "--for" -> length = duration(value(arguments, ++i));
                case "--html" -> html = path(value(arguments, ++i));
                default -> {
                    if (arguments.get(i).startsWith("-")) {
                        throw new UsageException(arguments.get(i) + ": no such option; discover --help lists them");
                    }
                    if (source != null) {
                        throw new UsageException(arguments.get(i) + ": one recording or process id at a time");
                    }
                    source = arguments.get(i);
                }
            }
        }
        if (source == null || source.isBlank()) {
            throw new UsageException("give a recording (discover RECORDING.jfr) or the id of a process (discover PID)");
        }
        Options options = new Options(source, length == null ? DEFAULT_LENGTH : length, json, html);
        if (length != null && !options.isPid()) {
            throw new UsageException("--for: only for a process; a recording is analysed whole");
        }
        return options;
    }

    /** Whether the source is a process id: nothing but digits. */
    boolean isPid() {
        return source.matches("[0-9]{1,18}");
    }

    /** Returns the source as a file. */
    Path file() throws UsageException {
        return path(source);
    }

    private static Path path(String text) throws UsageException {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UsageException(text + ": not the name of a file: " + e.getReason());
        }
    }

    private static String value(List<String> arguments, int index) throws UsageException {
        if (index >= arguments.size()) {
            throw new UsageException(arguments.get(index - 1) + ": needs a value; discover --help shows it");
        }
        return arguments.get(index);
    }

    private static Duration duration(String text) throws UsageException {
        Duration duration = Duration.ofNanos(DurationText.nanos(text));
        if (duration.compareTo(Duration.ofSeconds(1)) < 0 || duration.compareTo(LONGEST) > 0) {
            throw new UsageException("--for " + text + ": not a duration between 1s and 1440m; write it as 30s or 2m");
        }
        return duration;
    }
}
