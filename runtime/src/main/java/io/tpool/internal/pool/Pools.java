// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.pool;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The named pools of this JVM. The agent plans those of its configuration: nothing of a pool is loaded before it is
 * asked for. The default pool appears by itself.
 *
 * @since 1.0
 */
public final class Pools {
    private static final ConcurrentMap<String, Pool> pools = new ConcurrentHashMap<>();

    /**
     * Shapes of pools that are made when they are first asked for. Guarded by itself; a plan goes as its pool comes.
     */
    private static final Map<String, PoolConfig> plans = new HashMap<>();

    private static final List<Observer> observers = new CopyOnWriteArrayList<>();

    private Pools() {
    }

    /** Hears of pools as they come and go. */
    public interface Observer {
        /**
         * There is a new pool.
         *
         * @param pool not null
         */
        void defined(Pool pool);

        /**
         * A pool is gone.
         *
         * @param pool not null
         */
        void removed(Pool pool);
    }

    /**
     * Has a pool made when it is first asked for, unless there is one of that name.
     *
     * @param config its shape
     * @return the pool of that name, or null if there is none yet
     */
    public static Pool plan(PoolConfig config) {
        synchronized (plans) {
            Pool there = pools.get(config.name());
            if (there == null) {
                plans.put(config.name(), config);
            }
            return there;
        }
    }

    /**
     * Takes a pool in, unless there is one of that name.
     *
     * @param config its shape
     * @return the pool of that name, new or older
     */
    public static Pool define(PoolConfig config) {
        Pool there = find(config.name());
        if (there != null) {
            return there;
        }
        Pool made = new Pool(config);
        there = putIfAbsent(made);
        return there != null ? there : made;
    }

    /**
     * Takes a new pool in.
     *
     * @param config its shape
     * @return the new pool
     * @throws IllegalArgumentException if there is one of that name
     */
    public static Pool create(PoolConfig config) {
        Pool made = new Pool(config);
        if (find(config.name()) != null || putIfAbsent(made) != null) {
            throw new IllegalArgumentException("there is a pool named " + config.name()
                    + " already: choose another name, or close that one");
        }
        return made;
    }

    private static Pool putIfAbsent(Pool made) {
        Pool there = pools.putIfAbsent(made.name(), made);
        if (there == null) {
            tellOf(made);
        }
        return there;
    }

    /**
     * Tells the observer of every pool there is, and of every change from now on.
     *
     * @param observer not null; hears of a pool twice if it is defined at this moment
     */
    public static void observe(Observer observer) {
        makeAllPlanned();
        observers.add(observer);
        pools.values().forEach(observer::defined);
    }

    /**
     * The pool of that name.
     *
     * @param name as defined
     * @return null if there is none
     */
    public static Pool find(String name) {
        Pool there = pools.get(name);
        return there != null ? there : planned(name);
    }

    private static Pool planned(String name) {
        Pool made;
        synchronized (plans) {
            PoolConfig config = plans.get(name);
            if (config == null) {
                return pools.get(name);
            }
            made = new Pool(config);
            Pool there = pools.putIfAbsent(name, made);
            plans.remove(name);   // last: without memory for the pool the plan stays
            if (there != null) {
                return there;
            }
        }
        tellOf(made);
        return made;
    }

    private static void makeAllPlanned() {
        List<String> names;
        synchronized (plans) {
            names = new ArrayList<>(plans.keySet());
        }
        for (String name : names) {
            find(name);
        }
    }

    private static void tellOf(Pool made) {
        for (Observer observer : observers) {
            try {
                observer.defined(made);
            } catch (RuntimeException | Error e) {   // the pool works, whether it is observed or not
                made.countThrown();
            }
        }
    }

    /**
     * Forgets a pool; its threads are not touched.
     *
     * @param pool as {@link #define} gave it
     */
    public static void remove(Pool pool) {
        if (pools.remove(pool.name(), pool)) {
            for (Observer observer : observers) {
                observer.removed(pool);
            }
        }
    }

    /**
     * The pools there are, and are planned.
     *
     * @return a copy, in no order
     */
    public static Collection<Pool> all() {
        makeAllPlanned();
        return new ArrayList<>(pools.values());
    }
}
