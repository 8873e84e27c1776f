// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The shipped jar, looked at from outside. */
class ShippedJarIT {
    private static final Path ROOT = Path.of(System.getProperty("basedir")).toAbsolutePath().getParent();
    private static final String LIBRARIES = "io/tpool/agent/lib/";

    @Test
    void holdsAtTheTopOnlyWhatTheApplicationMaySee() throws IOException {
        try (JarFile jar = open()) {
            assertEquals(Set.of("META-INF/", "io/", "agent/"), top(jar, ""));
            assertEquals(Set.of("tpool/"), top(jar, "io/"));
            assertEquals(Set.of("MANIFEST.MF", "LICENSE", "NOTICE"), top(jar, "META-INF/"));
            assertEquals(Set.of("asm/"), top(jar, "io/tpool/agent/lib/"));
            assertEquals(Set.of("META-INF/", "io/", "boot-classes", "simplelogger.properties"), top(jar, "agent/"));
        }
    }

    @Test
    void holdsInItsRootWhatTheEntryTheCoreAndTheRuntimeConsistOf() throws IOException {
        try (JarFile jar = open()) {
            Set<String> there = files(jar, "io/").filter(name -> !name.startsWith(LIBRARIES))
                .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(built("agent/entry", "agent/core", "runtime"), there);
        }
    }

    @Test
    void holdsInItsFolderWhatTheToolsConsistOf() throws IOException {
        try (JarFile jar = open()) {
            Set<String> there = files(jar, "agent/").map(name -> name.substring("agent/".length()))
                .filter(name -> !name.startsWith("META-INF/") && !name.startsWith(LIBRARIES))
                .collect(Collectors.toCollection(TreeSet::new));
            assertTrue(there.remove("boot-classes"));
            assertEquals(built("agent/tools"), there);
        }
    }

    @Test
    void keepsTheLicencesOfWhatItHolds() throws IOException {
        try (JarFile jar = open()) {
            for (String file : List.of("META-INF/LICENSE", "META-INF/NOTICE", "agent/META-INF/LICENSE",
                    "agent/META-INF/NOTICE", "agent/META-INF/LICENSE.txt", "agent/META-INF/licenses/ASM")) {
                assertTrue(jar.getEntry(file) != null, file);
            }
        }
    }

    @Test
    void saysInItsNoticeWhatItHoldsInWhichVersionUnderWhichLicence() throws IOException {
        try (JarFile jar = open()) {
            String notice = text(jar, "META-INF/NOTICE");
            assertFalse(notice.contains("${"), notice);
            Set<String> libraries = top(jar, "io/tpool/agent/lib/");
            libraries.addAll(top(jar, "agent/io/tpool/agent/lib/"));
            for (String library : libraries) {
                assertTrue(notice.contains("io.tpool.agent.lib." + library.replace("/", " is ")), library);
            }
            names(jar).filter(name -> name.matches("agent/META-INF/(licenses/)?[A-Z.a-z]+"))
                .forEach(file -> assertTrue(notice.contains(file), file));
        }
    }

    @Test
    void namesItsEntriesToTheJvm() throws IOException {
        try (JarFile jar = open()) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            assertEquals("io.tpool.agent.boot.PreMain", manifest.getValue("Premain-Class"));
            assertEquals("io.tpool.agent.boot.PreMain", manifest.getValue("Agent-Class"));
            assertEquals("io.tpool.agent.boot.Main", manifest.getValue("Main-Class"));
            assertEquals("tpool-agent.jar", manifest.getValue("Boot-Class-Path"));
            assertEquals("true", manifest.getValue("Can-Retransform-Classes"));
            assertEquals("true", manifest.getValue("Can-Redefine-Classes"));
            assertEquals("true", manifest.getValue("Can-Set-Native-Method-Prefix"));
            assertTrue(manifest.getValue(Attributes.Name.IMPLEMENTATION_VERSION) != null);
        }
    }

    @Test
    void holdsNoPackageBothInItsRootAndInItsFolder() throws IOException {
        try (JarFile jar = open()) {
            Set<String> root = packages(jar, "");
            Set<String> folder = packages(jar, "agent/");
            assertTrue(root.contains("io/tpool/agent/weave/") && folder.contains("io/tpool/agent/cli/"), () -> root
                + " " + folder);
            root.retainAll(folder);
            assertEquals(Set.of(), root);
        }
    }

    @Test
    void listsTheRuntimeAndWhatStartsTheAgentForTheBootLoader() throws IOException {
        try (JarFile jar = open()) {
            Set<String> listed =
                text(jar, "agent/boot-classes").lines().collect(Collectors.toCollection(TreeSet::new));
            Set<String> there = names(jar).filter(name -> name.startsWith("io/") && name.endsWith(".class"))
                .filter(name -> !name.startsWith("io/tpool/agent/") || name.startsWith("io/tpool/agent/boot/"))
                .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(there, listed);
        }
    }

    @Test
    void isSmallEnoughForTheJvmToReadAtEveryStart() throws IOException {
        try (JarFile jar = open()) {
            // The JVM reads the name of every entry before main: 3,000 of them cost a tenth of its start-up.
            assertTrue(jar.size() < 800, () -> jar.size() + " entries");
        }
    }

    private static JarFile open() throws IOException {
        return new JarFile(Jvm.agentJar().toFile());
    }

    private static String text(JarFile jar, String entry) throws IOException {
        return new String(jar.getInputStream(jar.getEntry(entry)).readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    private static Set<String> packages(JarFile jar, String folder) {
        return names(jar).filter(name -> name.startsWith(folder + "io/") && name.endsWith(".class"))
            .map(name -> name.substring(folder.length(), name.lastIndexOf('/') + 1)).collect(Collectors.toSet());
    }

    /** The files that modules of the build consist of: classes, and resources beside them. */
    private static Set<String> built(String... modules) throws IOException {
        Set<String> files = new TreeSet<>();
        for (String module : modules) {
            Path classes = ROOT.resolve(module).resolve("target/classes");
            try (Stream<Path> paths = Files.walk(classes)) {
                paths.filter(Files::isRegularFile)
                    .map(path -> classes.relativize(path).toString().replace(File.separatorChar, '/'))
                    .filter(name -> !name.startsWith("META-INF/")).forEach(files::add);
            }
        }
        return files;
    }

    private static Stream<String> files(JarFile jar, String folder) {
        return names(jar).filter(name -> name.startsWith(folder) && !name.endsWith("/"));
    }

    private static Stream<String> names(JarFile jar) {
        return jar.stream().map(ZipEntry::getName);
    }

    /** What lies directly in a folder of the jar; a folder's name ends with a slash. */
    private static Set<String> top(JarFile jar, String folder) {
        return names(jar).filter(name -> name.startsWith(folder) && !name.equals(folder))
            .map(name -> name.substring(folder.length()))
            .map(name -> name.indexOf('/') < 0 ? name : name.substring(0, name.indexOf('/') + 1))
            .collect(Collectors.toSet());
    }
}
