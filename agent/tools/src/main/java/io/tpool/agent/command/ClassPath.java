// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.command;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * The class files of a class path as {@code java -cp} takes it: directories, archives, {@code DIRECTORY/*}, and what
 * the manifest of an archive names. As in the JVM the first class of a name wins. After them come the classes that only
 * loaders of the application's own find: those in the folders of executable jars and wars ({@code BOOT-INF/classes},
 * {@code WEB-INF/classes}), and those in archives that lie in an archive. They are looked for when they are needed.
 *
 * <p>A runner, as Quarkus makes them, is a jar whose manifest names archives in a folder below its own, the main class
 * among them. Its loader reads more archives of that folder than the manifest names, so all of them count.
 */
public final class ClassPath implements ClassFiles, AutoCloseable {
    private static final String SUFFIX = ".class";
    private static final String CLASS_FOLDER = "-INF/classes/";
    private static final int DEPTH = 4;
    private static final int MOST_ELEMENTS = 5_000;

    private final boolean isReadWhole;
    private final List<Element> elements = new ArrayList<>();
    private final Set<Path> seen = new HashSet<>();
    private final List<String> missing = new ArrayList<>();
    private Map<String, Bytes> inside;

    /** A directory or an archive. */
    private interface Element extends ClassFiles {
        /** Returns a class file, null if it is not there. */
        Bytes find(String file);
    }

    private record Directory(Path path) implements Element {
        @Override
        public Bytes find(String file) {
            Path found = path.resolve(file);
            return Files.exists(found) ? () -> Files.readAllBytes(found) : null;
        }

