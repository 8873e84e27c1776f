// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.weave;

import io.tpool.agent.pattern.ListedPattern;
import io.tpool.agent.pattern.MethodPatterns;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;

/**
 * Weaves listed methods: those of classes yet to be loaded as they are loaded, and, as far as the JVM allows it, those
 * of loaded classes. Works until the JVM ends. All methods may be called by any thread.
 *
 * @since 1.0
 */
public final class Weaver {
    private final Instrumentation instrumentation;
    private final ClassMatcher matcher;

    private Weaver(Instrumentation instrumentation, ClassMatcher matcher) {
        this.instrumentation = instrumentation;
        this.matcher = matcher;
    }

    /**
     * Begins to weave. Classes that are loaded are not touched yet: see {@link #weaveLoaded}.
     *
     * @param instrumentation of this agent, able to retransform classes
     * @param patterns which methods are listed; their reports are written
     * @param options what else there is to know
     * @return the weaver at work
     */
    public static Weaver install(Instrumentation instrumentation, MethodPatterns patterns, WeaverOptions options) {
        return install(instrumentation, new ClassMatcher(patterns, options, HookTypes.RUNTIME, MethodIds.RUNTIME));
    }

    static Weaver install(Instrumentation instrumentation, ClassMatcher matcher) {
        matcher.prepare();
        boolean renames = instrumentation.isNativeMethodPrefixSupported();
        LoadTransformer atLoad = new LoadTransformer(matcher, renames);
        instrumentation.addTransformer(atLoad, false);
        if (renames) {
            instrumentation.setNativeMethodPrefix(atLoad, LoadTransformer.PREFIX);
        }
        instrumentation.addTransformer(new BodyTransformer(matcher), true);
        return new Weaver(instrumentation, matcher);
    }

    /**
     * Weaves listed methods of classes that are loaded and that nobody has looked at: on installation, and later for
     * classes that slipped through, such as those that were loaded while another was being woven. Never throws; what
     * the JVM refuses is left as it was and reported.
     */
    public void weaveLoaded() {
        List<Class<?>> found = new ArrayList<>();
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if (matcher.concerns(type) && wovenClassOf(type) == null && instrumentation.isModifiableClass(type)) {
                openPage(type);
                found.add(type);
            }
        }
        if (!found.isEmpty()) {
            retransform(found);
        }
    }

    /**
     * Lists something else from now on: weaves, in classes that are loaded, what is listed newly, and takes back what
     * is not listed any more. Patterns that stay must be the same objects.
     *
     * @param next what is listed from now on
     */
    public void change(MethodPatterns next) {
        MethodPatterns before = matcher.patterns();
        matcher.change(next);
        MethodPatterns changed = new MethodPatterns(difference(before.listed(), next.listed()), List.of());
        boolean everywhere = !before.exclusions().equals(next.exclusions());
        List<Class<?>> found = new ArrayList<>();
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            boolean affected = matcher.concerns(type, changed)
                || everywhere && (wovenClassOf(type) != null || matcher.concerns(type));
            if (affected && instrumentation.isModifiableClass(type)) {
                openPage(type);
                found.add(type);
            }
        }
        if (!found.isEmpty()) {
            retransform(found);
        }
    }

    /** What is in one of them. */
    private static List<ListedPattern> difference(List<ListedPattern> before, List<ListedPattern> next) {
        List<ListedPattern> different = new ArrayList<>(before);
        different.removeAll(next);
        List<ListedPattern> added = new ArrayList<>(next);
        added.removeAll(before);
        different.addAll(added);
        return different;
    }

    /** Gives what is listed. */
    public MethodPatterns patterns() {
        return matcher.patterns();
    }

    /**
     * Tells whether every class so far was loaded by a loader that the JDK or this agent made: then no class comes
     * from elsewhere than the class path.
     *
     * @return false if the application, or another agent, has a loader of its own
     */
    public boolean hasOnlyLoadersOfTheJdk() {
        ClassLoader system = ClassLoader.getSystemClassLoader();
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            ClassLoader loader = type.getClassLoader();
            if (loader != null && loader != system && loader != system.getParent()
                    && !isOfTheJdk(loader.getClass().getName())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOfTheJdk(String loader) {
        return loader.startsWith("jdk.") || loader.startsWith("sun.") || ClassMatcher.isOwn(loader.replace('.', '/'));
    }

    /**
     * Returns what became of every listed method that the weaver has met, of classes whose loaders are alive.
     *
     * @return outcomes in no particular order; those of classes that the JVM has loaded are settled
     */
    public List<Outcome> outcomes() {
        if (matcher.registry().isEmpty()) {
            return List.of();
        }
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if (matcher.concerns(type)) {
                WeaveRegistry.WovenClass wovenClass = wovenClassOf(type);
                if (wovenClass != null) {
                    wovenClass.accepted();
                }
            }
        }
        return matcher.registry().outcomes();
    }

    /** One JVM operation for all; if it fails, each half by itself, down to the class that is to blame. */
    private void retransform(List<Class<?>> types) {
        try {
            instrumentation.retransformClasses(types.toArray(new Class<?>[0]));
            for (Class<?> type : types) {
                wovenClassOf(type).accepted();
            }
        } catch (Throwable e) {
            // Another agent's doing perhaps; in any case the JVM has kept the classes as they were.
            if (types.size() == 1) {
                wovenClassOf(types.get(0)).refused(e.toString());
                return;
            }
            int half = types.size() / 2;
            retransform(types.subList(0, half));
            retransform(types.subList(half, types.size()));
        }
    }

    private void openPage(Class<?> type) {
        matcher.registry().open(type.getClassLoader(), ClassMatcher.internalName(type));
    }

    private WeaveRegistry.WovenClass wovenClassOf(Class<?> type) {
        return matcher.registry().find(type.getClassLoader(), ClassMatcher.internalName(type));
    }
}
