// SPDX-License-Identifier: Apache-2.0
package io.tpool.benchmarks;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** A jar of copies of one class under other names of the same length. */
final class ClassCopies {
    private ClassCopies() {
    }

    /**
     * Writes the jar.
     *
     * @param first binary name of the class, which ends in zeros; the copies count from there
     * @param count how many, the class itself included
     * @param jar where to
     */
    static void write(String first, int count, Path jar) throws IOException {
        String path = first.replace('.', '/');
        byte[] original = read(path + ".class");
        String stem = path.replaceFirst("0+$", "");
        String simple = path.substring(path.lastIndexOf('/') + 1);
        int digits = path.length() - stem.length();
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (int i = 0; i < count; i++) {
                String number = String.format(Locale.ROOT, "%0" + digits + "d", i);
                out.putNextEntry(new JarEntry(stem + number + ".class"));
                out.write(renamed(original, simple, simple.substring(0, simple.length() - digits) + number));
                out.closeEntry();
            }
        }
    }

    private static byte[] read(String resource) throws IOException {
        try (InputStream in = ClassCopies.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new FileNotFoundException(resource);
            }
            return in.readAllBytes();
        }
    }

    /** Names of the same length leave a class file valid: Latin-1 maps bytes to characters one to one. */
    private static byte[] renamed(byte[] classFile, String from, String to) {
        String text = new String(classFile, StandardCharsets.ISO_8859_1);
        return text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
    }
}
