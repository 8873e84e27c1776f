// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.cli;

import io.tpool.agent.command.ClassPath;
import io.tpool.agent.config.Configuration;
import io.tpool.agent.pattern.ListedPattern;
import io.tpool.agent.weave.Outcome;
import io.tpool.agent.weave.DryRun;
import io.tpool.agent.weave.WeaverListener;
import io.tpool.agent.weave.WeaverOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the patterns of a configuration mean among given classes, decided by the weaver's own code. Loads none of them.
 */
final class Resolution implements WeaverListener {
    private final Configuration configuration;
    private final DryRun dryRun;
    private final GeneratedTypes generated;
    private final Map<ListedPattern, Set<String>> woven = new HashMap<>();
    private final Map<ListedPattern, Set<String>> left = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    /** A loader only for the sake of those who ask a loader for resources: it never defines a class. */
    private static final class ResourceLoader extends ClassLoader {
        private final ClassPath classPath;

        ResourceLoader(ClassPath classPath) {
            super(ClassLoader.getPlatformClassLoader());
            this.classPath = classPath;
        }

        @Override
        public InputStream getResourceAsStream(String name) {
            try {
                byte[] found = classPath.find(name);
                return found == null ? getParent().getResourceAsStream(name) : new ByteArrayInputStream(found);
            } catch (IOException e) {
                return null; // as any loader, which says no more either
            }
        }
    }

    Resolution(Configuration configuration) {
        this.configuration = configuration;
        generated = new GeneratedTypes(configuration.patterns().listed());
        dryRun = new DryRun(configuration.patterns(), WeaverOptions.forThisJdk(ListedPattern::mode, this));
    }

    void resolveIn(ClassPath classPath) throws IOException {
        ClassLoader resources = new ResourceLoader(classPath);
        classPath.accept((name, file) -> {
            generated.see(name);
            if (mayMatter(name)) {
                dryRun.loading(resources, name, file.read());
            }
        });
    }

    void resolveIn(JdkClasses jdk) throws IOException {
        Set<String> early = JdkClasses.loadedBeforeAgents();
        jdk.accept((name, file) -> {
            generated.see(name);
            if (mayMatter(name)) {
                String dotted = name.replace('/', '.');
                if (early.contains(dotted)) {
                    dryRun.loaded(bootClass(dotted), file.read());
                } else {
                    dryRun.loading(null, name, file.read());
                }
            }
        });
    }

    /** A class of the boot loader that every JVM has loaded, this one too. */
    private static Class<?> bootClass(String name) throws IOException {
        try {
            return Class.forName(name, false, null);
        } catch (ClassNotFoundException e) {
            throw new IOException(name + " is loaded and cannot be found", e);
        }
    }

    private boolean mayMatter(String name) {
        return configuration.patterns().hasSubtypePatterns() || configuration.patterns().mayMatch(name);
    }

    @Override
    public void outcome(Outcome outcome) {
        if (outcome.state() == Outcome.State.WOVEN) {
            String limit = outcome.detail() == null ? "" : "  (" + outcome.detail() + ")";
            woven.computeIfAbsent(outcome.listed(), key -> new TreeSet<>()).add(outcome.method() + limit);
        } else if (outcome.state() == Outcome.State.LEFT) {
            String instead = outcome.detail() == null ? outcome.why().remedy() : "list " + outcome.detail();
            left.computeIfAbsent(outcome.listed(), key -> new TreeSet<>())
                .add(outcome.method() + " " + outcome.why().reason() + "; " + instead);
        }
    }

    @Override
    public void problem(String type, Throwable cause) {
        problems.add(type + " could not be woven: " + cause);
    }

    /** Which types may be made at run time. */
    GeneratedTypes generated() {
        return generated;
    }

    /** The methods that a pattern has woven, with what limits them. */
    Set<String> woven(ListedPattern pattern) {
        return woven.getOrDefault(pattern, Set.of());
    }

    /** The methods that a pattern means and that are left alone, each with the reason and the way out. */
    Set<String> left(ListedPattern pattern) {
        return left.getOrDefault(pattern, Set.of());
    }

    /** What the weaver itself could not cope with. */
    List<String> problems() {
        return problems;
    }
}
