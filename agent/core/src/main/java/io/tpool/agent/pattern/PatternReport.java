// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.pattern;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What has become of a pattern so far: the methods woven, those that could not be, and if none was, how near the
 * pattern came. A method counts as woven as soon as its class was handed to the JVM, because the JVM does not tell when
 * it accepts a class. What was woven once has matched, also after its class was unloaded. Keeps strings only, and no
 * more than a bounded number of them. Thread-safe; takes no lock of its own.
 *
 * @since 1.0
 */
public final class PatternReport {
    /**
     * Classes that are generated without end would otherwise fill the memory; beyond this number every weaving counts.
     */
    private static final int MOST_NAMES = 10_000;
    private static final int MOST_OVERLOADS = 8;

    private final MethodPattern pattern;
    /** How often each method was woven: a class may be loaded by several loaders. */
    private final Map<String, Integer> woven = new ConcurrentHashMap<>(1);
    private final AtomicInteger wovenUnnamed = new AtomicInteger();
    private final Set<String> notWoven = ConcurrentHashMap.newKeySet(1);
    private volatile String firstNotWoven;
    /** The first class that is meant and of whose methods none is. */
    private volatile String nearestType;
    /** Methods there with the right name but other parameters, or not native. */
    private final Set<String> overloads = ConcurrentHashMap.newKeySet(1);
    /** The first method that is meant but has no body for this pattern to weave, or belongs to somebody else. */
    private volatile String firstForeign;
    /** The first abstract method that a {@code +} pattern means. */
    private volatile String firstDeclared;

    PatternReport(MethodPattern pattern) {
        this.pattern = pattern;
    }

    /**
     * Takes down a method whose class was handed to the JVM with the method woven. The same method woven twice counts
     * once.
     *
     * @param method for people, {@code com.acme.Type#method(int)}
     */
    public void woven(String method) {
        if (woven.size() < MOST_NAMES || woven.containsKey(method)) {
            woven.merge(method, 1, Integer::sum);
        } else {
            wovenUnnamed.incrementAndGet();
        }
    }

    /**
     * Takes down that the JVM did not accept a woven method after all.
     *
     * @param method as given to {@link #woven}
     */
    public void takenBack(String method) {
        woven.computeIfPresent(method, (name, times) -> times == 1 ? null : times - 1);
    }

    /**
     * Takes down a method that the pattern names and that could not be woven.
     *
     * @param method for people, {@code com.acme.Type#method(int)}
     * @param why the reason
     * @param instead what to list instead, or null for what the reason has to say
     */
    public void notWoven(String method, NotWoven why, String instead) {
        if (firstNotWoven == null) {
            firstNotWoven = method + " " + why.reason() + "; " + (instead == null ? why.remedy() : "list " + instead);
        }
        if (notWoven.size() < MOST_NAMES) {
            notWoven.add(method);
        }
    }

    /** Takes down that a class is meant although none of its methods is. */
    void missed(TypeShape type) {
        if (nearestType == null) {
            nearestType = type.internalName().replace('/', '.');
        }
        for (MethodShape method : type.methods()) {
            if (overloads.size() < MOST_OVERLOADS && !method.isInitializer()
                && pattern.method().matches(method.name())) {
                overloads.add(MethodNames.readable(type.internalName(), method.name(), method.descriptor()));
            }
        }
    }

    /** Takes down a method that is meant and that exclude takes out. */
    void excluded(String method) {
        if (firstForeign == null) {
            firstForeign = method + " is excluded; take it out of exclude, or the pattern off the list";
        }
    }

    /** Takes down a method that is meant and that another pattern wins. */
    void outranked(String method, ListedPattern winner) {
        if (firstForeign == null) {
            firstForeign = method + " belongs to '" + winner + "' (pool " + winner.pool()
                    + "), which is more specific or listed first; take one of the two off the list";
        }
    }

    /** Takes down an abstract method that a {@code +} pattern means: only what implements it counts. */
    void declared(String method) {
        if (firstDeclared == null) {
            firstDeclared = method;
        }
    }

    /**
     * Counts the woven methods.
     *
     * @return methods that this pattern won and that were woven since the start, those of unloaded classes among them
     */
    public int wovenCount() {
        return woven.size() + wovenUnnamed.get();
    }

    /**
     * Names the woven methods.
     *
     * @return of those that {@link #wovenCount} counts at most 10,000
     */
    public Set<String> woven() {
        return Set.copyOf(woven.keySet());
    }

    /**
     * Tells what is known by now of a pattern that has matched nothing. A class that is meant may yet be loaded.
     *
     * @return one line, with the way out where one is known, or null if a method was woven
     */
    public String problem() {
        return problem("has been loaded so far");
    }

    /**
     * Tells what is known of a pattern that has matched nothing, where classes were looked for in another way than by
     * loading them.
     *
     * @param found what a class would have done to be found, {@code has been loaded so far}
     * @return one line, with the way out where one is known, or null if a method was woven
     */
    public String problem(String found) {
        if (wovenCount() > 0) {
            return null;
        }
        if (firstNotWoven != null) {
            return notWoven.size() > 1 ? "none of " + notWoven.size() + " methods could be woven: " + firstNotWoven
                : firstNotWoven;
        }
        if (firstForeign != null) {
            return "matched nothing: " + firstForeign;
        }
        if (firstDeclared != null) {
            return "matched nothing: " + firstDeclared + " is abstract, and no class that implements it " + found;
        }
        return "matched nothing: " + (nearestType == null ? missing(found) : nearMiss());
    }

    /** No class that is meant was seen. */
    private String missing(String found) {
        if (pattern.type().internalName() == null) {
            return "no class that it means " + found;
        }
        return pattern.includesSubtypes()
            ? "no class that is, extends or implements " + pattern.type() + " and declares such a method " + found
            : "no class " + pattern.type() + " " + found;
    }

    /**
     * Tells whether {@link #problem} holds whatever classes are loaded later.
     *
     * @return false while a class may yet come that makes all well
     */
    public boolean isSettled() {
        return firstNotWoven != null || firstForeign != null || nearestType != null && namesOneType();
    }

    /**
     * Tells whether classes that the pattern means have been seen, none of which declares such a method.
     *
     * @return true if {@link #problem} is not for want of a class
     */
    public boolean hasSeenItsType() {
        return isSettled() || nearestType != null;
    }

    /**
     * Tells whether {@link #problem} is only that nothing implements an abstract method.
     *
     * @return true if a class that implements it would make all well
     */
    public boolean lacksImplementation() {
        return wovenCount() == 0 && !hasSeenItsType() && firstDeclared != null;
    }

    private boolean namesOneType() {
        return pattern.type().internalName() != null && !pattern.includesSubtypes();
    }

    private String nearMiss() {
        if (!overloads.isEmpty()) {
            String found = String.join(", ", overloads);
            return (pattern.isOnlyNative() ? "not native, or with other parameters: " : "with other parameters: ")
                + found + "; list one of these";
        }
        if (!namesOneType()) {
            return "no loaded class of these declares such a method; check the name of the method";
        }
        return nearestType + " declares no such method; list the type that declares it, or " + pattern.withSubtypes();
    }
}
