// SPDX-License-Identifier: Apache-2.0
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
 * What extends and implements what, found out without loading a class: from class files that the transformers have
 * seen, or that the loader gives as resources. A type that cannot be found has no supertypes.
 */
final class Supertypes {
    private static final String[] NONE = {};
    private static final String OBJECT = "java/lang/Object";

    /** Direct supertypes by name, for each loader that was asked or that defined the class. */
    private final ClassLoaderMap<Map<String, String[]>> known = new ClassLoaderMap<>();

    /**
     * Loads what {@link #read} needs of the JDK, to be called before the first transformation. Else the JDK's own
     * look-up may be asked for a resource while a class that it needs is just being loaded: that fails, and the JVM
     * remembers the failure for good.
     */
    static void prepare() {
        read(null, "java/lang/Object");
        read(null, "java/sql/Statement");
        read(null, "io/tpool/NoSuchType");
    }

    /**
     * Classes seen, by the name of the class above them, for each loader that defines them. The JVM reads a class
     * before it loads the one above, so that the first subclasses of a superclass are known by the time that it is
     * woven itself. Not so later ones, nor any where another agent loads the class above first, as OpenTelemetry's
     * does.
     */
    private final ClassLoaderMap<Map<String, Set<String>>> subclasses = new ClassLoaderMap<>();

    /**
     * Notes a class that is being loaded, unless nothing can extend it and it inherits nothing.
     *
     * @return true if it gives a class that may have been loaded before it further supertypes
     */
    boolean see(ClassLoader loader, ClassHeader header) {
        String parent = header.superName();
        boolean inherits = loader != null && parent != null && !parent.startsWith("java/");
        if (!header.isFinal() || inherits) {
            mapOf(loader).put(header.name(), direct(header));
        }
        if (inherits) {
            subclassesOf(loader).computeIfAbsent(parent, name -> ConcurrentHashMap.newKeySet(1)).add(header.name());
        }
        return inherits && header.interfaces().length > 0 && noted(loader, parent) != null;
    }

    /**
     * The supertypes of those classes seen so far that inherit a class's methods and are defined by the same loader: a
     * JDBC driver's statement may implement the interface with methods of a base class that does not. Of JDK classes
     * there are none.
     */
    Set<String> ofSubclasses(ClassLoader loader, String type) {
        Map<String, Set<String>> seen = subclasses.get(loader);
        if (seen == null || !seen.containsKey(type)) {
            return Set.of();
        }
        Set<String> found = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(seen.get(type));
        while (!open.isEmpty()) {
            String subtype = open.pop();
            above(loader, directOf(loader, subtype), found);
            open.addAll(seen.getOrDefault(subtype, Set.of()));
        }
        return found;
    }

    /** All supertypes of a class being loaded, by internal name, without {@code java/lang/Object}. */
    Set<String> of(ClassLoader loader, ClassHeader header) {
        Set<String> found = new LinkedHashSet<>();
        above(loader, direct(header), found);
        return found;
    }

    private void above(ClassLoader loader, String[] direct, Set<String> found) {
        Deque<String> open = new ArrayDeque<>(Arrays.asList(direct));
        while (!open.isEmpty()) {
            String type = open.pop();
            if (found.add(type)) {
                open.addAll(Arrays.asList(directOf(loader, type)));
            }
        }
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

    private Map<String, Set<String>> subclassesOf(ClassLoader loader) {
        Map<String, Set<String>> map = subclasses.get(loader);
        return map != null ? map : subclasses.putIfAbsent(loader, new ConcurrentHashMap<>());
    }

    private static String[] read(ClassLoader loader, String type) {
        ClassLoader source = loader == null ? ClassLoader.getPlatformClassLoader() : loader;
        try (InputStream in = source.getResourceAsStream(type.concat(".class"))) {
            return in == null ? NONE : direct(ClassHeader.of(in.readAllBytes()));
        } catch (Exception | LinkageError e) {
            // Loaders are the application's code and may throw what they like; a type that they do not show is a
            // missing type.
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
