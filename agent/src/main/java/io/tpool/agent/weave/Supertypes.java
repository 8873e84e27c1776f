package io.tpool.agent.weave;

import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What extends and implements what, found out without loading a class: from class files that the transformers have seen, or
 * that the loader gives as resources. A type that cannot be found has no supertypes.
 */
final class Supertypes {
    private static final String[] NONE = {};
    private static final String OBJECT = "java/lang/Object";

    /** Direct supertypes by name, for each loader that was asked or that defined the class. */
    private final PerLoader<Map<String, String[]>> known = new PerLoader<>();

    /** Notes a class that is being loaded, unless nothing can extend it. */
    void see(ClassLoader loader, ClassHeader header) {
        if (!header.isFinal()) {
            mapOf(loader).put(header.name(), direct(header));
        }
    }

    /** All supertypes of a class being loaded, by internal name, without {@code java/lang/Object}. */
    Set<String> of(ClassLoader loader, ClassHeader header) {
        Set<String> found = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(Arrays.asList(direct(header)));
        while (!open.isEmpty()) {
            String type = open.pop();
            if (found.add(type)) {
                open.addAll(Arrays.asList(directOf(loader, type)));
            }
        }
        return found;
    }

    /** All supertypes of a loaded class. */
    static Set<String> of(Class<?> type) {
        Set<String> found = new LinkedHashSet<>();
        Deque<Class<?>> open = new ArrayDeque<>();
        open.add(type);
        while (!open.isEmpty()) {
            Class<?> next = open.pop();
            Class<?> parent = next.getSuperclass();
            if (parent != null && parent != Object.class && found.add(parent.getName().replace('.', '/'))) {
                open.add(parent);
            }
            for (Class<?> each : next.getInterfaces()) {
                if (found.add(each.getName().replace('.', '/'))) {
                    open.add(each);
                }
            }
        }
        return found;
    }

    private String[] directOf(ClassLoader asked, String type) {
        // Only the platform's own loaders may define java.*: one note serves all.
        ClassLoader loader = type.startsWith("java/") ? null : asked;
        for (ClassLoader each = loader; each != null; each = each.getParent()) {
            String[] noted = noted(each, type);
            if (noted != null) {
                return noted;
            }
        }
        String[] noted = noted(null, type);
        if (noted != null) {
            return noted;
        }
        String[] read = read(loader, type);
        mapOf(loader).put(type, read);
        return read;
    }

    private String[] noted(ClassLoader loader, String type) {
        Map<String, String[]> map = known.get(loader);
        return map == null ? null : map.get(type);
    }

    private Map<String, String[]> mapOf(ClassLoader loader) {
        Map<String, String[]> map = known.get(loader);
        return map != null ? map : known.putIfAbsent(loader, new ConcurrentHashMap<>());
    }

    private static String[] read(ClassLoader loader, String type) {
        ClassLoader source = loader == null ? ClassLoader.getPlatformClassLoader() : loader;
        try (InputStream in = source.getResourceAsStream(type.concat(".class"))) {
            return in == null ? NONE : direct(ClassHeader.of(in.readAllBytes()));
        } catch (Exception | LinkageError e) {
            // Loaders are the application's code and may throw what they like; a type that they do not show is a missing type.
            return NONE;
        }
    }

    private static String[] direct(ClassHeader header) {
        String[] interfaces = header.interfaces();
        String parent = header.superName();
        if (parent == null || parent.equals(OBJECT)) {
            return interfaces;
        }
        String[] all = Arrays.copyOf(interfaces, interfaces.length + 1);
        all[interfaces.length] = parent;
        return all;
    }
}
