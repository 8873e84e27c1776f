// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;

/**
 * An executable jar as Spring Boot makes it: its loader in the root, the applications in a jar that lies in the jar.
 */
final class FatJar {
    private static final String LAUNCHER = "org.springframework.boot.loader.launch.JarLauncher";

    private FatJar() {
    }

    /** Writes a jar whose main class is that application, with these libraries beside the applications. */
    static Path write(Path jar, String application, Path... libraries) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(Attributes.Name.MAIN_CLASS, LAUNCHER);
        main.putValue("Start-Class", "org.example.app." + application);
        try (OutputStream file = Files.newOutputStream(jar); JarOutputStream out =
            new JarOutputStream(file, manifest)) {
            addLoader(out);
            addLibrary(out, "applications.jar", applications());
            for (Path library : libraries) {
                addLibrary(out, library.getFileName().toString(), Files.readAllBytes(library));
            }
        }
        return jar;
    }

    private static void addLibrary(JarOutputStream out, String name, byte[] inner) throws IOException {
        JarEntry entry = new JarEntry("BOOT-INF/lib/" + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(inner.length);
        CRC32 sum = new CRC32();
        sum.update(inner);
        entry.setCrc(sum.getValue());
        add(out, entry, inner);
    }

    /** Writes a jar that holds that application and nothing else. */
    static Path writeOnly(Path jar, String application) throws IOException {
        String type = "org/example/app/" + application;
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, type.replace('/', '.'));
        try (OutputStream file = Files.newOutputStream(jar); JarOutputStream out =
            new JarOutputStream(file, manifest)) {
            String name = type + ".class";
            add(out, new JarEntry(name), Files.readAllBytes(Path.of(Jvm.applications()).resolve(name)));
        }
        return jar;
    }

    private static void addLoader(JarOutputStream out) throws IOException {
        try (JarFile loader = new JarFile(Jvm.whereIs(LAUNCHER))) {
            for (JarEntry entry
                : (Iterable<JarEntry>) loader.stream().filter(each -> each.getName().startsWith("org/"))::iterator) {
                try (InputStream in = loader.getInputStream(entry)) {
                    add(out, new JarEntry(entry.getName()), in.readAllBytes());
                }
            }
        }
    }

    private static byte[] applications() throws IOException {
        Path classes = Path.of(Jvm.applications());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream out = new JarOutputStream(bytes); Stream<Path> files =
            Files.walk(classes.resolve("org"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                add(out, new JarEntry(classes.relativize(file).toString()), Files.readAllBytes(file));
            }
        }
        return bytes.toByteArray();
    }

    private static void add(JarOutputStream out, JarEntry entry, byte[] content) throws IOException {
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
    }
}