        @Override
        public void accept(Visitor visitor) throws IOException {
            try (Stream<Path> files = Files.walk(path)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    visitor.visit(path.relativize(file).toString().replace(File.separatorChar, '/'),
                        () -> Files.readAllBytes(file));
                }
            }
        }
    }

    private record Archive(JarFile jar) implements Element {
        @Override
        public Bytes find(String file) {
            JarEntry entry = jar.getJarEntry(file);
            return entry == null ? null : () -> read(entry);
        }

        @Override
        public void accept(Visitor visitor) throws IOException {
            for (JarEntry entry : (Iterable<JarEntry>) jar.versionedStream()::iterator) {
                visitor.visit(entry.getName(), () -> read(entry));
            }
        }

        byte[] read(ZipEntry entry) throws IOException {
            try (InputStream in = jar.getInputStream(entry)) {
                return in.readAllBytes();
            }
        }
    }

    /**
     * Opens the archives of a class path.
     *
     * @param workingDirectory where a relative element starts
     * @param path             the elements; the empty string has none
     * @param isReadWhole      whether most classes will be read. Those in nested archives then stay in memory;
     *                         otherwise each one that is read costs a pass over the archive around it.
     */
    public ClassPath(Path workingDirectory, String path, boolean isReadWhole) {
        this.isReadWhole = isReadWhole;
        for (String element : path.isEmpty() ? new String[0] : path.split(File.pathSeparator)) {
            boolean isWildcard = element.equals("*") || element.endsWith(File.separator + "*");
            Path named = workingDirectory.resolve(isWildcard ? element.substring(0, element.length() - 1) : element);
            if (isWildcard ? !addAll(named, 1) : !add(named)) {
                missing.add(named.toString());
            }
        }
    }

    /**
     * Names the elements that are not there, or are neither directories nor archives. The JVM passes over them in
     * silence.
     *
     * @return as they were given
     */
    public List<String> missing() {
        return missing;
    }

    /** Adds the archives in a folder. Returns false if there is none, or it cannot be read. */
    private boolean addAll(Path folder, int depth) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.find(folder, depth, (file, attributes) -> attributes.isRegularFile()
            && file.toString().matches(".*\\.(jar|JAR)")).limit(MOST_ELEMENTS).sorted()) {
            files.forEach(this::add);
            return true;
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    /** Adds an element and what its manifest leads to. Returns false if there is none, or it cannot be read. */
    private boolean add(Path path) {
        if (seen.size() >= MOST_ELEMENTS || !seen.add(path.toAbsolutePath().normalize())) {
            return true;
        }
        if (Files.isDirectory(path)) {
            elements.add(new Directory(path));
            return true;
        }
        try {
            JarFile jar = new JarFile(path.toFile(), false, ZipFile.OPEN_READ, Runtime.version());
            elements.add(new Archive(jar));
            addNamed(path.toAbsolutePath().normalize(), jar);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void addNamed(Path file, JarFile jar) throws IOException {
        Manifest manifest = jar.getManifest();
        String classPath = manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
        if (classPath == null || classPath.isBlank()) {
            return;
        }
        boolean hasFolder = false;
        for (String name : classPath.strip().split("\\s+")) {
            Path named = named(file, name);
            if (named != null && Files.exists(named)) {
                hasFolder |= named.startsWith(file.getParent()) && !named.getParent().equals(file.getParent());
                add(named);
            }
        }
        String main = manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
        if (hasFolder && main != null && jar.getEntry(main.strip().replace('.', '/') + SUFFIX) == null) {
            addAll(file.getParent(), DEPTH);
        }
    }

    /** Returns the file that a manifest names by its URL; null if it is none, which the JVM passes over as well. */
    private static Path named(Path file, String url) {
        try {
            URI named = file.toUri().resolve(url);
            return "file".equals(named.getScheme()) ? Path.of(named) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    @Override
    public void accept(Visitor visitor) throws IOException {
        Set<String> visited = new HashSet<>();
        Visitor firstOfEach = (name, file) -> {
            String type = isClass(name) ? name.substring(0, name.length() - SUFFIX.length()) : null;
            if (type != null && visited.add(type)) {
                visitor.visit(type, file);
            }
        };
        for (Element element : elements) {
            element.accept(firstOfEach);
        }
        for (Map.Entry<String, Bytes> each : inside().entrySet()) {
            firstOfEach.visit(each.getKey(), each.getValue());
        }
    }

    private static boolean isClass(String file) {
        return file.endsWith(SUFFIX) && !file.contains("-INF/") && !file.equals("module-info.class");
    }

    /**
     * Reads a class.
     *
     * @param file its name, with slashes and {@code .class}
     * @return the first of that name, null if there is none
     * @throws IOException if it cannot be read
     */
    public byte[] find(String file) throws IOException {
        for (Element element : elements) {
            Bytes found = element.find(file);
            if (found != null) {
                return found.read();
            }
        }
        Bytes found = inside().get(file);
        return found == null ? null : found.read();
    }

    /** Returns what only loaders of the application's own find. */
    private Map<String, Bytes> inside() throws IOException {
        if (inside == null) {
            Map<String, Bytes> found = new LinkedHashMap<>();
            for (Element element : elements) {
                if (element instanceof Archive archive) {
                    addInside(archive, found);
                }
            }
            inside = found;
        }
        return inside;
    }

    private void addInside(Archive archive, Map<String, Bytes> found) throws IOException {
        for (JarEntry entry : (Iterable<JarEntry>) archive.jar.stream()::iterator) {
            String name = entry.getName();
            int folder = name.indexOf(CLASS_FOLDER);
            if (folder >= 0 && name.endsWith(SUFFIX)) {
                found.putIfAbsent(name.substring(folder + CLASS_FOLDER.length()), () -> archive.read(entry));
            } else if (name.endsWith(".jar") || name.endsWith(".war")) {
                addNested(archive, entry, found);
            }
        }
    }

    private void addNested(Archive archive, ZipEntry entry, Map<String, Bytes> found) throws IOException {
        try (ZipInputStream in = new ZipInputStream(archive.jar.getInputStream(entry))) {
            for (ZipEntry nested = in.getNextEntry(); nested != null; nested = in.getNextEntry()) {
                String name = nested.getName();
                if (isClass(name) && !found.containsKey(name)) {
                    byte[] file = isReadWhole ? in.readAllBytes() : null;
                    found.put(name, isReadWhole ? () -> file : () -> readNested(archive, entry, name));
                }
            }
        }
    }

    private static byte[] readNested(Archive archive, ZipEntry entry, String name) throws IOException {
        try (ZipInputStream in = new ZipInputStream(archive.jar.getInputStream(entry))) {
            for (ZipEntry nested = in.getNextEntry(); nested != null; nested = in.getNextEntry()) {
                if (nested.getName().equals(name)) {
                    return in.readAllBytes();
                }
            }
            throw new IOException(archive.jar.getName() + " has changed");
        }
    }

    @Override
    public void close() throws IOException {
        for (Element element : elements) {
            if (element instanceof Archive archive) {
                archive.jar.close();
            }
        }
    }
}
