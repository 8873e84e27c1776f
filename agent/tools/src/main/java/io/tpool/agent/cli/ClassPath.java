// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.cli;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * The classes of a class path as {@code java -cp} takes it: directories, jars, {@code DIRECTORY/*}, and the jars that a
 * jar's manifest names. Looks into the jars that lie in executable jars and wars ({@code BOOT-INF}, {@code WEB-INF}) as
 * well.
 *
 * <p>Is a loader only for the sake of those who ask a loader for resources: it never defines a class.
 */
final class ClassPath extends ClassLoader implements ClassFiles, AutoCloseable {
    private static final String SUFFIX = ".class";
    private static final List<String> CLASS_FOLDERS = List.of("BOOT-INF/classes/", "WEB-INF/classes/");
    private static final List<String> JAR_FOLDERS = List.of("BOOT-INF/lib/", "WEB-INF/lib/");

    /** By internal name; the first on the path wins, as in the JVM. */
    private final Map<String, Bytes> classes = new LinkedHashMap<>();
    private final List<String> missing = new ArrayList<>();
    private final List<JarFile> open = new ArrayList<>();

    ClassPath(String path) throws IOException {
        super(ClassLoader.getPlatformClassLoader());
        Set<Path> seen = new LinkedHashSet<>();
        for (String element : path.split(File.pathSeparator)) {
            if (element.endsWith(File.separator + "*") || element.equals("*")) {
                for (Path jar
                    : jarsIn(Path.of(element.equals("*") ? "." : element.substring(0, element.length() - 2)))) {
                    add(jar, seen);
                }
            } else if (!element.isEmpty()) {
                add(Path.of(element), seen);
            }
        }
    }

    /** Elements that are not there, which the JVM passes over in silence. */
    List<String> missing() {
        return missing;
    }

    @Override
    public void accept(Visitor visitor) throws IOException {
        for (Map.Entry<String, Bytes> each : classes.entrySet()) {
            visitor.visit(each.getKey(), each.getValue());
        }
    }

    @Override
    public InputStream getResourceAsStream(String name) {
        Bytes found = name.endsWith(SUFFIX) ? classes.get(name.substring(0, name.length() - SUFFIX.length())) : null;
        if (found == null) {
            return getParent().getResourceAsStream(name);
        }
        try {
            return new ByteArrayInputStream(found.read());
        } catch (IOException e) {
            return null;
        }
    }

    private List<Path> jarsIn(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            missing.add(directory.toString());
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar") || file.toString().endsWith(".JAR")).sorted()
                .toList();
        }
    }

    private void add(Path element, Set<Path> seen) throws IOException {
        if (!seen.add(element.toAbsolutePath().normalize())) {
            return;
        }
        if (Files.isDirectory(element)) {
            addDirectory(element);
        } else if (Files.isRegularFile(element)) {
            addJar(element, seen);
        } else {
            missing.add(element.toString());
        }
    }

    private void addDirectory(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                add(directory.relativize(file).toString().replace(File.separatorChar, '/'),
                    () -> Files.readAllBytes(file));
            }
        }
    }

    private void addJar(Path file, Set<Path> seen) throws IOException {
        JarFile jar = new JarFile(file.toFile(), false, ZipFile.OPEN_READ, Runtime.version());
        open.add(jar);
        for (JarEntry entry : (Iterable<JarEntry>) jar.versionedStream()::iterator) {
            String name = entry.getName();
            add(name, () -> read(jar, entry));
            for (String folder : CLASS_FOLDERS) {
                if (name.startsWith(folder)) {
                    add(name.substring(folder.length()), () -> read(jar, entry));
                }
            }
            if (name.endsWith(".jar") && JAR_FOLDERS.stream().anyMatch(name::startsWith)) {
                addNested(read(jar, entry));
            }
        }
        String more = jar.getManifest() == null ? null
            : jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
        for (String relative : more == null ? new String[0] : more.strip().split("\\s+")) {
            Path next = file.resolveSibling(relative.startsWith("file:") ? relative.substring("file:".length())
                : relative);
            if (Files.exists(next)) {
                add(next, seen);
            }
        }
    }

    private void addNested(byte[] jar) throws IOException {
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(jar))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.getName().endsWith(SUFFIX)) {
                    byte[] file = in.readAllBytes();
                    add(entry.getName(), () -> file);
                }
            }
        }
    }

    private void add(String file, Bytes bytes) {
        if (file.endsWith(SUFFIX) && !file.startsWith("META-INF/") && !file.equals("module-info.class")) {
            classes.putIfAbsent(file.substring(0, file.length() - SUFFIX.length()), bytes);
        }
    }

    private static byte[] read(JarFile jar, JarEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    @Override
    public void close() throws IOException {
        for (JarFile jar : open) {
            jar.close();
        }
    }
}
