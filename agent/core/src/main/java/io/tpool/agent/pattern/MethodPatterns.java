// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.pattern;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All patterns of a configuration, made ready for two questions. {@link #mayMatch(String)} is asked for every class
 * that the JVM loads and costs one hash look-up at most; {@link #select} is asked for the few that are left.
 *
 * <p>If several patterns mean a method, an exclusion wins over all others; then the most specific pattern wins (its
 * type spelled out, before {@code TYPE+}, before a wildcard; among these the one that spells out more of the type, then
 * the one with a parameter list, then the one that spells out more of the method); among equally specific ones the one
 * listed first wins. The default pool's come first, then those of the other pools in their order.
 *
 * <p>Thread-safe: nothing changes after construction but the reports of the patterns.
 *
 * @since 1.0
 */
public final class MethodPatterns {
    private static final ListedPattern[] NONE = {};

    private final List<ListedPattern> listed;
    private final MethodPattern[] exclusions;
    /** By internal name, those whose TYPE is spelled out. */
    private final Map<String, ListedPattern[]> exact = new HashMap<>();
    /** Which lengths their names have: spares most names the hash code. */
    private boolean[] lengths = {};
    private final ListedPattern[] wildcards;
    private final ListedPattern[] subtypes;
    private final MethodNameFilter subtypeMethods;

    /**
     * Compiles patterns.
     *
     * @param listed in the order that decides between equally specific patterns
     * @param exclusions patterns of methods that are never touched
     */
    public MethodPatterns(List<ListedPattern> listed, List<MethodPattern> exclusions) {
        this.listed = List.copyOf(listed);
        this.exclusions = exclusions.toArray(new MethodPattern[0]);
        List<ListedPattern> wild = new ArrayList<>();
        List<ListedPattern> sub = new ArrayList<>();
        List<Glob> names = new ArrayList<>();
        for (ListedPattern entry : listed) {
            MethodPattern pattern = entry.pattern();
            String name = pattern.type().internalName();
            if (name == null) {
                wild.add(entry);
            } else {
                ListedPattern[] before = exact.getOrDefault(name, NONE);
                ListedPattern[] after = new ListedPattern[before.length + 1];
                System.arraycopy(before, 0, after, 0, before.length);
                after[before.length] = entry;
                exact.put(name, after);
                lengths = name.length() < lengths.length ? lengths : Arrays.copyOf(lengths, name.length() + 1);
                lengths[name.length()] = true;
            }
            if (pattern.includesSubtypes()) {
                sub.add(entry);
                names.add(pattern.method());
            }
        }
        this.wildcards = wild.toArray(NONE);
        this.subtypes = sub.toArray(NONE);
        this.subtypeMethods = new MethodNameFilter(names);
    }

    /** Gives the patterns. */
    public List<ListedPattern> listed() {
        return listed;
    }

    /** Gives the patterns of methods that are never touched. */
    public List<MethodPattern> exclusions() {
        return List.of(exclusions);
    }

    /**
     * Tells whether there is no pattern at all.
     *
     * @return true if no class can ever match
     */
    public boolean isEmpty() {
        return listed.isEmpty();
    }

    /**
     * Tells whether a class is meant by its own name. Allocates nothing.
     *
     * @param internalName as the JVM hands it to a transformer; null for a class without a name
     * @return false for null and for the thread machinery; if {@link #hasSubtypePatterns} the class may be meant even
     *     so
     */
    public boolean mayMatch(String internalName) {
        if (internalName == null) {
            return false;
        }
        if (hasExactOf(internalName.length()) && exact.containsKey(internalName)) {
            return !ProtectedTypes.contains(internalName);
        }
        for (ListedPattern entry : wildcards) {
            if (entry.pattern().type().matches(internalName)) {
                return !ProtectedTypes.contains(internalName);
            }
        }
        return false;
    }

    /**
     * Tells whether a class with a name of this length may be meant, by its name or for what it extends.
     *
     * @param length of the name, with dots or slashes
     * @return false for most, in most configurations
     */
    public boolean mayMatch(int length) {
        return wildcards.length > 0 || subtypes.length > 0 || hasExactOf(length);
    }

    private boolean hasExactOf(int length) {
        return length < lengths.length && lengths[length];
    }

    /**
     * Tells whether any pattern has a {@code +}, so that a class may be meant for what it extends.
     *
     * @return false in most configurations
     */
    public boolean hasSubtypePatterns() {
        return subtypes.length > 0;
    }

    /**
     * Tells whether a class is meant by its own name, or may be meant for what it extends: a {@code +} pattern exists,
     * and a name in the class's constant pool fits its METHOD. Looks at nothing but the constant pool, and at that only
     * if need be.
     *
     * @param internalName as the JVM hands it to a transformer; null for a class without a name
     * @param classFile the class, not changed; one that is not well-formed may be meant
     * @return false if {@link #select} would find nothing
     */
    public boolean mayMatch(String internalName, byte[] classFile) {
        if (internalName == null) {
            return false;
        }
        return mayMatch(internalName) || subtypes.length > 0 && !ProtectedTypes.contains(internalName)
            && subtypeMethods.mayDeclare(classFile);
    }

    /**
     * Decides for each declared method of a class.
     *
     * @param type the class
     * @return the methods to weave, in the order of the class; empty if there is none. What was meant but cannot be
     *     woven because
     *     it is abstract is taken down in the patterns' reports, the rest is for the weaver to report
     */
    public List<Match> select(TypeShape type) {
        List<Match> matches = new ArrayList<>();
        if (!ProtectedTypes.contains(type.internalName())) {
            new Selection(type, patternsFor(type), exclusions).into(matches);
        }
        return matches;
    }

    private List<ListedPattern> patternsFor(TypeShape type) {
        String name = type.internalName();
        List<ListedPattern> meant = new ArrayList<>();
        for (ListedPattern entry : listed) {
            MethodPattern pattern = entry.pattern();
            if (pattern.type().matches(name)
                    || pattern.includesSubtypes() && Selection.fitsAny(pattern, type)
                    && type.hasSupertype(pattern.type())) {
                meant.add(entry);
            }
        }
        return meant;
    }
}
