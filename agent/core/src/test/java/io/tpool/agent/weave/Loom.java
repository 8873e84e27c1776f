// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.weave;

import io.tpool.agent.pattern.ListedPattern;
import io.tpool.agent.pattern.MalformedPatternException;
import io.tpool.agent.pattern.MethodPattern;
import io.tpool.agent.pattern.MethodPatterns;
import io.tpool.internal.offload.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Weaves class files as an installed weaver would, and loads them, without a Java agent. */
final class Loom implements WeaverListener, MethodIds {
    private final Mode mode;
    private final boolean monitorsPin;
    private final List<String> patterns = new ArrayList<>();
    final List<Outcome> outcomes = new ArrayList<>();
    final List<Throwable> problems = new ArrayList<>();
    final List<Integer> discarded = new ArrayList<>();
    final List<Integer> retired = new ArrayList<>();
    final List<Integer> restored = new ArrayList<>();
    /** Numbers of methods whose class mentions JNA. */
    final List<Integer> withJna = new ArrayList<>();
    private final List<String> numbered = new ArrayList<>();
    private ClassMatcher matcher;
    private LoadTransformer atLoad;
    private BodyTransformer bodies;

    private Loom(Mode mode, boolean monitorsPin) {
        this.mode = mode;
        this.monitorsPin = monitorsPin;
    }

    /** For a JDK on which monitors do not pin. */
    static Loom of(Mode mode, String... patterns) {
        return new Loom(mode, false).with(patterns);
    }

    /** For a JDK on which monitors pin. */
    static Loom beforeJdk24(Mode mode, String... patterns) {
        return new Loom(mode, true).with(patterns);
    }

    private Loom with(String... texts) {
        patterns.addAll(List.of(texts));
        WeaverOptions options = new WeaverOptions(ListedPattern::mode, monitorsPin, this);
        matcher = new ClassMatcher(compile(mode, patterns), options, Recorder.HOP, this);
        atLoad = new LoadTransformer(matcher, true);
        bodies = new BodyTransformer(matcher);
        return this;
    }

    /** Lists these in place of what was listed. */
    void list(String... texts) {
        matcher.change(compile(mode, List.of(texts)));
    }

    static MethodPatterns compile(Mode mode, List<String> texts) {
        List<ListedPattern> listed = new ArrayList<>();
        for (String text : texts) {
            try {
                listed.add(new ListedPattern(MethodPattern.parse(text), "default", mode, "test"));
            } catch (MalformedPatternException e) {
                throw new IllegalArgumentException(text, e);
            }
        }
        return new MethodPatterns(listed, List.of());
    }

    ClassMatcher matcher() {
        return matcher;
    }

    /** What the JVM would get at load; the file itself if nothing is woven. */
    byte[] atLoad(ClassLoader loader, String name, byte[] file) {
        byte[] first = atLoad.transform(null, loader, name, null, null, file);
        byte[] stored = first == null ? file : first;
        byte[] second = bodies.transform(null, loader, name, null, null, stored);
        return second == null ? stored : second;
    }

    /** What a redefinition would get before the other transformer, null if nothing is done. */
    byte[] redefine(Class<?> type, byte[] file) {
        return atLoad.transform(null, type.getClassLoader(), ClassMatcher.internalName(type), type, null, file);
    }

    /** What a retransformation would get, null if nothing is woven. */
    byte[] retransform(Class<?> type, byte[] file) {
        matcher.registry().open(type.getClassLoader(), ClassMatcher.internalName(type));
        return bodies.transform(null, type.getClassLoader(), ClassMatcher.internalName(type), type, null, file);
    }

    /** Loads classes, woven. */
    Loader load(Map<String, byte[]> files) {
        return new Loader(this, files);
    }

    /** Loads classes as they are. */
    static Loader plain(Map<String, byte[]> files) {
        return new Loader(null, files);
    }

    String nameOf(int number) {
        return numbered.get(number);
    }

    @Override
    public int register(String method, String pool, Mode chosen, ClassLoader loader) {
        numbered.add(method);
        return numbered.size() - 1;
    }

    @Override
    public void keepJnaLastError(int number, ClassLoader loader) {
        withJna.add(number);
    }

    @Override
    public void discard(int number) {
        discarded.add(number);
    }

    @Override
    public void retire(int number) {
        retired.add(number);
    }

    @Override
    public void restore(int number, String method, String pool, Mode chosen) {
        restored.add(number);
    }

    @Override
    public void outcome(Outcome outcome) {
        outcomes.add(outcome);
    }

    @Override
    public void problem(String type, Throwable cause) {
        problems.add(cause);
    }

    /** Defines classes from memory, before it asks its parent. */
    static final class Loader extends ClassLoader {
        private final Loom loom;
        private final Map<String, byte[]> files;
        private final Map<String, byte[]> defined = new ConcurrentHashMap<>();

        private Loader(Loom loom, Map<String, byte[]> files) {
            super(Loom.class.getClassLoader());
            this.loom = loom;
            this.files = files;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                byte[] file = files.get(name);
                Class<?> known = findLoadedClass(name);
                if (known != null) {
                    return known;
                }
                if (file == null) {
                    return super.loadClass(name, resolve);
                }
                byte[] woven = loom == null ? file : loom.atLoad(this, name.replace('.', '/'), file);
                defined.put(name, woven);
                return defineClass(name, woven, 0, woven.length);
            }
        }

        /** The class file as it was defined. */
        byte[] fileOf(String name) {
            return defined.get(name);
        }

        Object call(String type, String method) throws Throwable {
            try {
                java.lang.reflect.Method found = loadClass(type).getDeclaredMethod(method);
                found.setAccessible(true);
                return found.invoke(null);
            } catch (java.lang.reflect.InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }
}
