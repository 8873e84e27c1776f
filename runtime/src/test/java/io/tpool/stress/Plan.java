// SPDX-License-Identifier: Apache-2.0
package io.tpool.stress;

import io.tpool.internal.pool.Saturation;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One case of a stress: who calls what how, and what disturbs it. Its words can be given to {@link Stress} again.
 *
 * @param policy of all pools
 * @param pools one, with the stacks that carriers have; or two, the first of them with small stacks
 * @param starts whether the system starts threads
 * @param disturbances what happens beside the callers
 * @param ways how they call, drawn for each call
 * @param callers threads that call; every eighth is a platform thread, unless only virtual ones are asked for
 * @param size of each pool
 * @param max of each pool
 * @param keepAliveNanos of each pool
 * @param depth most frames below a call
 * @param plain true if a call's body does nothing, false if it does whatever makes a thread leave its carrier, too
 * @param seed of all choices
 */
record Plan(Saturation policy, int pools, Starts starts, Set<Disturbance> disturbances, Set<Way> ways, int callers,
        int size, int max,
        long keepAliveNanos, int depth, boolean plain, long seed) {
    /** Whether the system starts the pools' threads. */
    enum Starts { GRANTED, REFUSED, SOMETIMES }

    /** What happens beside the callers. */
    enum Disturbance { INTERRUPTS, UNPARKS, DUMPS, STALLS, SHAPES, OBSERVERS }

    /** Reads {@code key=value} words; what is not named is as in {@code defaults}. */
    static Plan parse(String... words) {
        Map<String, String> given = new HashMap<>();
        for (String word : words) {
            given.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
        }
        return new Plan(Saturation.valueOf(given.getOrDefault("policy", "WAIT")),
                Integer.parseInt(given.getOrDefault("pools", "1")), Starts.valueOf(given.getOrDefault("starts",
                        "GRANTED")),
                set(Disturbance.class, given.getOrDefault("disturbances", "")), set(Way.class,
                        given.getOrDefault("ways", "API")),
                Integer.parseInt(given.getOrDefault("callers", "16")), Integer.parseInt(given.getOrDefault("size",
                        "2")),
                Integer.parseInt(given.getOrDefault("max", given.getOrDefault("size", "2"))),
                Long.parseLong(given.getOrDefault("keepAliveNanos", "60000000000")),
                        Integer.parseInt(given.getOrDefault("depth", "0")),
                Boolean.parseBoolean(given.getOrDefault("plain", "true")), Long.parseLong(given.getOrDefault("seed",
                        "1")));
    }

    private static <E extends Enum<E>> Set<E> set(Class<E> type, String names) {
        Set<E> set = EnumSet.noneOf(type);
        Arrays.stream(names.split(",")).filter(name -> !name.isEmpty()).forEach(name -> set.add(Enum.valueOf(type,
                name)));
        return set;
    }

    private static String names(Set<? extends Enum<?>> set) {
        return set.stream().map(Enum::name).collect(Collectors.joining(","));
    }

    boolean has(Disturbance disturbance) {
        return disturbances.contains(disturbance);
    }

    /** True if a call on that pool may run in place. */
    boolean mayStay(Target target) {
        return policy == Saturation.INPLACE || starts != Starts.GRANTED || has(Disturbance.DUMPS) || depth > 0
                && target.small;
    }

    @Override
    public String toString() {
        return "policy=" + policy + " pools=" + pools + " starts=" + starts + " disturbances=" + names(disturbances)
                + " ways="
                + names(ways) + " callers=" + callers + " size=" + size + " max=" + max + " keepAliveNanos="
                        + keepAliveNanos
                + " depth=" + depth + " plain=" + plain + " seed=" + seed;
    }
}
