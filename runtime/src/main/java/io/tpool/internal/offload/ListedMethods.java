// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

import io.tpool.internal.pool.Pool;
import io.tpool.internal.pool.Pools;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The woven methods of this JVM, by the number that their byte code carries.
 *
 * <p>A number is given back when the class loader of its class is gone: then no byte code carries it any more. The
 * table is copied for each change and published by a volatile write, so that woven code reads it without a lock.
 *
 * @since 1.0
 */
public final class ListedMethods {
    private static volatile ListedMethod[] table = new ListedMethod[0];

    /** The methods of mode auto, by the name without parameters. */
    private static final Map<String, List<ListedMethod>> learning = new ConcurrentHashMap<>();

    // Guarded by the class; never held while other code runs.
    private static final ArrayDeque<Integer> free = new ArrayDeque<>();
    private static final Map<ClassLoaderReference, List<Integer>> byLoader = new HashMap<>();
    /** By number; their byte code may be listed again. */
    private static final Map<Integer, ListedMethod> retired = new HashMap<>();
    private static final ReferenceQueue<ClassLoader> gone = new ReferenceQueue<>();

    private ListedMethods() {
    }

    /**
     * Takes a method in.
     *
     * @param method for people, {@code com.acme.Type#method(int, java.lang.String)}
     * @param pool name of its pool, which is {@linkplain Pools#define defined}
     * @param mode how it is kept off the carrier
     * @param loader loader of its class, null for the boot loader; kept weakly, the number is free again when it is
     *     gone
     * @return number for the byte code
     * @throws IllegalArgumentException if there is no such pool
     */
    public static int register(String method, String pool, Mode mode, ClassLoader loader) {
        ListedMethod added = made(method, pool, mode);
        synchronized (ListedMethods.class) {
            sweep();
            Integer number = free.poll();
            ListedMethod[] next = number != null ? table.clone() : Arrays.copyOf(table, table.length + 1);
            int index = number != null ? number : table.length;
            put(next, index, added);
            if (loader != null) {
                byLoader.computeIfAbsent(new ClassLoaderReference(loader, gone), key -> new ArrayList<>()).add(index);
            }
            return index;
        }
    }

    /**
     * Lets the calls of a method take JNA's last error along, and bring home what they leave. To be called before the
     * method's byte code runs.
     *
     * @param number from {@link #register}
     * @param loader loader of its class; kept weakly
     */
    public static void keepJnaLastError(int number, ClassLoader loader) {
        ListedMethod method = get(number);
        if (method != null && loader != null) {
            method.keepJnaLastError(loader);
        }
    }

    /**
     * Gives back a number whose byte code the JVM did not accept.
     *
     * @param number from {@link #register}
     */
    public static synchronized void discard(int number) {
        if (number < 0 || number >= table.length || table[number] == null) {
            return;
        }
        remove(number);
        byLoader.values().forEach(numbers -> numbers.remove((Integer) number));
    }

    /**
     * Lets the calls of a method pass straight through from now on. Its byte code may still be there: the number is
     * given back only when the loader of its class is gone.
     *
     * @param number from {@link #register}
     */
    public static synchronized void retire(int number) {
        ListedMethod method = get(number);
        if (method != null) {
            clear(number);
            retired.put(number, method);
        }
    }

    /**
     * Takes a retired method in again.
     *
     * @param number given to {@link #retire}
     * @param method as for {@link #register}
     * @param pool as for {@link #register}
     * @param mode of the same kind as before: the byte code is what it was
     * @throws IllegalArgumentException if there is no such pool
     */
    public static void restore(int number, String method, String pool, Mode mode) {
        ListedMethod added = made(method, pool, mode);
        synchronized (ListedMethods.class) {
            added.keepJnaLastErrorAs(retired.remove(number));
            put(table.clone(), number, added);
        }
    }

    private static ListedMethod made(String method, String pool, Mode mode) {
        Pool found = Pools.find(pool);
        if (found == null) {
            throw new IllegalArgumentException("no pool named " + pool);
        }
        return new ListedMethod(method, found, mode);
    }

    /** Under the lock of this class. */
    private static void put(ListedMethod[] next, int number, ListedMethod added) {
        next[number] = added;
        table = next;
        if (added.policy() != null) {
            learning.computeIfAbsent(plainName(added.name()), key -> new CopyOnWriteArrayList<>()).add(added);
        }
    }

    /**
     * The method of a number.
     *
     * @param number from byte code
     * @return null if it has been given back
     */
    static ListedMethod get(int number) {
        ListedMethod[] now = table;
        return number >= 0 && number < now.length ? now[number] : null;
    }

    /**
     * The figures of every method, those of the same name and pool added up.
     *
     * @return a copy, in the order in which the methods were woven; calls may end between one figure and the next
     */
    public static List<MethodFigures> figures() {
        Map<String, List<ListedMethod>> byName = new LinkedHashMap<>();
        for (ListedMethod method : all()) {
            byName.computeIfAbsent(method.name() + '\n' + method.pool().name(), key -> new ArrayList<>()).add(method);
        }
        List<MethodFigures> figures = new ArrayList<>();
        for (List<ListedMethod> same : byName.values()) {
            figures.add(MethodFigures.of(same));
        }
        return figures;
    }

    /** After a change of what all methods depend on. */
    static void refresh() {
        for (ListedMethod method : table) {
            if (method != null) {
                method.refresh();
            }
        }
    }

    /** Starts the figures of every method anew. A call in flight is counted, whole, where it ends. */
    public static void reset() {
        all().forEach(ListedMethod::reset);
    }

    private static List<ListedMethod> all() {
        synchronized (ListedMethods.class) {
            sweep();
        }
        List<ListedMethod> all = new ArrayList<>();
        for (ListedMethod method : table) {
            if (method != null) {
                all.add(method);
            }
        }
        return all;
    }

    private static void sweep() {
        for (Object reference = gone.poll(); reference != null; reference = gone.poll()) {
            List<Integer> numbers = byLoader.remove(reference);
            if (numbers != null) {
                numbers.forEach(ListedMethods::remove);
            }
        }
    }

    private static String plainName(String method) {
        int parameters = method.indexOf('(');
        return parameters < 0 ? method : method.substring(0, parameters);
    }

    /** The policy of a method whose calls stay, or null. Overloads are not told apart: one that stays is taken. */
    static LearnedPolicy staying(String type, String name) {
        if (learning.isEmpty()) {
            return null;
        }
        for (ListedMethod method : learning.getOrDefault(type + '#' + name, List.of())) {
            if (!method.policy().decision().moves()) {
                return method.policy();
            }
        }
        return null;
    }

    private static void remove(int number) {
        if (table[number] != null) {
            clear(number);
        }
        retired.remove(number);
        free.add(number);
    }

    private static void clear(int number) {
        ListedMethod[] next = table.clone();
        String plain = plainName(next[number].name());
        List<ListedMethod> same = learning.get(plain);
        if (same != null && same.remove(next[number]) && same.isEmpty()) {
            learning.remove(plain, same);
        }
        next[number] = null;
        table = next;
    }
}
