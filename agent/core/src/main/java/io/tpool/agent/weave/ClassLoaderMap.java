// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.weave;

import io.tpool.internal.offload.ClassLoaderReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
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
        return values.get(loader == null ? BOOT : new ClassLoaderReference(loader, null));
    }

    /** Gives the loader a value unless it has one; returns the one that it has then. */
    V putIfAbsent(ClassLoader loader, V value) {
        forgetGone();
        V other = values.putIfAbsent(loader == null ? BOOT : new ClassLoaderReference(loader, gone), value);
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
}
