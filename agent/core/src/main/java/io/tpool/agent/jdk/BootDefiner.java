// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.jdk;

import java.util.function.Consumer;
import jdk.internal.misc.Unsafe;

/**
 * Defines classes of the boot loader. The package that this takes is exported to nobody but the loader of this class,
 * and only for {@link io.tpool.agent.boot.BootClasses}.
 *
 * @since 1.0
 */
public final class BootDefiner implements Consumer<byte[]> {
    /** Made by reflection. */
    public BootDefiner() {
    }

    /**
     * Defines one class.
     *
     * @param classFile its bytes
     * @throws NoClassDefFoundError if a class that it extends or implements is not there, or not yet
     */
    @Override
    public void accept(byte[] classFile) {
        Unsafe.getUnsafe().defineClass(null, classFile, 0, classFile.length, null, null);
    }
}
