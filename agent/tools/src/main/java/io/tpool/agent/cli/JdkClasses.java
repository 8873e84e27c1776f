// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.cli;

import io.tpool.agent.command.ClassFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The classes of the JDK that runs this command, from its runtime image. */
final class JdkClasses implements ClassFiles {
    private static final Path MODULES = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules");
    private static final String SUFFIX = ".class";
    /** {@code [0.011s][info][class,load] java.lang.Object source: shared objects file} */
    private static final String MARK = "[class,load] ";

    @Override
    public void accept(Visitor visitor) throws IOException {
        try (Stream<Path> modules = Files.list(MODULES)) {
            for (Path module : modules.toList()) {
                accept(module, visitor);
            }
        }
    }

    private static void accept(Path module, Visitor visitor) throws IOException {
        try (Stream<Path> files = Files.walk(module)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = module.relativize(file).toString();
                if (name.endsWith(SUFFIX) && !name.equals("module-info.class")) {
                    visitor.visit(name.substring(0, name.length() - SUFFIX.length()), () -> Files.readAllBytes(file));
                }
            }
        }
    }

    /**
     * The names of the classes that every JVM has loaded by the time an agent starts, found out by starting one.
     *
     * @return with dots
     */
    static Set<String> loadedBeforeAgents() throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder builder =
            new ProcessBuilder(java.toString(), "-Xlog:class+load:stdout", "--add-modules", "java.instrument",
            "-version");
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        Set<String> names = new HashSet<>();
        try (BufferedReader lines =
            new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int begin = line.indexOf(MARK);
                if (begin >= 0) {
                    begin += MARK.length();
                    int end = line.indexOf(' ', begin);
                    names.add(line.substring(begin, end < 0 ? line.length() : end));
                }
            }
        }
        return names;
    }
}
