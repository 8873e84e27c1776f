// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a recording says about the JVM that it was made in. Filled while the events are read; not thread-safe. */
final class Environment {

    private static final long DEFAULT_PERIOD = 20_000_000;

    private final Map<String, String> properties = new TreeMap<>();
    private final OffloadedMethods moved = new OffloadedMethods();
    private String jvm = "";
    private int processors;
    private long nativePeriod = Long.MAX_VALUE;
    private long javaPeriod = Long.MAX_VALUE;
    private boolean nativeSampling;
    private boolean guarded;
    private int mostCarriers;
    private boolean looked;
    private long firstApplicationClass = Long.MAX_VALUE;

    void property(String key, String value) {
        if (key != null && value != null) {
            properties.put(key, value);
        }
    }

    void jvm(String name) {
        jvm = name == null ? "" : name;
    }

    /** Takes in one upper bound of the processors that the JVM may use; the smallest counts. */
    void processors(long count) {
        if (count > 0 && count < Integer.MAX_VALUE) {
            processors = processors == 0 ? (int) count : (int) Math.min(processors, count);
        }
    }

    /** Takes in that native samples are switched on. */
    void nativeSamplingOn() {
        nativeSampling = true;
    }

    /** Takes in that the guard works there, which lends carriers and measures when all were captured. */
    void guarded() {
        guarded = true;
    }

    boolean isGuarded() {
        return guarded;
    }

    /** Takes in that somebody has looked at the carriers. */
    void looked() {
        looked = true;
    }

    boolean isLookedAt() {
        return looked;
    }

    /** Takes in that so many carriers were seen at once. */
    void seenCarriers(int count) {
        mostCarriers = Math.max(mostCarriers, count);
    }

    /** Returns the most carriers that were seen at once, those that the JDK or the guard had lent as well. */
    int mostCarriers() {
        return Math.max(mostCarriers, carriers());
    }

    void nativePeriod(long nanos) {
        nativePeriod = Math.min(nativePeriod, nanos);
    }

    void javaPeriod(long nanos) {
        javaPeriod = Math.min(javaPeriod, nanos);
    }

    /** Returns the methods that the agent moves already. */
    OffloadedMethods moved() {
        return moved;
    }

    /** Takes in the number of a class that the application's class loaders defined. */
    void applicationClass(long id) {
        if (id > 0) {
            firstApplicationClass = Math.min(firstApplicationClass, id);
        }
    }

    /** Returns whether a class was there before the application's first, and so before an agent could change it. */
    boolean loadedBeforeAgents(MethodRef method) {
        return method.bootstrap() && method.classId() > 0 && method.classId() < firstApplicationClass;
    }

    /** Returns whether the settings of the recording have native samples switched on; false also if it does not say. */
    boolean nativeSampling() {
        return nativeSampling;
    }

    long nativePeriod() {
        return nativePeriod == Long.MAX_VALUE ? DEFAULT_PERIOD : nativePeriod;
    }

    long javaPeriod() {
        return javaPeriod == Long.MAX_VALUE ? DEFAULT_PERIOD : javaPeriod;
    }

    /** Returns the carriers of the default scheduler. */
    int carriers() {
        return Math.max(1, knownCarriers());
    }

    /**
     * Returns whether the scheduler may have more carriers than that, so that the JDK can lend one around what blocks
     * in it.
     */
    boolean jdkLends() {
        String most = properties.get("jdk.virtualThreadScheduler.maxPoolSize");
        return most == null || !most.matches("[0-9]{1,5}") || Integer.parseInt(most) > carriers();
    }

    /** Returns 0 if the recording does not say. */
    private int knownCarriers() {
        String parallelism = properties.get("jdk.virtualThreadScheduler.parallelism");
        return parallelism != null && parallelism.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(parallelism)
            : processors;
    }

    /** Returns the feature release, 21 if the recording does not say. */
    int feature() {
        String version = properties.getOrDefault("java.vm.specification.version", "21");
        return version.matches("[0-9]{1,3}") ? Integer.parseInt(version) : 21;
    }

    boolean monitorsPin() {
        return feature() < 24;
    }

    String property(String key) {
        return properties.get(key);
    }

    /** Returns what is assumed because the recording lacks events, or null. */
    String assumed() {
        List<String> lacking = new ArrayList<>();
        if (nativePeriod == Long.MAX_VALUE) {
            lacking.add("samples every " + Format.duration(DEFAULT_PERIOD) + " (no jdk.ActiveSetting)");
        }
        if (knownCarriers() == 0) {
            lacking.add("one carrier (no jdk.CPUInformation)");
        }
        return lacking.isEmpty() ? null : String.join(", ", lacking);
    }

    String description() {
        String version = properties.get("java.vm.version");
        if (version == null) {
            return jvm.isEmpty() ? "a JVM that the recording does not name" : jvm;
        }
        return properties.getOrDefault("java.vm.name", jvm) + ' ' + version;
    }
}
