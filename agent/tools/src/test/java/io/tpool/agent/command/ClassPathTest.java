// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks for this very class in applications as their users build them. */
public class ClassPathTest {
    private static final String NAME = ClassPathTest.class.getName();
    private static final String FILE = NAME.replace('.', '/') + ".class";

    @TempDir
    private Path folder;

    @Test
    void inAJarOfTheClassPath() throws IOException {
        Files.write(folder.resolve("app.jar"), jar(null, FILE, ownFile()));
        assertTrue(isFound());
    }

    @Test
    void inAJarThatLiesInAnExecutableJar() throws IOException {
        Files.write(folder.resolve("app.jar"), jar(null, "BOOT-INF/lib/library.jar", jar(null, FILE, ownFile())));
        assertTrue(isFound());
    }

    @Test
    void inTheFolderOfAnExecutableJarOrWar() throws IOException {
        Files.write(folder.resolve("app.jar"), jar(null, "WEB-INF/classes/" + FILE, ownFile()));
        assertTrue(isFound());
    }

    @Test
    void inADirectory() throws IOException {
        Path file = folder.resolve("app.jar").resolve(FILE);
        Files.createDirectories(file.getParent());
        Files.write(file, ownFile());
        assertTrue(isFound());
    }

    @Test
    void inAJarThatTheManifestNamesByItsUrl() throws IOException {
        Files.write(folder.resolve("app.jar"), jar("a%20library.jar http://a.b/c.jar %", "nothing", new byte[0]));
        Files.write(folder.resolve("a library.jar"), jar(null, FILE, ownFile()));
        assertTrue(isFound());
    }

    @Test
    void inADirectoryOfJars() throws IOException {
        Files.write(folder.resolve("library.jar"), jar(null, FILE, ownFile()));
        assertTrue(isFound("*"));
        assertTrue(isFound(folder + File.separator + "*"));
        assertFalse(isFound(folder.resolve("library.jar") + File.separator + "*"));
    }

    @Test
    void elementsThatAreNeitherDirectoriesNorArchivesAreTold() throws IOException {
        Files.writeString(folder.resolve("text"), "no archive");
        String gone = folder.resolve("gone") + File.separator + "*";
        try (ClassPath path = new ClassPath(folder, "text" + File.pathSeparator + gone, false)) {
            assertEquals(List.of(folder.resolve("text").toString(), folder.resolve("gone").toString()), path.missing());
            assertNull(path.find(FILE));
        }
    }

    @Test
    void theFirstOfANameWins() throws IOException {
        Files.write(folder.resolve("app.jar"), jar(null, FILE, new byte[] {1}));
        Files.write(folder.resolve("library.jar"), jar(null, FILE, new byte[] {2}));
        assertEquals(1, content("app.jar" + File.pathSeparator + "library.jar")[0]);
        assertEquals(2, content("library.jar" + File.pathSeparator + "app.jar")[0]);
    }

    @Test
    void inAJarThatTheManifestNames() throws IOException {
        Files.write(folder.resolve("app.jar"), jar("library.jar", "nothing", new byte[0]));
        Files.write(folder.resolve("library.jar"), jar(null, FILE, ownFile()));
        assertTrue(isFound());
    }

    @Test
    void inAJarBesideThoseThatTheManifestOfARunnerNames() throws IOException {
        runner(folder, FILE, ownFile());
        assertTrue(isFound());
    }

    @Test
    void notBesideAnApplicationWhoseManifestNamesAllItsLibraries() throws IOException {
        Files.createDirectories(folder.resolve("lib"));
        Files.createDirectories(folder.resolve("old"));
        Files.write(folder.resolve("app.jar"), jar("lib/library.jar", "Main.class", new byte[0]));
        Files.write(folder.resolve("lib/library.jar"), jar(null, "library", new byte[0]));
        Files.write(folder.resolve("old/library.jar"), jar(null, FILE, ownFile()));
        assertFalse(isFound());
    }

    @Test
    void notInAJarThatOnlyHappensToLieThere() throws IOException {
        Files.write(folder.resolve("app.jar"), jar(null, "nothing", new byte[0]));
        Files.write(folder.resolve("other.jar"), jar(null, FILE, ownFile()));
        assertFalse(isFound());
    }

    @Test
    void aManifestThatNamesItselfComesToAnEnd() throws IOException {
        Files.write(folder.resolve("app.jar"), jar("app.jar gone.jar", "nothing", new byte[0]));
        assertFalse(isFound());
    }

    private boolean isFound() throws IOException {
        return isFound("app.jar");
    }

    private boolean isFound(String path) throws IOException {
        byte[] content = content(path);
        assertTrue(content == null || Arrays.equals(content, ownFile()));
        return content != null;
    }

    /** The class file, which all ways of asking agree on. */
    private byte[] content(String path) throws IOException {
        byte[] found;
        try (ClassPath few = new ClassPath(folder, path, false)) {
            found = few.find(FILE);
        }
        try (ClassPath all = new ClassPath(folder, path, true)) {
            List<byte[]> visited = new ArrayList<>();
            all.accept((name, file) -> {
                if (name.equals(NAME.replace('.', '/'))) {
                    visited.add(file.read());
                }
            });
            assertTrue(visited.size() == (found == null ? 0 : 1), visited::toString);
            assertTrue(found == null || Arrays.equals(found, visited.get(0)));
            assertArrayEquals(found, all.find(FILE));
        }
        return found;
    }

    /**
     * Writes {@code app.jar} as Quarkus does: its main class lies in a jar that the manifest names, the application's
     * in one that it does not name.
     */
    public static void runner(Path folder, String name, byte[] content) throws IOException {
        Files.createDirectories(folder.resolve("lib/boot"));
        Files.createDirectories(folder.resolve("app"));
        Files.write(folder.resolve("app.jar"), jar("lib/boot/loader.jar", "nothing", new byte[0]));
        Files.write(folder.resolve("lib/boot/loader.jar"), jar(null, "Main.class", new byte[0]));
        Files.write(folder.resolve("app/application.jar"), jar(null, name, content));
    }

    private static byte[] ownFile() throws IOException {
        try (InputStream file = ClassPathTest.class.getResourceAsStream("/" + FILE)) {
            return file.readAllBytes();
        }
    }

    private static byte[] jar(String classPath, String name, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            if (classPath != null) {
                Manifest manifest = new Manifest();
                manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
                manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
                manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "Main");
                out.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
                manifest.write(out);
            }
            out.putNextEntry(new ZipEntry(name));
            out.write(content);
        }
        return bytes.toByteArray();
    }
}
