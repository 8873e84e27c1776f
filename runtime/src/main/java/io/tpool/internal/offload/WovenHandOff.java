// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

import io.tpool.internal.jdk.VirtualThreads;
import io.tpool.internal.pool.Thrown;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The hand-off of a woven method. The woven method asks {@link #applies} on each entry. If that is true, the method
 * passes itself to {@link #call}, and a pool thread calls the method a second time. There {@link #applies} is false,
 * so the second entry runs the body. Where the call has to run in place, the caller's own thread makes the second
 * call, and an entry in {@link #staying} makes {@link #applies} false for it.
 *
 * @since 1.0
 */
public final class WovenHandOff {
    /** By thread, the number of the method whose next entry runs the body in place. */
    private static final Map<Thread, Integer> staying = new ConcurrentHashMap<>();

    private WovenHandOff() {
    }

    /**
     * Tells whether a call by a virtual thread is to be handed off.
     *
     * @param number of the listed method
     * @param thread the current thread, virtual
     * @return false if it runs where it is: switched off, given back, on a pool thread already, or decided before to
     *     stay
     */
    public static boolean applies(int number, Thread thread) {
        if (!Offload.enabled() || ListedMethods.get(number) == null) {
            return false;
        }
        if (!staying.isEmpty() && staying.remove(thread, number)) {
            return false;
        }
        return VirtualThreads.problem() != null || !ThreadMove.isAboard(thread);
    }

    /**
     * Hands a call off.
     *
     * @param number of the listed method
     * @param self the woven method, without virtual dispatch
     * @param monitor that the method takes on entry, or null
     * @param arguments receiver first unless static
     * @return the boxed value, null for void
     * @throws Throwable the very object that the method threw
     */
    public static Object call(int number, MethodHandle self, Object monitor, Object[] arguments) throws Throwable {
        ListedMethod method = ListedMethods.get(number);
        Callable<Object> body = () -> invoke(self, arguments);
        Callable<Object> here = () -> stay(number, self, arguments);
        if (method == null) {   // given back meanwhile
            return here.call();
        }
        if (monitor != null && Thread.holdsLock(monitor)) {
            return BlockingHandOff.inPlace(new InPlaceCall(method, Outcome.IN_PLACE, Offload.recording(method)), here);
        }
        JnaLastError jna = method.jnaLastError();
        return jna == null ? BlockingHandOff.call(method.pool(), method, body, here) : call(method, jna, body, here);
    }

    private static Object call(ListedMethod method, JnaLastError jna, Callable<Object> body,
            Callable<Object> here) throws Exception {
        long before = jna.read();
        long[] after = {JnaLastError.NONE};   // stays so where the call runs in place
        try {
            return BlockingHandOff.call(method.pool(), method, () -> {
                jna.write(before);
                try {
                    return body.call();
                } finally {
                    after[0] = jna.read();
                }
            }, () -> {
                jna.write(before);   // it may have parked in vain, and be on another carrier
                return here.call();
            });
        } finally {
            jna.write(after[0]);
        }
    }

    private static Object stay(int number, MethodHandle self, Object[] arguments) throws Exception {
        Thread thread = Thread.currentThread();
        staying.put(thread, number);
        try {
            return invoke(self, arguments);
        } finally {
            // it does not get there when it is switched off meanwhile, or the stack ends
            staying.remove(thread, number);
        }
    }

    private static Object invoke(MethodHandle self, Object[] arguments) throws Exception {
        try {
            return self.asFixedArity().invokeWithArguments(arguments);
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw Thrown.<Exception>asIs(e);
        }
    }
}
