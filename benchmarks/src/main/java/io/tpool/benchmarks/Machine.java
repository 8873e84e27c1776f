// SPDX-License-Identifier: Apache-2.0
package io.tpool.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * Where and when it was measured.
 *
 * @param scale how much was measured
 * @param at when that began
 * @param jdk its version
 * @param system kind and version
 * @param processor its name, empty where the system does not tell
 * @param processors how many
 * @param loadBefore processes that wanted to run in the minute before; negative where the system does not tell
 */
record Machine(Scale scale, Instant at, String jdk, String system, String processor, int processors,
    double loadBefore) {
    static Machine now(Scale scale) {
        return new Machine(scale, Instant.now().truncatedTo(ChronoUnit.SECONDS),
            System.getProperty("java.runtime.version"),
            System.getProperty("os.name") + " " + System.getProperty("os.version"), processorName(),
            Runtime.getRuntime().availableProcessors(),
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    String describe() {
        return "tpool benchmarks, " + scale.name().toLowerCase(Locale.ROOT) + ", " + at + ", JDK " + jdk + ", "
            + system + ", " + processors + " × "
            + (processor.isEmpty() ? "processor" : processor) + ", load " + Unit.digits(loadBefore)
            + (loadBefore > processors / 2.0 ? ": THE MACHINE IS BUSY WITH OTHER THINGS" : "");
    }

    private static String processorName() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream().filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip()).findFirst().orElse("");
        } catch (IOException notLinux) {
            return "";
        }
    }
}
