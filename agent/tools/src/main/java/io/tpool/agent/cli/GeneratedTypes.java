// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.cli;

import io.tpool.agent.config.Nearest;
import io.tpool.agent.pattern.ListedPattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which types that no class path holds may be made while the application runs. Libraries name what they make after
 * what they make it for: {@code Library$Lmdb$jnr$ffi$0}, {@code Service$$SpringCGLIB$$0}, {@code Service_ClientProxy};
 * the JDK's proxies have names of their own.
 */
final class GeneratedTypes {
    private static final String PROXY = "$Proxy";

    /**
     * The names that a listed type begins with, as far as they might be those of classes. Internal names, as all here.
     */
    private final Set<String> candidates = new HashSet<>();
    private final Set<String> found = new HashSet<>();
    /** Nested classes of candidates, in lower case, with their names: one of these may have been meant. */
    private final Map<String, String> nested = new HashMap<>();

    GeneratedTypes(List<ListedPattern> listed) {
        for (ListedPattern pattern : listed) {
            candidates.addAll(beginnings(spelledOut(pattern)));
        }
    }

    /** Takes note of a class that there is. */
    void see(String name) {
        if (candidates.contains(name)) {
            found.add(name);
        }
        int end = name.lastIndexOf('$');
        if (end > 0 && candidates.contains(name.substring(0, end))) {
            nested.put(name.toLowerCase(Locale.ROOT), name);
        }
    }

    /** Why the type may be made at run time, or null; valid when all classes have been seen. */
    String reason(ListedPattern pattern) {
        if (pattern.report().lacksImplementation()) {
            return "nothing there implements it; what is made at run time may";
        }
        String name = spelledOut(pattern);
        if (name.substring(name.lastIndexOf('/') + 1).startsWith(PROXY)) {
            return "proxies are made at run time";
        }
        if (meant(pattern) != null) {
            return null;
        }
        for (String beginning : beginnings(name)) {
            if (found.contains(beginning)) {
                return "there is none, but it may be made at run time for " + beginning.replace('/', '.');
            }
        }
        return null;
    }

    /** The nested class that has nearly the name of the type, with dots, or null. */
    String meant(ListedPattern pattern) {
        String name = pattern.pattern().type().internalName();
        String nearest = name == null ? null : Nearest.of(name, nested.keySet().toArray(String[]::new));
        return nearest == null ? null : nested.get(nearest).replace('/', '.');
    }

    /** The type up to its first wildcard. */
    private static String spelledOut(ListedPattern pattern) {
        String text = pattern.pattern().type().toString().replace('.', '/');
        int wildcard = text.indexOf('*');
        return wildcard < 0 ? text : text.substring(0, wildcard);
    }

    /** The longest first. */
    private static List<String> beginnings(String name) {
        List<String> beginnings = new ArrayList<>();
        for (int at = name.length() - 1; at > name.lastIndexOf('/') + 1; at--) {
            if (name.charAt(at) == '$' || name.charAt(at) == '_') {
                beginnings.add(name.substring(0, at));
            }
        }
        return beginnings;
    }
}
