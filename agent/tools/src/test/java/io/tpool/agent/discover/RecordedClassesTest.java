// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks for this very class in applications as their users build them. */
class RecordedClassesTest {
    private static final String NAME = RecordedClassesTest.class.getName();
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
    void inAJarThatTheManifestNames() throws IOException {
        Files.write(folder.resolve("app.jar"), jar("library.jar", "nothing", new byte[0]));
        Files.write(folder.resolve("library.jar"), jar(null, FILE, ownFile()));
        assertTrue(isFound());
    }

    @Test
    void inAJarBesideThoseThatTheManifestOfARunnerNames() throws IOException {
        Files.createDirectories(folder.resolve("lib/boot"));
        Files.createDirectories(folder.resolve("app"));
        Files.write(folder.resolve("app.jar"), jar("lib/boot/loader.jar", "nothing", new byte[0]));
        Files.write(folder.resolve("lib/boot/loader.jar"), jar(null, "loader", new byte[0]));
        Files.write(folder.resolve("app/application.jar"), jar(null, FILE, ownFile()));
        assertTrue(isFound());
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
        try (RecordedClasses files = new RecordedClasses(folder, "app.jar", null)) {
            return files.callSites(NAME, false).find("isFound", -1, null) != null;
        }
    }

    private static byte[] ownFile() throws IOException {
        try (InputStream file = RecordedClassesTest.class.getResourceAsStream("/" + FILE)) {
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
                out.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
                manifest.write(out);
            }
            out.putNextEntry(new ZipEntry(name));
            out.write(content);
        }
        return bytes.toByteArray();
    }
}
