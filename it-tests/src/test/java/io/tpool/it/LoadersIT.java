// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Class loaders that hide {@code io.tpool} from their classes, or have a copy of it, and no setting that helps. */
class LoadersIT {
    private static final Path CONTAINERS = Path.of(System.getProperty("tpool.it.containers"));
    private static final Path RUNTIME =
        Path.of(System.getProperty("basedir"), "..", "runtime", "target", "tpool-runtime.jar").normalize();
    private static final String CONTAINED = "org.example.contained.ContainedApp";
    private static final String POOL_THREAD = "tpool-default-N";

    static Stream<Arguments> modes() {
        return Jdk.all().stream().flatMap(jdk -> Stream.of("tpool", "handoff").map(mode -> Arguments.of(jdk, mode)));
    }

    static Stream<Arguments> frameworks() {
        return modes()
            .flatMap(each -> Stream.of("felix", "equinox")
            .map(framework -> Arguments.of(each.get()[0], each.get()[1], framework)));
    }

    static Stream<Arguments> jars() {
        return Jdk.all().stream()
            .flatMap(jdk -> Stream.of("tpool-agent.jar", "another name.jar").map(name -> Arguments.of(jdk, name)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("modes")
    void modulesOfJBossAreWoven(Jdk jdk, String mode) throws IOException {
        Path module = Files.createDirectories(Jvm.newDirectory().resolve("modules/contained/main"));
        bundle(module.resolve("contained.jar"));
        Files.writeString(module.resolve("module.xml"),
            "<module xmlns='urn:jboss:module:1.9' name='contained'><main-class name='" + CONTAINED
            + "'/><resources><resource-root path='contained.jar'/></resources></module>");
        Path container = CONTAINERS.resolve("jboss-modules.jar");
        Run run = listed(jdk, mode).classPath(container)
            .classPath(Toolbox.classes("jboss", "-cp", container.toString()))
            .run("org.example.jboss.JBossApp", module.getParent().getParent().toString(), "contained").successful();
        assertEquals(POOL_THREAD, run.value("ran"), run::toString);
    }

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @MethodSource("frameworks")
    void bundlesOfOsgiAreWoven(Jdk jdk, String mode, String framework) throws IOException {
        Path files = Jvm.newDirectory();
        Path container = CONTAINERS.resolve(framework + ".jar");
        Run run = listed(jdk, mode).classPath(container).classPath(Toolbox.classes("osgi", "-cp", container.toString()))
            .run("org.example.osgi.OsgiApp", files.resolve("storage").toString(),
            bundle(files.resolve("contained.jar")).toString(), CONTAINED)
            .successful();
        assertEquals(POOL_THREAD, run.value("ran"), run::toString);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("jars")
    void aNamedModuleIsWovenAndItsCopyOfTheApiUsesTheAgentsPools(Jdk jdk, String jar) throws IOException {
        Path agent = Files.copy(Jvm.agentJar(), Jvm.newDirectory().resolve(jar));
        Path classes = Toolbox.classes("modular", "-p", RUNTIME.toString());
        Run run = Jvm.of(jdk)
            .option("-javaagent:" + agent
            + "=guard=off,mode=tpool,pool.size=7,methods=org.example.modular.ModularApp#where")
            .option("--module-path=" + RUNTIME + File.pathSeparator + classes)
            .run("--module=modular/org.example.modular.ModularApp").clean();
        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("ran", POOL_THREAD);
        expected.put("module", "io.tpool.runtime");
        expected.put("size", "7");
        expected.put("resized", "9");
        expected.put("api", POOL_THREAD);
        expected.put("posted", POOL_THREAD);
        expected.put("thrown", "true");
        expected.put("late", "true");
        expected.put("own", "tpool-own-N");
        expected.put("text", "TPool default: N of N threads busy, N calls waiting, size N, at most N");
        assertEquals(expected, run.results(), run::toString);
    }

    private static Jvm listed(Jdk jdk, String mode) {
        return Jvm.of(jdk).agentArgument("guard=off,mode=" + mode + ",methods=" + CONTAINED + "#where");
    }

    /** A jar with the application, which is a bundle. */
    private static Path bundle(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Bundle-ManifestVersion", "2");
        attributes.putValue("Bundle-SymbolicName", "contained");
        Path classes = Toolbox.classes("contained");
        String file = CONTAINED.replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new JarEntry(file));
            out.write(Files.readAllBytes(classes.resolve(file)));
        }
        return jar;
    }
}
