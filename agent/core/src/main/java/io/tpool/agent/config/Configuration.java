// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.config;

import io.tpool.agent.pattern.MethodPattern;
import io.tpool.agent.pattern.MethodPatterns;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The settings in force, each with its source, and what was not understood. Immutable.
 *
 * @param pools the default pool, then the further ones in the order in which their names first appear: in the argument,
 *     the file, then the system properties and the environment by name
 * @param exclude the patterns of methods that are never touched, in their order
 * @param patterns all patterns, ready to be asked
 * @param switches the settings that concern the agent as a whole
 * @param settings every setting with its source, in the order of {@link Keys}, those of the further pools after them
 * @param problems what was not understood; empty if all is well
 * @param given keys that the sources have, with values that were understood or not
 * @since 1.0
 */
public record Configuration(List<PoolSettings> pools, List<MethodPattern> exclude, MethodPatterns patterns,
        Switches switches, List<Setting> settings, List<Problem> problems, Set<String> given) {
    /**
     * The settings that concern the agent as a whole.
     *
     * @param enabled whether calls are offloaded from the start
     * @param jmx whether the MBeans are to be registered
     * @param strict whether a problem is to stop the JVM
     * @param log what is to be said on standard error
     * @param discover whether to watch for methods that capture carriers
     * @param discoverFile the file for what was discovered, or null
     * @param guard {@code on}, {@code watch} or {@code off}: a word, because the guard's own types are loaded with the
     *     first virtual thread and not before
     * @param guardPatienceNanos when a carrier counts as captured
     * @param guardMax how many carriers the guard lends at once
     */
    public record Switches(boolean enabled, boolean jmx, boolean strict, LogLevel log, boolean discover,
            String discoverFile, String guard, long guardPatienceNanos, int guardMax) {
    }

    /** Copies the lists. */
    public Configuration {
        pools = List.copyOf(pools);
        exclude = List.copyOf(exclude);
        settings = List.copyOf(settings);
        problems = List.copyOf(problems);
    }

    /**
     * Reads a configuration. Never fails: what is not understood is left out and becomes a {@link Problem}.
     *
     * @param sources where the settings come from
     * @return the settings in force
     */
    public static Configuration read(Sources sources) {
        return new ConfigurationReader(sources).read();
    }

    /**
     * Brings in what a further attachment says: its patterns join those that are listed, an empty list of patterns
     * takes back those of its key, and every other setting takes the place of the one before.
     *
     * @param added what the attachment says, of {@link Sources#ofAttachment}
     * @return the settings in force from then on; patterns that stay listed are the same objects
     */
    public Configuration with(Configuration added) {
        return new Amendment(this, added).apply();
    }

    /**
     * Gives what was not understood of an attachment that {@link #with} brings in.
     *
     * @param added what the attachment says
     * @return its problems, without those of pools that have no methods there and have some here
     */
    public List<Problem> problemsOf(Configuration added) {
        List<Problem> problems = new ArrayList<>(added.problems);
        problems.removeIf(problem -> problem.wrong().equals(ConfigurationReader.NO_METHODS)
            && setting(problem.key() + ".size") != null);
        return problems;
    }

    /**
     * Gives a setting.
     *
     * @param key as in {@link Keys}
     * @return null if there is no such key in this configuration
     */
    public Setting setting(String key) {
        for (Setting setting : settings) {
            if (setting.key().equals(key)) {
                return setting;
            }
        }
        return null;
    }

    /**
     * Tells whether somebody has set a key.
     *
     * @param key as in {@link Keys}
     * @return false for a default, and for a size that follows from a max
     */
    public boolean isGiven(String key) {
        Setting setting = setting(key);
        return given.contains(key) && setting != null && setting.isSet();
    }
}
