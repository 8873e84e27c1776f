// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The lines for Maven in the agent's README, in a project of somebody else; and the JUnit extension under Surefire. The
 * project's own artifacts lie in a repository of the test, whose other folders are those of the machine's.
 */
class MavenIT {
    private static final Path ROOT = Path.of(System.getProperty("basedir")).getParent();
    private static final Pattern XML = Pattern.compile("```xml\n(.*?)```", Pattern.DOTALL);
    private static final String VERSION = "1.0.0-SNAPSHOT";
    private static final String MAIN = """
        package com.acme;

        public class Main {
            public static void main(String[] arguments) throws Exception {
                Thread.startVirtualThread(() -> System.out.println("guarded=" + isGuarded())).join();
            }

            static boolean isGuarded() {
                return java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                    .anyMatch(argument -> argument.endsWith("tpool-agent-1.0.0-SNAPSHOT.jar"));
            }
        }
        """;
    private static final String TESTS = """
        package com.acme;

        import io.tpool.junit.CarriersStayFree;
        import java.nio.file.Files;
        import java.nio.file.Path;
        import org.junit.jupiter.api.Assertions;
        import org.junit.jupiter.api.Test;

        @CarriersStayFree(max = "200ms")
        class MainTest {
            @Test
            void hasTheAgent() throws Exception {
                Thread.startVirtualThread(() -> { }).join();
                Assertions.assertTrue(Main.isGuarded());
            }

            @Test
            void captures() throws Exception {
                Thread.startVirtualThread(() -> compute(System.nanoTime() + 4_000_000_000L)).join();
            }

            private static void compute(long until) {
                while (System.nanoTime() < until) {
                    Math.sin(until);
                }
            }
        }
        """;

    private final Path project = Jvm.newDirectory();
    private final Path repository = Jvm.newDirectory();

    @BeforeEach
    void laysOutTheProject() throws IOException {
        String readme = Files.readString(ROOT.resolve("agent").resolve("README.md"));
        List<String> blocks = XML.matcher(readme.substring(readme.indexOf("### By Maven and Gradle"))).results()
            .map(block -> block.group(1)).toList();
        assertEquals(2, blocks.size(), blocks::toString);
        Files.writeString(project.resolve("pom.xml"), """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>com.acme</groupId><artifactId>acme</artifactId><version>1</version>
              <properties>
                <maven.compiler.release>21</maven.compiler.release>
                <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
              </properties>
              <dependencies>
                %s
                <dependency><groupId>io.tpool</groupId><artifactId>tpool-junit</artifactId><version>%s</version>
                  <scope>test</scope></dependency>
                <dependency><groupId>org.junit.jupiter</groupId><artifactId>junit-jupiter</artifactId>
                  <version>%s</version><scope>test</scope></dependency>
              </dependencies>
              <build>
                <pluginManagement><plugins>%s</plugins></pluginManagement>
                <plugins>%s</plugins>
              </build>
            </project>
            """.formatted(blocks.get(0), VERSION, ofTheBuild("<junit.version>"), plugins(), blocks.get(1)));
        write("src/main/java/com/acme/Main.java", MAIN);
        write("src/test/java/com/acme/MainTest.java", TESTS);
    }

