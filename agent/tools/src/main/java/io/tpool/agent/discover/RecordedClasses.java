// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import io.tpool.agent.command.ClassPath;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Looks things up in the class files of the application that was recorded, as far as they can be read here: its class
 * path, and its JDK.
 */
final class RecordedClasses implements Bytecode, AutoCloseable {

    private static final int REMEMBERED = 4096;

    private final ClassPath classPath;
    private final Map<String, CodeMap> classes = new HashMap<>();
    private FileSystem jdk;

    /**
     * @param workingDirectory what a relative class path starts from
     * @param classPath the class path of the application, or null
     * @param javaHome the JDK that it ran on, or null
     */
    RecordedClasses(Path workingDirectory, String classPath, String javaHome) {
        this.classPath = new ClassPath(workingDirectory, classPath == null ? "" : classPath, false);
        if (javaHome != null && Files.isReadable(Path.of(javaHome, "lib", "jrt-fs.jar"))) {
            try {
                jdk = FileSystems.newFileSystem(URI.create("jrt:/"), Map.of("java.home", javaHome));
            } catch (IOException | ProviderNotFoundException | FileSystemNotFoundException
                    | IllegalArgumentException e) {
                jdk = null; // the JDK's own methods are then judged by their names alone
            }
        }
    }

    @Override
    public boolean holdsMonitor(Frame frame) {
        return frame.bytecodeIndex() >= 0 && of(frame.method()).holdsMonitor(frame.method(), frame.bytecodeIndex());
    }

    @Override
    public boolean loops(Frame frame) {
        return frame.bytecodeIndex() >= 0 && of(frame.method()).loops(frame.method(), frame.bytecodeIndex());
    }

    @Override
    public boolean lendsCarrier(MethodRef method) {
        return method.bootstrap() && of(method).lendsCarrier(method);
    }

    @Override
    public boolean bindsByReflection(MethodRef method) {
        return of(method).registersNatives();
    }

    private CodeMap of(MethodRef method) {
        CodeMap known = classes.get(method.type());
        if (known == null) {
            if (classes.size() >= REMEMBERED) {
                classes.clear();
            }
            known = read(method);
            classes.put(method.type(), known);
        }
        return known;
    }

    /** Returns the calls in a class's methods; none if its class file cannot be found. */
    CallSites callSites(String type, boolean bootstrap) {
        return parse(type, bootstrap, CallSites.EMPTY, CallSites::of);
    }

    private CodeMap read(MethodRef method) {
        return method.hidden() ? CodeMap.EMPTY : parse(method.type(), method.bootstrap(), CodeMap.EMPTY, CodeMap::of);
    }

    private <T> T parse(String type, boolean bootstrap, T nothing, Function<byte[], T> parser) {
        try {
            byte[] bytes = bytes(type.replace('.', '/') + ".class", bootstrap);
            return bytes == null ? nothing : parser.apply(bytes);
        } catch (IOException | RuntimeException e) {
            return nothing; // a class file that cannot be read, or is newer than ASM, says nothing
        }
    }

    private byte[] bytes(String resource, boolean ofJdk) throws IOException {
        if (ofJdk && jdk != null) {
            Path modules =
                jdk.getPath("/packages",
                resource.substring(0, Math.max(0, resource.lastIndexOf('/'))).replace('/', '.'));
            if (Files.isDirectory(modules)) {
                try (var module = Files.newDirectoryStream(modules)) {
                    for (Path one : module) {
                        Path file = jdk.getPath("/modules", one.getFileName().toString(), resource);
                        if (Files.exists(file)) {
                            return Files.readAllBytes(file);
                        }
                    }
                }
            }
            return null;
        }
        return classPath.find(resource);
    }

    @Override
    public void close() throws IOException {
        classPath.close();
        if (jdk != null) {
            jdk.close();
        }
    }
}
