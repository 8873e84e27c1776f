package io.tpool.agent.pattern;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What has become of a pattern so far: the methods woven, those that could not be, and if none was, how near the pattern came.
 * Keeps strings only, and no more than a bounded number of them. Thread-safe; takes no lock of its own.
 *
 * @since 1.0
 */
public final class PatternReport {
    /** Classes that are generated without end would otherwise fill the memory; beyond this number every weaving counts. */
    private static final int MOST_NAMES = 10_000;
    private static final int MOST_OVERLOADS = 8;

    private final MethodPattern pattern;
    private final Set<String> woven = ConcurrentHashMap.newKeySet(1);
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
     * Takes down a woven method. The same method of a class woven twice counts once.
     *
     * @param method for people, {@code com.acme.Type#method(int)}
     */
    public void woven(String method) {
        if (woven.size() < MOST_NAMES) {
            woven.add(method);
        } else if (!woven.contains(method)) {
            wovenUnnamed.incrementAndGet();
        }
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
            if (overloads.size() < MOST_OVERLOADS && !method.isInitializer() && pattern.method().matches(method.name())) {
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
        return Set.copyOf(woven);
    }

    /**
     * Counts the methods that could not be woven.
     *
     * @return methods since the start
     */
    public int notWovenCount() {
        return notWoven.size();
    }

    /**
     * Tells what is wrong with the pattern as far as can be known by now. A class that is meant may yet be loaded.
     *
     * @return one line with the reason and the way out, or null if a method was woven
     */
    public String problem() {
        return problem("has been loaded");
    }

    /**
     * Tells what is wrong with the pattern, where classes were looked for in another way than by loading them.
     *
     * @param found what a class would have done to be found, {@code has been loaded}
     * @return one line with the reason and the way out, or null if a method was woven
     */
    public String problem(String found) {
        if (wovenCount() > 0) {
            return null;
        }
        if (firstNotWoven != null) {
            return notWoven.size() > 1 ? "none of " + notWoven.size() + " methods could be woven: " + firstNotWoven : firstNotWoven;
        }
        if (firstForeign != null) {
            return "matched nothing: " + firstForeign;
        }
        if (firstDeclared != null) {
            return "matched nothing: " + firstDeclared + " is abstract, and no class that implements it " + found + "; check that one is used";
        }
        if (nearestType == null) {
            return "matched nothing: no class that it means " + found + "; check the name of the type";
        }
        return "matched nothing: " + nearMiss();
    }

    /**
     * Tells whether a class that the pattern means has been seen, so that {@link #problem} is not for want of one.
     *
     * @return false while a class may yet come that makes all well
     */
    public boolean hasSeenItsType() {
        return firstNotWoven != null || firstForeign != null || nearestType != null;
    }

    private String nearMiss() {
        if (!overloads.isEmpty()) {
            String found = String.join(", ", overloads);
            return (pattern.isOnlyNative() ? "not native, or with other parameters: " : "with other parameters: ") + found
                    + "; list one of these";
        }
        if (pattern.type().internalName() == null) {
            return "no loaded class of these declares such a method; check the name of the method";
        }
        return nearestType + " declares no such method; list the type that declares it, or " + pattern.withSubtypes();
    }

    /**
     * Tells of the methods that could not be woven although others were.
     *
     * @return one line about the first of them, or null if there is none
     */
    public String remark() {
        return firstNotWoven;
    }
}
