// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.boot;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.jar.JarFile;

/**
 * Puts the runtime on the boot loader, where woven code of every loader finds it, when the manifest's
 * {@code Boot-Class-Path} has not: it holds for one file name only. The agent's own classes, which lie beside it in the
 * root of the jar, then come from {@link LazyParts#loader}.
 *
 * <p>{@link Instrumentation#appendToBootstrapClassLoaderSearch} would do it too, but the JVM then gives up the shared
 * archive of the application's classes, with a warning on standard error. All classes are defined at once, because the
 * boot loader asks nobody for a class that it misses later.
 */
final class BootClasses {
    /** The class files in the root of the jar that belong on the boot loader, one a line; written by the build. */
    private static final String LIST = "boot-classes";

    private BootClasses() {
    }

    static void define(File jar, Instrumentation instrumentation) throws Exception {
        AgentLoader loader = new AgentLoader(jar, ClassLoader.getPlatformClassLoader());
        JdkExport.to(loader.getUnnamedModule(), instrumentation);
        try {
            @SuppressWarnings("unchecked")
            Consumer<byte[]> definer = (Consumer<byte[]>) loader.loadClass("io.tpool.agent.jdk.BootDefiner")
                .getDeclaredConstructor().newInstance();
            define(read(loader), definer);
        } catch (IncompatibleClassChangeError e) {
            // A JDK whose Unsafe has no such method any more: rather a warning of the JVM than no agent.
            instrumentation.appendToBootstrapClassLoaderSearch(new JarFile(jar));
        }
    }

    private static List<byte[]> read(AgentLoader loader) throws IOException {
        List<byte[]> classFiles = new ArrayList<>();
        try (InputStream list = loader.getResourceAsStream(LIST);
                BufferedReader lines = new BufferedReader(new InputStreamReader(list, StandardCharsets.ISO_8859_1))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                classFiles.add(loader.readRoot(line));
            }
        }
        return classFiles;
    }

    /** Defines what can be defined, again and again: a class needs those that it extends or implements. */
    private static void define(List<byte[]> classFiles, Consumer<byte[]> definer) {
        List<byte[]> left = classFiles;
        int before;
        do {
            before = left.size();
            List<byte[]> next = new ArrayList<>();
            for (byte[] classFile : left) {
                try {
                    definer.accept(classFile);
                } catch (NoClassDefFoundError e) {
                    next.add(classFile);
                }
            }
            left = next;
        } while (!left.isEmpty() && left.size() < before);
        // What is left needs a module that this runtime image does not have, jdk.jfr say; nobody uses it then.
    }
}
