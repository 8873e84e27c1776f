// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.boot;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.Month;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A jar to load the agent by into a JVM that runs: it holds nothing but a manifest, whose class path is the agent's
 * jar. The {@code Boot-Class-Path} of the agent's own manifest is for start-up: a running JVM answers it with a
 * warning, and gives up the shared archive of the application's classes.
 *
 * @since 1.0
 */
public final class AttachmentJar {
    private AttachmentJar() {
    }

    /**
     * Writes one.
     *
     * @param agent the agent's jar
     * @return a temporary file, to be deleted when the agent is loaded
     * @throws IOException if it cannot be written
     */
    public static Path write(File agent) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(Attributes.Name.CLASS_PATH, agent.getAbsoluteFile().toURI().toString());
        main.putValue("Agent-Class", "io.tpool.agent.boot.PreMain");
        main.putValue("Can-Redefine-Classes", "true");
        main.putValue("Can-Retransform-Classes", "true");
        main.putValue("Can-Set-Native-Method-Prefix", "true");
        Path jar = Files.createTempFile("tpool-attach", ".jar");
        // With a time of its own: that of the system would have all time zones loaded.
        ZipEntry entry = new ZipEntry(JarFile.MANIFEST_NAME);
        entry.setTimeLocal(LocalDateTime.of(2000, Month.JANUARY, 1, 0, 0));
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(entry);
            manifest.write(out);
        }
        // Of another user's JVM, which root may attach to.
        jar.toFile().setReadable(true, false);
        return jar;
    }
}
