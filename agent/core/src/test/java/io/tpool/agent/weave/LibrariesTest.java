// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.weave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.internal.offload.Mode;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every method of every class of some libraries, woven, passes the JVM's verifier. Further libraries may be named in
 * the system property {@code tpool.test.jars}, as a path.
 */
@Timeout(500)
class LibrariesTest {
    @ParameterizedTest
    @CsvSource({"TPOOL, false", "TPOOL, true", "HANDOFF, false"})
    void everyMethodOfEveryClassVerifies(Mode mode, boolean pins) throws Exception {
        String[] all = {"*#*", "**.*#*"};
        List<String> failures = new ArrayList<>();
        long woven = 0;
        for (Path jar : jars()) {
            Loom loom = pins ? Loom.beforeJdk24(mode, all) : Loom.of(mode, all);
            Map<String, byte[]> files = read(jar);
            Loom.Loader loader = loom.load(files);
            for (String name : files.keySet()) {
                link(loader, name, failures);
            }
            for (Throwable problem : loom.problems) {
                failures.add(jar + ": " + problem);
            }
            woven += loom.outcomes.stream().filter(o -> o.state() == Outcome.State.PENDING).count();
        }
        assertEquals(List.of(), failures);
        assertTrue(woven > 10_000, "woven: " + woven);
    }

    private static List<Path> jars() throws Exception {
        List<Path> jars = new ArrayList<>();
        for (Class<?> type
            : List.of(net.bytebuddy.ByteBuddy.class, org.junit.jupiter.api.Test.class,
                org.junit.platform.engine.TestEngine.class)) {
            jars.add(Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()));
        }
        String more = System.getProperty("tpool.test.jars", "");
        for (String jar : more.isEmpty() ? new String[0] : more.split(File.pathSeparator)) {
            jars.add(Path.of(jar));
        }
        return jars;
    }

    private static Map<String, byte[]> read(Path jar) throws IOException {
        Map<String, byte[]> files = new HashMap<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (Enumeration<JarEntry> entries = file.entries(); entries.hasMoreElements();) {
                JarEntry entry = entries.nextElement();
                String name = entry.getName();
                if (name.endsWith(".class") && !name.startsWith("META-INF/") && !name.endsWith("-info.class")) {
                    try (InputStream in = file.getInputStream(entry)) {
                        files.put(name.substring(0, name.length() - ".class".length()).replace('/', '.'),
                            in.readAllBytes());
                    }
                }
            }
        }
        return files;
    }

    /** Asking a class for its constructors links it, and does not initialise it. */
    private static void link(ClassLoader loader, String name, List<String> failures) {
        try {
            Class.forName(name, false, loader).getDeclaredConstructors();
        } catch (ClassFormatError | VerifyError e) {
            failures.add(name + ": " + e);
        } catch (ClassNotFoundException | LinkageError | SecurityException e) {
            // It needs a library that is not here, or lies in a package that is sealed against this loader.
            return;
        }
    }
}