    private void write(String file, String text) throws IOException {
        Path path = project.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    /** The versions that the build has, so that nothing else need be fetched. */
    private static String plugins() throws IOException {
        StringBuilder plugins = new StringBuilder();
        for (String plugin : List.of("org.apache.maven.plugins:maven-resources-plugin",
                "org.apache.maven.plugins:maven-compiler-plugin", "org.apache.maven.plugins:maven-surefire-plugin",
                "org.apache.maven.plugins:maven-dependency-plugin", "org.codehaus.mojo:exec-maven-plugin")) {
            String name = plugin.substring(plugin.indexOf(':') + 1);
            plugins.append("<plugin><groupId>").append(plugin, 0, plugin.indexOf(':')).append("</groupId><artifactId>")
                .append(name).append("</artifactId><version>")
                .append(ofTheBuild("<artifactId>" + name + "</artifactId>\\s*<version>"))
                .append("</version></plugin>\n");
        }
        return plugins.toString();
    }

    private static String ofTheBuild(String before) throws IOException {
        Matcher matcher = Pattern.compile(before + "([^<]+)<").matcher(Files.readString(ROOT.resolve("pom.xml")));
        assertTrue(matcher.find(), before);
        return matcher.group(1);
    }

    @Test
    void theLinesOfTheReadmeBringTheAgentIntoTestsAndRuns() throws Exception {
        Path maven = Toolbox.program("mvn");
        String said = run(maven, "test");
        assertTrue(said.contains("Tests run: 2, Failures: 1, Errors: 0, Skipped: 0"), said);
        assertTrue(said.contains("MainTest.captures") && !said.contains("MainTest.hasTheAgent:"), said);
        assertTrue(said.contains("a carrier was captured for ")
            && said.contains("@CarriersStayFree allows 200ms"), said);
        said = run(maven, "compile", "exec:exec");
        assertTrue(said.contains("guarded=true") && said.contains("BUILD SUCCESS"), said);
    }

    @Test
    void theExtensionNeedsNoOptionUnderSurefire() throws Exception {
        Path pom = project.resolve("pom.xml");
        Files.writeString(pom, Files.readString(pom).replaceFirst("<argLine>[^<]*</argLine>", ""));
        String said = run(Toolbox.program("mvn"), "test");
        assertTrue(said.contains("Tests run: 2, Failures: 2, Errors: 0, Skipped: 0"), said);
        assertTrue(said.contains("MainTest.hasTheAgent:") && said.contains("@CarriersStayFree allows 200ms"), said);
    }

    private String run(Path maven, String... goals) throws Exception {
        layOutRepository();
        List<String> command = Stream.concat(Stream.of(maven.toString(), "-B", "-Dmaven.repo.local=" + repository),
            Stream.of(goals)).toList();
        Path out = project.resolve(goals[0] + ".txt");
        ProcessBuilder builder = new ProcessBuilder(command).directory(project.toFile()).redirectErrorStream(true)
            .redirectOutput(out.toFile());
        builder.environment().put("JAVA_HOME", Jdk.running().home().toString());
        builder.environment().merge("PATH", "", (path, none) ->
            Jdk.running().home().resolve("bin") + File.pathSeparator + path);
        builder.environment().keySet().removeIf(name -> name.startsWith("TPOOL_") || name.startsWith("MAVEN_"));
        builder.start().waitFor();
        return Files.readString(out);
    }

    private void layOutRepository() throws IOException {
        if (Files.exists(repository.resolve("io"))) {
            return;
        }
        Path machines = Path.of(System.getProperty("tpool.it.repository"));
        link(machines, repository, "io");
        link(machines.resolve("io"), Files.createDirectory(repository.resolve("io")), "tpool");
        place("tpool-parent", ROOT.resolve("pom.xml"), "pom");
        place("tpool-agent", ROOT.resolve("agent").resolve("pom.xml"), "pom");
        place("tpool-agent", Jvm.agentJar(), "jar");
        Path junit = ROOT.resolve("agent").resolve("junit");
        place("tpool-junit", junit.resolve("pom.xml"), "pom");
        place("tpool-junit", junit.resolve("target").resolve("tpool-junit.jar"), "jar");
    }

    private static void link(Path from, Path to, String except) throws IOException {
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : entries.filter(each -> !each.getFileName().toString().equals(except)).toList()) {
                Files.createSymbolicLink(to.resolve(entry.getFileName()), entry);
            }
        }
    }

    private void place(String artifact, Path file, String type) throws IOException {
        Path folder = repository.resolve("io").resolve("tpool").resolve(artifact).resolve(VERSION);
        Files.createDirectories(folder);
        Files.copy(file, folder.resolve(artifact + "-" + VERSION + "." + type));
    }
}
