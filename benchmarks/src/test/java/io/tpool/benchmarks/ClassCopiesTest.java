// SPDX-License-Identifier: Apache-2.0
package io.tpool.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassCopiesTest {
    @Test
    void theCopiesAreClassesOfTheirOwn(@TempDir Path directory) throws Exception {
        Path jar = directory.resolve("copies.jar");
        ClassCopies.write("benchmarked.many.Part00000", 12, jar);
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, getClass().getClassLoader())) {
            Class<?> copy = Class.forName("benchmarked.many.Part00011", true, loader);
            Object one = copy.getConstructor(int.class, String.class).newInstance(1, "one");
            assertEquals("one", one.toString());
            assertThrows(ClassNotFoundException.class, () -> loader.loadClass("benchmarked.many.Part00012"));
        }
    }
}
