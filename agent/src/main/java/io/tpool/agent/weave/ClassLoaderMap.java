package io.tpool.agent.weave;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One value for each class loader, which goes when the loader goes. Loaders are told apart by identity: they may
 * override {@code equals}. The value must not refer to its loader.
 */
final class ClassLoaderMap<V> {
    private static final Object BOOT = new Object();

    private final Map<Object, V> values = new ConcurrentHashMap<>();
    private final ReferenceQueue<ClassLoader> gone = new ReferenceQueue<>();

    /** Returns the loader's value, null if it has none; null is the boot loader. */
    V get(ClassLoader loader) {
        return values.get(loader == null ? BOOT : new Key(loader, null));
    }

    /** Gives the loader a value unless it has one; returns the one that it has then. */
    V putIfAbsent(ClassLoader loader, V value) {
        forgetGone();
        V other = values.putIfAbsent(loader == null ? BOOT : new Key(loader, gone), value);
        return other == null ? value : other;
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    List<V> all() {
        forgetGone();
        return new ArrayList<>(values.values());
    }

    private void forgetGone() {
        for (Reference<?> key = gone.poll(); key != null; key = gone.poll()) {
            values.remove(key);
        }
    }

    private static final class Key extends WeakReference<ClassLoader> {
        private final int hash;

        Key(ClassLoader loader, ReferenceQueue<ClassLoader> queue) {
            super(loader, queue);
            hash = System.identityHashCode(loader);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            if (this == other) {
                return true;
            }
            ClassLoader mine = get();
            return mine != null && other instanceof Key key && key.refersTo(mine);
        }
    }
}
