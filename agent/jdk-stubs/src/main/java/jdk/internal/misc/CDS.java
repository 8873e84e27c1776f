// SPDX-License-Identifier: Apache-2.0
package jdk.internal.misc;

/** As {@link Unsafe}: for the compiler only. */
public final class CDS {
    private CDS() {
    }

    /**
     * As in the JDK, since 24.
     *
     * @return true while this JVM trains an AOT cache
     */
    public static boolean isDumpingStaticArchive() {
        throw new UnsupportedOperationException("only for the compiler");
    }
}
