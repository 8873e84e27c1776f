// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.config;

import io.tpool.internal.guard.GuardSettings;
import io.tpool.internal.pool.PoolConfig;
import java.util.Arrays;

/**
 * The keys of {@code agent.properties}, each beside its default; those of {@link PoolSetting} are there. A key with the
 * prefix {@link #POOL} can also be set for a further pool, {@code pool.NAME.size}; what is not set for it is taken from
 * the key without a name, then from the default.
 *
 * @since 1.0
 */
public final class Keys {
    /** Patterns of the methods to run on the default pool, separated by commas or white space. Default: none. */
    public static final String METHODS = "methods";

    /** Patterns of methods that are never touched; wins over everything. Default: none. */
    public static final String EXCLUDE = "exclude";

    /** How a listed call is kept off the carrier: {@code auto}, {@code tpool} or {@code handoff}. */
    public static final String MODE = "mode";
    /** Default of {@link #MODE}. */
    public static final String DEFAULT_MODE = "auto";

    /** What the guard does about captured carriers: {@code on}, {@code watch} or {@code off}. */
    public static final String GUARD = "guard";
    /** Default of {@link #GUARD}. */
    public static final String DEFAULT_GUARD = "on";
    /** Value of {@link #GUARD}: the guard does not look. */
    public static final String GUARD_OFF = "off";

    /** A carrier whose virtual thread blocks for so long without unmounting counts as captured. */
    public static final String GUARD_PATIENCE = "guard.patience";
    /** Default of {@link #GUARD_PATIENCE}. */
    public static final String DEFAULT_GUARD_PATIENCE = "1ms";

    /** Most carriers that the guard lends at once. */
    public static final String GUARD_MAX = "guard.max";
    /** Default of {@link #GUARD_MAX}. */
    public static final int DEFAULT_GUARD_MAX = GuardSettings.DEFAULT_MAX;

    /** What the keys of a pool begin with. */
    public static final String POOL = "pool.";

    /** Threads that a pool uses when all goes well. */
    public static final String POOL_SIZE = "pool.size";
    /** Default of {@link #POOL_SIZE}. */
    public static final int DEFAULT_POOL_SIZE = PoolConfig.DEFAULT_SIZE;

    /** Threads that a pool may grow to when calls stop making progress. */
    public static final String POOL_MAX = "pool.max";
    /** Default of {@link #POOL_MAX}; a greater {@link #POOL_SIZE} raises it. */
    public static final int DEFAULT_POOL_MAX = PoolConfig.DEFAULT_MAX;

    /** The most that {@link #POOL_SIZE} and {@link #POOL_MAX} may be. */
    public static final int MOST_THREADS = PoolConfig.LARGEST;

    /** The most that {@link PoolSetting#KEEPALIVE} may be, a day, in milliseconds. */
    public static final long LONGEST_KEEPALIVE = 24L * 60 * 60 * 1000;

    /** The least that {@link PoolSetting#STACKSIZE} may be, in bytes: with less a thread starts not everywhere. */
    public static final long SMALLEST_STACK = 256L << 10;
    /** The most that {@link PoolSetting#STACKSIZE} may be, in bytes. */
    public static final long LARGEST_STACK = 1L << 30;

    /** Watches for methods that capture carriers, from start to exit. Default: false. */
    public static final String DISCOVER = "discover";

    /** The file that {@link #DISCOVER} writes its result to. Default: none. */
    public static final String DISCOVER_FILE = "discover.file";

    /** Every call passes straight through while false. Default: true. */
    public static final String ENABLED = "enabled";

    /** Registers the MBeans. Default: true. */
    public static final String JMX = "jmx";

    /** What is said on standard error: {@code off}, {@code error}, {@code warn}, {@code info} or {@code debug}. */
    public static final String LOG = "log";
    /** Default of {@link #LOG}. */
    public static final String DEFAULT_LOG = "warn";

    /** Configuration errors stop the JVM. Default: false. */
    public static final String STRICT = "strict";

    /**
     * The file that the settings are read from. Default: {@value #FILE_NAME} in the working directory, then beside the
     * jar.
     */
    public static final String CONFIG = "config";

    /** Name of the file that is read without {@link #CONFIG}. */
    public static final String FILE_NAME = "agent.properties";

    /** Name of the pool for {@link #METHODS}. */
    public static final String DEFAULT_POOL = PoolConfig.DEFAULT_NAME;

    /** What the name of a system property begins with. */
    public static final String PROPERTY_PREFIX = "tpool.";

    /** What the name of an environment variable begins with. */
    public static final String ENVIRONMENT_PREFIX = "TPOOL_";

    /** What may follow {@code pool.NAME.}. */
    private static final String[] OF_POOL = withPoolSettings("", "methods", "mode", "size", "max");

    /** Every key without a pool's name, in the order of the documentation. */
    private static final String[] ALL = joined(
        withPoolSettings(POOL, METHODS, EXCLUDE, MODE, GUARD, GUARD_PATIENCE, GUARD_MAX, POOL_SIZE, POOL_MAX),
        DISCOVER, DISCOVER_FILE, ENABLED, JMX, LOG, STRICT, CONFIG);

    private static final int LONGEST_POOL_NAME = 64;

    private Keys() {
    }

    /** Some keys, and the settings of {@link PoolSetting} behind them. */
    private static String[] withPoolSettings(String prefix, String... first) {
        PoolSetting[] settings = PoolSetting.all();
        String[] all = Arrays.copyOf(first, first.length + settings.length);
        for (int i = 0; i < settings.length; i++) {
            all[first.length + i] = prefix.concat(settings[i].word);
        }
        return all;
    }

    private static String[] joined(String[] first, String... more) {
        String[] all = Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return all;
    }

    static String[] all() {
        return ALL;
    }

    static String[] ofPool() {
        return OF_POOL;
    }

    static boolean isKnown(String key) {
        return contains(ALL, key) || poolName(key) != null;
    }

    /** @return NAME of {@code pool.NAME.x} where x is a pool's setting; not yet checked; null for any other key */
    static String poolName(String key) {
        int dot = key.lastIndexOf('.');
        if (!key.startsWith(POOL) || dot < POOL.length() || !contains(OF_POOL, key.substring(dot + 1))) {
            return null;
        }
        return key.substring(POOL.length(), dot);
    }

    /** @return what is wrong with a pool's name, or null */
    static String wrongPoolName(String name) {
        if (name.equals(DEFAULT_POOL)) {
            return "the default pool has no name in its keys";
        }
        if (contains(OF_POOL, name)) {
            return "'" + name + "' is a setting and cannot name a pool";
        }
        if (name.isEmpty() || name.length() > LONGEST_POOL_NAME || !isLetter(name.charAt(0))) {
            return "'" + name + "' cannot name a pool";
        }
        for (int i = 1; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!isLetter(c) && !(c >= '0' && c <= '9') && c != '-' && c != '_') {
                return "'" + name + "' cannot name a pool";
            }
        }
        return null;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    /** @return the key in the form of an environment variable, without {@link #ENVIRONMENT_PREFIX} */
    static String environmentForm(String key) {
        StringBuilder form = new StringBuilder(key.length());
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            form.append(c == '.' || c == '-' ? '_' : c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c);
        }
        return form.toString();
    }

    static boolean contains(String[] words, String word) {
        for (String each : words) {
            if (each.equals(word)) {
                return true;
            }
        }
        return false;
    }
}
