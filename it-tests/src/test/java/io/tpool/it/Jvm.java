// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A new JVM, with the shipped agent or without. Each method returns the receiver. */
final class Jvm {
    private static final Path AGENT = Path.of(System.getProperty("tpool.it.agent")).normalize();
    private static final Path WORK = Path.of(System.getProperty("basedir"), "target", "it");

    private final Jdk jdk;
    private final List<String> options = new ArrayList<>();
    private final Set<String> classPath = new LinkedHashSet<>();
    private final Map<String, String> environment = new TreeMap<>();
    private Path directory;
    /** For what hangs: a busy machine takes a minute for what else takes seconds. */
    private Duration timeout = Duration.ofMinutes(5);

    private Jvm(Jdk jdk) {
        this.jdk = jdk;
    }

    /** A JVM of that JDK without the agent, with the applications and their libraries on its class path. */
    static Jvm of(Jdk jdk) {
        Jvm jvm = new Jvm(jdk);
        jvm.libraries("org.example.app.Load", "org.sqlite.JDBC", "org.rocksdb.RocksDB", "com.sun.jna.Native");
        return jvm.option("--enable-native-access=ALL-UNNAMED");
    }

    static Jvm of(Jdk.Setting setting) {
        return of(setting.jdk()).carriers(setting.carriers());
    }

    /** The shipped jar. */
    static Path agentJar() {
        return AGENT;
    }

    /** Where the classes of the applications are. */
    static String applications() {
        return whereIs("org.example.app.Load");
    }

    /** A new directory for one test's files, below the build's. */
    static Path newDirectory() {
        try {
            Files.createDirectories(WORK);
            return Files.createTempDirectory(WORK, "case");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Attaches the agent with a file of these lines, if there are any. */
    Jvm agent(String... lines) {
        try {
            Path file = Files.write(newDirectory().resolve("agent.properties"), List.of(lines));
            return agentArgument("config=" + file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Attaches the agent with this argument. */
    Jvm agentArgument(String argument) {
        return option("-javaagent:" + AGENT + (argument.isEmpty() ? "" : "=" + argument));
    }

    Jvm carriers(int carriers) {
        return option("-Djdk.virtualThreadScheduler.parallelism=" + carriers);
    }

    Jvm option(String option) {
        options.add(option);
        return this;
    }

    Jvm classPath(Path entry) {
        classPath.add(entry.toString());
        return this;
    }

    /** Puts the libraries of these types, which the tests have, on the class path. */
    Jvm libraries(String... types) {
        for (String type : types) {
            classPath.add(whereIs(type));
        }
        return this;
    }

    Jvm environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** The variables that it gets. */
    Map<String, String> environment() {
        return environment;
    }

    Jvm workingDirectory(Path path) {
        directory = path;
        return this;
    }

    /** How long the application may take before it is dumped and killed. */
    Jvm timeout(Duration limit) {
        timeout = limit;
        return this;
    }

    /** Runs the application of that name, in {@code org.example.app} unless it names its package, to its end. */
    Run run(String application, String... arguments) {
        return begin(application, arguments).end();
    }

    /**
     * Starts the application of that name, in {@code org.example.app} or with its package. Its standard input does not
     * end before {@link Running#end}.
     */
    Running begin(String application, String... arguments) {
        List<String> command = new ArrayList<>(options);
        command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath),
            application.contains(".") ? application : "org.example.app." + application));
        command.addAll(List.of(arguments));
        return java(command);
    }

    /** Runs the shipped jar's command line. */
    Run runJar(Path jar, String... arguments) {
        return beginJar(jar, arguments).end();
    }

    /** Starts the shipped jar's command line. */
    Running beginJar(Path jar, String... arguments) {
        List<String> command = new ArrayList<>(options);
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(List.of(arguments));
        return java(command);
    }

    /**
     * Starts the shipped jar's command line on a terminal of that width, in a shell that prints the terminal's settings
     * before and after it, and its exit status.
     */
    Running beginOnTerminal(int columns, String... arguments) {
        String command =
            String.join(" ", jdk.tool("java"), String.join(" ", options), "-jar", AGENT.toString(),
            String.join(" ", arguments));
        String shell = "stty cols " + columns + "; stty -g; " + command
            + "; status=$?; echo; echo status $status; stty -g";
        return begin(List.of("script", "--quiet", "--command", shell, "/dev/null"));
    }

    /** Runs another tool of the JDK. */
    Run runTool(String tool, String... arguments) {
        List<String> command = new ArrayList<>(List.of(jdk.tool(tool)));
        command.addAll(List.of(arguments));
        return begin(command).end();
    }

    private Running java(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(jdk.tool("java")));
        command.addAll(arguments);
        return begin(command);
    }

    private Running begin(List<String> command) {
        Path files = newDirectory();
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(files.resolve(Running.OUT).toFile())
                .redirectError(files.resolve(Running.ERR).toFile());
            builder.directory(directory == null ? files.toFile() : directory.toFile());
            builder.environment().keySet()
                .removeIf(name -> name.startsWith("TPOOL_") || name.equals("JAVA_TOOL_OPTIONS"));
            builder.environment().putAll(environment);
            return new Running(String.join(" ", command), jdk, builder.start(), files, timeout);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The jar or directory that a class of the tests comes from. */
    static String whereIs(String type) {
        try {
            return Path.of(Class.forName(type, false, Jvm.class.getClassLoader()).getProtectionDomain().getCodeSource()
                .getLocation().toURI())
                .toString();
        } catch (ReflectiveOperationException | URISyntaxException e) {
            throw new IllegalStateException(type, e);
        }
    }
}
