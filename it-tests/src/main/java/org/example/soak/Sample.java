// SPDX-License-Identifier: Apache-2.0
package org.example.soak;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What the JVM uses at one moment; memory in KiB.
 *
 * @param heap after a garbage collection
 * @param metaspace classes and their methods
 * @param classes loaded
 * @param threads platform threads
 * @param resident of the process, as the operating system counts
 * @param committed by the JVM, as it counts itself; 0 without native memory tracking
 */
record Sample(long heap, long metaspace, long classes, long threads, long resident, long committed) {
    private static final Pattern COMMITTED = Pattern.compile("Total:.*committed=(\\d+)KB");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    static Sample take() {
        System.gc();
        System.gc();   // what the first one found unreachable may hold more
        long metaspace = ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool ->
                pool.getName().equals("Metaspace"))
                .map(MemoryPoolMXBean::getUsage).mapToLong(usage -> usage.getUsed() >> 10).sum();
        return new Sample(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 10, metaspace,
                ManagementFactory.getClassLoadingMXBean().getLoadedClassCount(),
                ManagementFactory.getThreadMXBean().getThreadCount(), residentNow(), committedNow());
    }

    private static long residentNow() {
        try {
            return find(RESIDENT, Files.readString(Path.of("/proc/self/status")));
        } catch (IOException elsewhere) {
            return 0;
        }
    }

    private static long committedNow() {
        try {
            Object summary = ManagementFactory.getPlatformMBeanServer().invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"), "vmNativeMemory",
                            new Object[] {new String[] {"summary"}},
                    new String[] {String[].class.getName()});
            return find(COMMITTED, String.valueOf(summary));
        } catch (JMException e) {
            return 0;
        }
    }

    private static long find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    @Override
    public String toString() {
        return String.format("heap %,d KiB, metaspace %,d KiB, classes %,d, threads %d, "
                + "resident %,d KiB, committed %,d KiB",
                heap, metaspace, classes, threads, resident, committed);
    }
}
