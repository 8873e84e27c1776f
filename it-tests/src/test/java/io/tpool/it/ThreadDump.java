// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What the threads of a JVM are doing that should have ended. */
final class ThreadDump {
    private ThreadDump() {
    }

    /**
     * Asks for the platform threads' stacks and for all threads', virtual ones among them; says so where the JVM does
     * not answer.
     */
    static String of(Jdk jdk, Process process, Path directory) throws IOException, InterruptedException {
        Path all = directory.resolve("threads.txt");
        return jcmd(jdk, process, directory.resolve("stacks"), "Thread.print")
            + jcmd(jdk, process, directory.resolve("answer"), "Thread.dump_to_file", all.toString())
            + (Files.exists(all) ? Files.readString(all)
            : "no virtual threads: jcmd Thread.dump_to_file wrote nothing\n");
    }

    private static String jcmd(Jdk jdk, Process process, Path output, String... command) throws IOException,
        InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(jdk.tool("jcmd"), Long.toString(process.pid()));
        builder.command().addAll(List.of(command));
        Process jcmd = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
        if (!jcmd.waitFor(10, TimeUnit.SECONDS)) {
            jcmd.destroyForcibly().waitFor();
            return "jcmd " + command[0] + ": no answer\n";
        }
        return Files.readString(output);
    }
}
