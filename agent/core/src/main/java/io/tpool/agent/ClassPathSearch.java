// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Whether the application has a class that it has not loaded.
 *
 * <p>Looks at the class path itself before it asks the application's loader, which asks the JDK's first: for a class
 * that they do not have that costs more than all that the agent does before {@code main}.
 */
final class ClassPathSearch {
    private static final int CHUNK = 1 << 16;

    private ClassPathSearch() {
    }

    /**
     * Looks for a class.
     *
     * @param type internal name
     * @return false if the application's loader would not find it
     */
    static boolean finds(String type) {
        String name = type.concat(".class");
        for (File element : classPath()) {
            if (element.isDirectory() ? new File(element, name).isFile() : holds(element, name)) {
                return true;
            }
        }
        return ClassLoader.getSystemClassLoader().getResource(name) != null;
    }

    /**
     * Looks for a class inside the jars of the class path, where loaders of the application's own may find it: in a
     * folder such as {@code BOOT-INF/classes/}, and in jars that lie in a jar.
     *
     * @param type internal name
     * @return false if it is in none of them
     */
    static boolean findsInside(String type) {
        String name = type.concat(".class");
        for (File element : classPath()) {
            if (element.isFile() && holdsInside(element, name)) {
                return true;
            }
        }
        return false;
    }

    private static File[] classPath() {
        String[] elements = System.getProperty("java.class.path", "").split(File.pathSeparator);
        File[] files = new File[elements.length];
        for (int i = 0; i < files.length; i++) {
            files[i] = new File(elements[i]);
        }
        return files;
    }

    private static boolean holds(File jar, String name) {
        if (!jar.isFile()) {
            return false;
        }
        try (ZipFile file = new ZipFile(jar)) {
            return file.getEntry(name) != null;
        } catch (IOException noJar) {
            return false;   // nor does the loader find anything in it
        }
    }

    private static boolean holdsInside(File jar, String name) {
        try (ZipFile file = new ZipFile(jar)) {
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            for (Enumeration<? extends ZipEntry> entries = file.entries(); entries.hasMoreElements();) {
                ZipEntry entry = entries.nextElement();
                if (entry.getName().endsWith("/".concat(name))
                        || isArchive(entry.getName()) && mentions(file, entry, bytes)) {
                    return true;
                }
            }
            return false;
        } catch (IOException noJar) {
            return false;
        }
    }

    private static boolean isArchive(String name) {
        return name.endsWith(".jar") || name.endsWith(".war");
    }

    /** The names in a jar are not compressed, so that it need not be taken apart. */
    private static boolean mentions(ZipFile file, ZipEntry archive, byte[] name) throws IOException {
        byte[] buffer = new byte[Math.max(CHUNK, 2 * name.length)];
        int kept = 0;
        try (InputStream in = file.getInputStream(archive)) {
            for (int read = in.read(buffer); read > 0; read = in.read(buffer, kept, buffer.length - kept)) {
                int end = kept + read;
                if (contains(buffer, end, name)) {
                    return true;
                }
                kept = Math.min(end, name.length - 1);
                System.arraycopy(buffer, end - kept, buffer, 0, kept);
            }
        }
        return false;
    }

    private static boolean contains(byte[] buffer, int end, byte[] name) {
        for (int at = 0; at <= end - name.length; at++) {
            if (buffer[at] == name[0] && Arrays.equals(buffer, at, at + name.length, name, 0, name.length)) {
                return true;
            }
        }
        return false;
    }
}
