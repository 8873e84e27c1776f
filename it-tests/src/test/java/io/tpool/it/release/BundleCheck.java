// SPDX-License-Identifier: Apache-2.0
package io.tpool.it.release;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks the release bundle, as Maven Central would. Its name is none that is run by default: only the profile
 * {@code release} makes a bundle.
 */
class BundleCheck {
    private static final Path BUNDLE = Path.of(System.getProperty("tpool.it.bundle"), "io", "tpool");

    static List<PublishedModule> modules() {
        try (Stream<Path> folders = Files.list(BUNDLE)) {
            return folders.sorted().map(PublishedModule::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void holdsWhatUsersDependOn() {
        List<String> names = modules().stream().map(PublishedModule::name).toList();
        assertEquals(List.of("tpool-agent", "tpool-junit", "tpool-parent", "tpool-runtime"), names);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void thePomSaysWhatMavenCentralAsks(PublishedModule module) {
        Pom pom = module.pom();
        List<Executable> checks = new ArrayList<>();
        for (String path : List.of("artifactId", "name", "description")) {
            checks.add(() -> assertFalse(pom.own(path).isBlank(), module + ": " + path));
        }
        for (String path : List.of("url", "licenses/license/name", "licenses/license/url", "developers/developer/name",
                "scm/url", "scm/connection", "scm/developerConnection")) {
            checks.add(() -> assertFalse(pom.ownOrInherited(path).isBlank(), module + ": " + path));
        }
        assertAll(checks);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void whatAModuleNeedsIsPublishedToo(PublishedModule module) {
        Set<String> needed = new TreeSet<>(module.pom().modulesItNeeds());
        modules().forEach(other -> needed.remove(other.name()));
        assertEquals(Set.of(), needed);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void sourcesAndJavadocAreBesideTheJar(PublishedModule module) {
        if (module.pom().isOfJar()) {
            assertTrue(module.entries(".jar").anyMatch(name -> name.endsWith(".class")), "classes");
            assertTrue(module.entries(".jar").anyMatch("META-INF/LICENSE"::equals), "licence");
            assertTrue(module.entries("-sources.jar").anyMatch(name -> name.endsWith(".java")), "sources");
            assertTrue(module.entries("-javadoc.jar").anyMatch("index.html"::equals), "index of the Javadoc");
            assertTrue(module.entries("-javadoc.jar").anyMatch(name -> name.matches(".*/[A-Z]\\w*\\.html")),
                "pages of the Javadoc");
        }
    }

    /** Nor packages of the JDK, which stand-ins have. */
    @ParameterizedTest
    @MethodSource("modules")
    void theJavadocShowsTheApiAlone(PublishedModule module) {
        if (module.pom().isOfJar()) {
            String api = "([a-z.]+/)?io/tpool/((management|junit)/)?package-summary.html";
            List<String> packages = module.entries("-javadoc.jar")
                .filter(name -> name.endsWith("/package-summary.html") && !name.matches(api)).toList();
            assertEquals(List.of(), packages);
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void theBillOfMaterialsNamesTheModule(PublishedModule module) {
        String bom = module.text("-cyclonedx.json");
        assertTrue(bom.contains("\"CycloneDX\"") && bom.contains("pkg:maven/io.tpool/" + module.name() + "@"), bom);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void everyFileHasItsChecksums(PublishedModule module) {
        for (Path file : module.files()) {
            assertTrue(Files.exists(Path.of(file + ".sha1")) && Files.exists(Path.of(file + ".md5")), file::toString);
        }
    }

    @Test
    void theSourcesOfTheAgentAreThoseOfAllItsClasses() {
        PublishedModule agent = PublishedModule.of(BUNDLE.resolve("tpool-agent"));
        Set<String> sources = agent.entries("-sources.jar").collect(Collectors.toSet());
        List<String> without = agent.entries(".jar").map(name -> name.replaceFirst("^agent/", ""))
            .filter(name -> name.matches("io/tpool/.*\\.class") && !name.startsWith("io/tpool/agent/lib/"))
            .map(name -> name.replaceFirst("(\\$.*)?\\.class$", ".java")).filter(name -> !sources.contains(name))
            .distinct().toList();
        assertEquals(List.of(), without);
    }

    @Test
    void theAgentTellsWhatIsInside() {
        PublishedModule agent = PublishedModule.of(BUNDLE.resolve("tpool-agent"));
        assertTrue(agent.entries(".jar").anyMatch("META-INF/NOTICE"::equals), "NOTICE");
        String bom = agent.text("-cyclonedx.json");
        for (String inside : List.of("pkg:maven/io.tpool/tpool-runtime@", "pkg:maven/net.bytebuddy/byte-buddy@",
                "pkg:maven/org.slf4j/slf4j-api@", "pkg:maven/org.slf4j/slf4j-simple@")) {
            assertTrue(bom.contains(inside), inside);
        }
    }
}
