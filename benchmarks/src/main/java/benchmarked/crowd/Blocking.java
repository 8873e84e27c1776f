// SPDX-License-Identifier: Apache-2.0
package benchmarked.crowd;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * {@code jdk.internal.misc.Blocker}, with which the JDK compensates for its own blocking calls. The token between begin
 * and end is a {@code long} up to JDK 22 and a {@code boolean} from 23. Needs
 * {@code --add-exports java.base/jdk.internal.misc=ALL-UNNAMED}.
 *
 * @since 1.0
 */
public final class Blocking {
    private static final MethodHandle BEGIN;
    private static final MethodHandle END;

    static {
        try {
            Class<?> blocker = Class.forName("jdk.internal.misc.Blocker");
            Class<?> token = Runtime.version().feature() < 23 ? long.class : boolean.class;
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            BEGIN = MethodHandles.explicitCastArguments(lookup.findStatic(blocker, "begin",
                MethodType.methodType(token)), MethodType.methodType(long.class));
            END = MethodHandles.explicitCastArguments(lookup.findStatic(blocker, "end",
                MethodType.methodType(void.class, token)), MethodType.methodType(void.class, long.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private Blocking() {
    }

    /**
     * Before the call.
     *
     * @return for {@link #end}
     */
    public static long begin() {
        try {
            return (long) BEGIN.invokeExact();
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * After it.
     *
     * @param token from {@link #begin}
     */
    public static void end(long token) {
        try {
            END.invokeExact(token);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
