// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;

/**
 * A class loader as a key that does not keep it alive. Equal to another one of the same living loader, and to itself
 * for ever.
 *
 * @since 1.0
 */
public final class ClassLoaderReference extends WeakReference<ClassLoader> {
    private final int hash;

    /**
     * Makes a key.
     *
     * @param loader not null
     * @param gone where the key comes when the loader is gone; null for a key to look something up
     */
    public ClassLoaderReference(ClassLoader loader, ReferenceQueue<ClassLoader> gone) {
        super(loader, gone);
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
        return mine != null && other instanceof ClassLoaderReference that && that.refersTo(mine);
    }
}
