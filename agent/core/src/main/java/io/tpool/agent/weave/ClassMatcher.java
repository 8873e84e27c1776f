// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.weave;

import io.tpool.agent.pattern.ListedPattern;
import io.tpool.agent.pattern.Match;
import io.tpool.agent.pattern.MethodPatterns;
import io.tpool.agent.pattern.MethodShape;
import io.tpool.agent.pattern.TypePattern;
import io.tpool.agent.pattern.TypeShape;
import io.tpool.internal.offload.Mode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What both transformers ask about a class before they weave it.
 */
final class ClassMatcher {
    private volatile MethodPatterns patterns;
    private final WeaverOptions options;
    private final HookTypes hooks;
    private final WeaveRegistry registry;
    private final ClassLoader platform = ClassLoader.getPlatformClassLoader();
    private final Supertypes supertypes = new Supertypes();
    private final ClassLoaderMap<Boolean> seesHooks = new ClassLoaderMap<>();

    ClassMatcher(MethodPatterns patterns, WeaverOptions options, HookTypes hooks, MethodIds numbers) {
        this.patterns = patterns;
        this.options = options;
        this.hooks = hooks;
        registry = new WeaveRegistry(numbers, options.listener());
    }

    /** To be called once, before the first transformation. */
    void prepare() {
        if (patterns.hasSubtypePatterns()) {
            Supertypes.prepare();
        }
    }

    MethodPatterns patterns() {
        return patterns;
    }

    /** From now on these are listed. */
    void change(MethodPatterns next) {
        patterns = next;
        prepare();
    }

    WeaveRegistry registry() {
        return registry;
    }

    HookTypes hooks() {
        return hooks;
    }

    boolean monitorsPin() {
        return options.monitorsPin();
    }

    Mode mode(ListedPattern listed) {
        return options.modes().apply(listed);
    }

    /**
     * A class of the agent: to look at it might need the very class that is being loaded. So
     * {@code ProtectedTypes} of the patterns, which says the same, is not asked.
     */
    static boolean isOwn(String type) {
        return type.startsWith("io/tpool/") || type.equals(HookClass.NAME);
    }

    /** The first question about every other class: false if it cannot be listed or must not be touched. */
    boolean concerns(String type, byte[] file) {
        return patterns.mayMatch(type, file);
    }

    /** The first question about a class that is loaded. */
    boolean concerns(Class<?> type) {
        return concerns(type, patterns);
    }

    /** The same about other patterns than those that are listed. */
    boolean concerns(Class<?> type, MethodPatterns asked) {
        if (!asked.mayMatch(type.getName().length()) || type.isArray() || type.isPrimitive() || type.isHidden()) {
            return false;
        }
        return asked.mayMatch(internalName(type)) || asked.hasSubtypePatterns() && mayMatchSubtype(type, asked);
    }

    /** Notes a class that is being loaded, for the sake of its subtypes. */
    void see(ClassLoader loader, byte[] file) {
        if (patterns.hasSubtypePatterns()) {
            ClassHeader header = ClassHeader.of(file);
            if (supertypes.see(loader, header) && isListedFor(supertypes.of(loader, header), patterns)) {
                options.listener().lateSubclass();
            }
        }
    }

    /** Listed methods of a class; {@code loaded} is null while it is being loaded. */
    List<Match> matches(ClassLoader loader, ClassHeader header, Class<?> loaded) {
        return patterns.select(new Shape(loader, header, loaded));
    }

    boolean isSerializable(ClassLoader loader, ClassHeader header) {
        return supertypes.of(loader, header).contains("java/io/Serializable");
    }

    /**
     * Whether code of a loader's classes reaches the classes that the hook calls. Every loader is asked once: it is the
     * application's code, and may filter what it passes to the boot loader.
     */
    boolean seesHooks(ClassLoader loader) {
        if (loader == null || loader == platform) {
            return true;
        }
        Boolean known = seesHooks.get(loader);
        return known != null ? known : seesHooks.putIfAbsent(loader, hooks.isSeenBy(loader));
    }

    void problem(String type, Throwable cause) {
        options.listener().problem(type.replace('/', '.'), cause);
    }

    static String internalName(Class<?> type) {
        return type.getName().replace('.', '/');
    }

    private boolean mayMatchSubtype(Class<?> type, MethodPatterns asked) {
        Set<String> above = Supertypes.of(type);
        above.addAll(supertypes.ofSubclasses(type.getClassLoader(), internalName(type)));
        return isListedFor(above, asked);
    }

    private static boolean isListedFor(Set<String> above, MethodPatterns asked) {
        for (ListedPattern listed : asked.listed()) {
            if (listed.pattern().includesSubtypes() && matchesAny(listed.pattern().type(), above)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matchesAny(TypePattern pattern, Set<String> types) {
        for (String type : types) {
            if (pattern.matches(type)) {
                return true;
            }
        }
        return false;
    }

    /** The class as its author wrote it: a renamed native appears under its old name only, and as native. */
    private final class Shape implements TypeShape {
        private final ClassLoader loader;
        private final ClassHeader header;
        private final Class<?> loaded;
        private final List<MethodShape> declared;
        private Set<String> above;

        Shape(ClassLoader loader, ClassHeader header, Class<?> loaded) {
            this.loader = loader;
            this.header = header;
            this.loaded = loaded;
            declared = header.hasMethodNamedWith(LoadTransformer.PREFIX) ? undoRenaming(header.methods())
                : header.methods();
        }

        private static List<MethodShape> undoRenaming(List<MethodShape> methods) {
            Set<String> keys = new HashSet<>();
            for (MethodShape method : methods) {
                keys.add(ClassHeader.key(method));
            }
            List<MethodShape> declared = new ArrayList<>();
            for (MethodShape method : methods) {
                if (keys.contains(LoadTransformer.PREFIX.concat(ClassHeader.key(method)))) {
                    int access = method.access() | ClassHeader.ACC_NATIVE;
                    declared.add(new MethodShape(method.name(), method.descriptor(), access));
                } else if (!method.name().startsWith(LoadTransformer.PREFIX)) {
                    declared.add(method);
                }
            }
            return declared;
        }

        @Override
        public String internalName() {
            return header.name();
        }

        @Override
        public List<MethodShape> methods() {
            return declared;
        }

        @Override
        public boolean hasSupertype(TypePattern pattern) {
            if (above == null) {
                above = loaded == null ? supertypes.of(loader, header) : Supertypes.of(loaded);
                above.addAll(supertypes.ofSubclasses(loader, header.name()));
            }
            return matchesAny(pattern, above);
        }
    }
}
