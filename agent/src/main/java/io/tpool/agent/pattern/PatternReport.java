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
    private volatile String nearestType;
    private final Set<String> overloads = ConcurrentHashMap.newKeySet(1);

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
                overloads.add((method.isNative() ? "native " : "") + MethodNames.readable(method.name(), method.descriptor()));
            }
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
        if (wovenCount() > 0) {
            return null;
        }
        if (firstNotWoven != null) {
            return notWoven.size() > 1 ? "none of " + notWoven.size() + " methods could be woven: " + firstNotWoven : firstNotWoven;
        }
        if (nearestType == null) {
            return "matched nothing: no class that it means has been loaded";
        }
        if (overloads.isEmpty()) {
            return "matched nothing: " + nearestType + " declares no such method; list the type that declares it, or all that extend it: TYPE+#METHOD";
        }
        return "matched nothing: " + nearestType + " declares only " + String.join(", ", overloads) + "; list one of these";
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
