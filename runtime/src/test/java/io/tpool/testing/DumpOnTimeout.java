// SPDX-License-Identifier: Apache-2.0
package io.tpool.testing;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.PreInterruptCallback;
import org.junit.jupiter.api.extension.PreInterruptContext;

/** Before a test that takes too long is interrupted: what all threads are doing, virtual ones among them. */
public final class DumpOnTimeout implements PreInterruptCallback {
    /** For the service loader. */
    public DumpOnTimeout() {
    }

    @Override
    public void beforeThreadInterrupt(PreInterruptContext context,
            org.junit.jupiter.api.extension.ExtensionContext test) {
        System.err.println(test.getDisplayName() + " takes too long: " + context.getThreadToInterrupt() + "\n"
                + threads());
    }

    /** All threads and their stacks. */
    public static String threads() {
        try {
            Path directory = Files.createTempDirectory("threads");
            Path file = directory.resolve("dump.txt");
            try {
                ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                        .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
                return Files.readString(file);
            } finally {
                Files.deleteIfExists(file);
                Files.delete(directory);
            }
        } catch (IOException e) {
            return "no thread dump: " + e;
        }
    }
}
