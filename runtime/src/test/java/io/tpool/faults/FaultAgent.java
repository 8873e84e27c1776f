// SPDX-License-Identifier: Apache-2.0
package io.tpool.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Rewrites what of the runtime a call passes through on its way to a pool thread and home: before each call and each
 * allocation it asks
 * {@link Faults}. Its argument is the directory of the runtime's classes. The sites have the same numbers in each JVM.
 */
public final class FaultAgent {
    /** What no call passes through. */
    private static final Set<String> NOT = Set.of("SelfTest", "Pools", "PoolConfig", "Saturation", "ListedMethods",
            "MethodFigures",
            "MethodCounters", "Mode", "Outcome", "OffloadRecorder", "PoolTask", "package-info");
    private static final List<Site> SITES = new ArrayList<>();

    private FaultAgent() {
    }

    /** By the JVM. */
    public static void premain(String argument, Instrumentation instrumentation) throws IOException {
        Path classes = Path.of(argument);
        Map<String, byte[]> rewritten = new HashMap<>();
        for (String folder : List.of("pool", "offload")) {
            for (Path file : files(classes.resolve("io/tpool/internal").resolve(folder))) {
                String name = classes.relativize(file).toString().replace(".class", "");
                rewritten.put(name, FaultVisitor.rewrite(Files.readAllBytes(file), SITES));
            }
        }
        instrumentation.addTransformer(new ClassFileTransformer() {
            @Override
            public byte[] transform(ClassLoader loader, String name, Class<?> type, ProtectionDomain domain,
                    byte[] bytes) {
                return name == null ? null : rewritten.get(name);
            }
        });
    }

    private static List<Path> files(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> !NOT.contains(outermost(file))).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String outermost(Path file) {
        return file.getFileName().toString().replace(".class", "").replaceFirst("\\$.*", "");
    }

    static List<Site> sites() {
        return SITES;
    }
}
