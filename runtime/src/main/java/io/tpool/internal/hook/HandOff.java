// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.hook;

import io.tpool.internal.offload.WovenHandOff;
import java.lang.invoke.MethodHandle;

/**
 * What a woven method calls in mode {@code handoff}: a pool thread runs the method's body while the virtual thread is
 * parked.
 *
 * @since 1.0
 */
public final class HandOff {
    private HandOff() {
    }

    /**
     * Tells whether the call now beginning is to be handed off.
     *
     * @param method number of the listed method, from {@link io.tpool.internal.offload.ListedMethods#register}
     * @return false on a platform thread, pool threads among them: the body then runs where it is
     */
    public static boolean applies(int method) {
        Thread thread = Thread.currentThread();
        return thread.isVirtual() && WovenHandOff.applies(method, thread);
    }

    /**
     * Runs the woven method on a pool thread; there {@link #applies} is false and the body runs.
     *
     * @param method number of the listed method
     * @param self the woven method itself, without virtual dispatch
     * @param monitor what the method locks on entry ({@code synchronized}: the receiver or the class), or null: if the
     *     caller holds
     *     it the call runs in place
     * @param arguments receiver first unless static, then the arguments, boxed
     * @return the boxed value, null for void
     * @throws Throwable the very object that the method threw
     */
    public static Object call(int method, MethodHandle self, Object monitor, Object[] arguments) throws Throwable {
        return WovenHandOff.call(method, self, monitor, arguments);
    }
}
