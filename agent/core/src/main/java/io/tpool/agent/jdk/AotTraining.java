// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.jdk;

import java.util.function.BooleanSupplier;
import jdk.internal.misc.CDS;

/**
 * Asks the JVM whether it trains an AOT cache. Its package is exported to the loader of this class, for {@link
 * io.tpool.agent.boot.AotCache}.
 *
 * @since 1.0
 */
public final class AotTraining implements BooleanSupplier {
    /** Made by reflection. */
    public AotTraining() {
    }

    @Override
    public boolean getAsBoolean() {
        return CDS.isDumpingStaticArchive();
    }
}
