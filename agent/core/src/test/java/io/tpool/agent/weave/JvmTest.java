// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.weave;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The weaver as a Java agent: each scenario of {@link Scenarios} in a JVM of its own, which verifies also the JDK's
 * classes.
 */
@Timeout(600)
class JvmTest {
    private static final long PATIENCE_SECONDS = 500;

    @TempDir
    private static Path folder;
    private static Path agent;
    private static Path boot;

    @BeforeAll
    static void packAgent() throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Premain-Class", Scenarios.class.getName());
        main.putValue("Can-Retransform-Classes", "true");
        main.putValue("Can-Redefine-Classes", "true");
        main.putValue("Can-Set-Native-Method-Prefix", "true");
        agent = folder.resolve("agent.jar");
        new JarOutputStream(Files.newOutputStream(agent), manifest).close();
        boot = folder.resolve("boot.jar");
        Map<String, byte[]> recorder = MemoryCompiler.compile(21, ShapesTest.resource("BootRecorder.txt"));
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(boot))) {
            for (Map.Entry<String, byte[]> each : recorder.entrySet()) {
                jar.putNextEntry(new JarEntry(each.getKey().replace('.', '/') + ".class"));
                jar.write(each.getValue());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "theWholeJdkWorksWithEveryMethodWovenInModeTpool",
        "theWholeJdkWorksWithEveryMethodWovenInModeHandoff",
        "theWholeJdkWorksWithEveryMethodWovenAsBeforeJdk24",
        "nativesOfTheJdkThatAreLoadedLateAreRenamedAndFound",
        "loadedNativesAreReportedWithTheirCallers",
        "loadedClassesAreWovenAndARefusedOneHarmsNoOther",
        "aLateHeirIsToldOfAndTheMethodsThatItInheritsAreWoven",
        "aRedefinedClassKeepsItsRenamedNatives",
        "aWovenClassIsReportedWovenOnceItIsLoaded",
        "nothingIsLoadedForClassesThatAreNotListed",
    })
    void scenario(String name) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("tpool.test.java",
                Path.of(System.getProperty("java.home"), "bin", "java").toString()),
                "-XX:+UnlockDiagnosticVMOptions", "-XX:+BytecodeVerificationLocal", "-javaagent:" + agent + "=" + boot,
                "-cp", System.getProperty("java.class.path"), Scenarios.class.getName(), name));
        File output = folder.resolve(name + ".txt").toFile();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).start();
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        String printed = Files.readString(output.toPath());
        assertEquals("passed", printed.strip(), "ended: " + ended);
    }
}
