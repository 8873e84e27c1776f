// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathSearchTest {
    @Test
    void classes_are_found_in_directories_and_jars_of_the_class_path_and_in_the_jdk() {
        assertTrue(ClassPathSearch.finds("io/tpool/agent/ClassPathSearchTest"));
        assertTrue(ClassPathSearch.finds("org/junit/jupiter/api/Test"));
        assertTrue(ClassPathSearch.finds("java/sql/Statement"));
    }

    @Test
    void a_class_that_is_nowhere_is_not_found() {
        assertFalse(ClassPathSearch.finds("io/tpool/agent/Nowhere"));
        assertFalse(ClassPathSearch.finds("java/sql/Nowhere"));
    }

    @Test
    void a_class_in_a_jar_in_a_jar_is_found_inside_whether_the_inner_jar_is_compressed_or_not(@TempDir Path directory)
            throws IOException {
        for (int method : new int[] {ZipEntry.STORED, ZipEntry.DEFLATED}) {
            Path jar = fatJar(directory.resolve("fat !" + method + ".jar"), method);
            String before = System.setProperty("java.class.path", jar.toString());
            try {
                assertFalse(ClassPathSearch.finds("com/acme/lib/Deep"));
                assertTrue(ClassPathSearch.findsInside("com/acme/lib/Deep"));
                assertTrue(ClassPathSearch.findsInside("com/acme/app/Main"));
                assertFalse(ClassPathSearch.findsInside("com/acme/lib/Deeper"));
            } finally {
                System.setProperty("java.class.path", before);
            }
        }
    }

    /**
     * {@code BOOT-INF/classes/com/acme/app/Main.class} and a jar with a class behind much that cannot be compressed.
     */
    private static Path fatJar(Path file, int method) throws IOException {
        byte[] noise = new byte[300_000];
        new Random(1).nextBytes(noise);
        byte[] inner = zip(ZipEntry.DEFLATED, "noise", noise, "com/acme/lib/Deep.class", new byte[] {1});
        return Files.write(file,
            zip(method, "BOOT-INF/classes/com/acme/app/Main.class", new byte[] {1}, "BOOT-INF/lib/inner.jar", inner));
    }

    private static byte[] zip(int method, String firstName, byte[] first, String secondName,
        byte[] second) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            add(out, method, firstName, first);
            add(out, method, secondName, second);
        }
        return bytes.toByteArray();
    }

    private static void add(ZipOutputStream out, int method, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(method);
        entry.setSize(content.length);
        CRC32 sum = new CRC32();
        sum.update(content);
        entry.setCrc(sum.getValue());
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
    }
}
