// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * The class files in the archives of an application: in those of its class path, in those that their manifests name,
 * in the folders of executable jars and wars ({@code BOOT-INF/classes}, {@code WEB-INF/classes}), and in archives that
 * lie in an archive. A jar whose manifest names archives in a folder below its own is a runner, as Quarkus makes them:
 * its loader reads more archives of that folder than the manifest names, so all of them count.
 *
 * <p>What lies inside is looked up in an index, which is made when a class is in none of the archives themselves.
 */
final class ArchivedClasses implements AutoCloseable {
    private static final String SUFFIX = ".class";
    private static final String CLASS_FOLDER = "-INF/classes/";
    private static final int DEPTH = 4;
    private static final int MOST_ARCHIVES = 5_000;

    private final List<ZipFile> archives = new ArrayList<>();
    private final Set<Path> seen = new HashSet<>();
    private Map<String, Place> inside;

    /** Where a class file lies: in an entry, or in an entry of the archive that the entry is. */
    private record Place(ZipFile archive, ZipEntry entry, String nested) {
    }

    /** Adds an archive, and those that its manifest leads to. A file that is no archive adds nothing. */
    void add(Path file) {
        if (seen.size() >= MOST_ARCHIVES || !seen.add(file.toAbsolutePath().normalize()) || !Files.isReadable(file)) {
            return;
        }
        try {
            ZipFile archive = new ZipFile(file.toFile());
            archives.add(archive);
            addNamed(file, archive);
        } catch (IOException e) {
            return; // not an archive, or gone: the JVM that ran with it did not mind either
        }
    }

    private void addNamed(Path file, ZipFile archive) throws IOException {
        ZipEntry entry = archive.getEntry("META-INF/MANIFEST.MF");
        if (entry == null) {
            return;
        }
        String classPath;
        try (InputStream in = archive.getInputStream(entry)) {
            classPath = new Manifest(in).getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
        }
        boolean isRunner = false;
        for (String name : classPath == null ? new String[0] : classPath.strip().split("\\s+")) {
            Path named = file.resolveSibling(name.startsWith("file:") ? name.substring("file:".length()) : name);
            if (Files.isRegularFile(named)) {
                isRunner |= !name.startsWith("..") && !named.getParent().equals(file.getParent());
                add(named);
            }
        }
        if (isRunner) {
            addBelow(file.toAbsolutePath().getParent());
        }
    }

    private void addBelow(Path folder) throws IOException {
        try (Stream<Path> files = Files.find(folder, DEPTH, (file, attributes) -> attributes.isRegularFile()
            && file.toString().endsWith(".jar")).limit(MOST_ARCHIVES)) {
            files.forEach(this::add);
        }
    }

    /** Returns the first class file of that name, null if there is none. */
    byte[] find(String name) throws IOException {
        for (ZipFile archive : archives) {
            ZipEntry entry = archive.getEntry(name);
            if (entry != null) {
                return read(new Place(archive, entry, null));
            }
        }
        if (inside == null) {
            inside = index();
        }
        Place place = inside.get(name);
        return place == null ? null : read(place);
    }

    private Map<String, Place> index() throws IOException {
        Map<String, Place> index = new HashMap<>();
        for (ZipFile archive : archives) {
            for (ZipEntry entry : (Iterable<ZipEntry>) archive.stream().<ZipEntry>map(each -> each)::iterator) {
                String name = entry.getName();
                int folder = name.indexOf(CLASS_FOLDER);
                if (folder >= 0 && name.endsWith(SUFFIX)) {
                    index.putIfAbsent(name.substring(folder + CLASS_FOLDER.length()), new Place(archive, entry, null));
                } else if (name.endsWith(".jar") || name.endsWith(".war")) {
                    indexNested(index, archive, entry);
                }
            }
        }
        return index;
    }

    private static void indexNested(Map<String, Place> index, ZipFile archive, ZipEntry entry) throws IOException {
        try (ZipInputStream in = new ZipInputStream(archive.getInputStream(entry))) {
            for (ZipEntry nested = in.getNextEntry(); nested != null; nested = in.getNextEntry()) {
                if (nested.getName().endsWith(SUFFIX)) {
                    index.putIfAbsent(nested.getName(), new Place(archive, entry, nested.getName()));
                }
            }
        }
    }

    private static byte[] read(Place place) throws IOException {
        try (InputStream in = place.archive.getInputStream(place.entry)) {
            if (place.nested == null) {
                return in.readAllBytes();
            }
            ZipInputStream archive = new ZipInputStream(in);
            for (ZipEntry each = archive.getNextEntry(); each != null; each = archive.getNextEntry()) {
                if (each.getName().equals(place.nested)) {
                    return archive.readAllBytes();
                }
            }
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        for (ZipFile archive : archives) {
            archive.close();
        }
    }
}
