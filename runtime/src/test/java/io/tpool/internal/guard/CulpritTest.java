// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.lang.Thread.State;
import org.junit.jupiter.api.Test;

/** What a stack says about a capture. */
class CulpritTest {
    private static final StackTraceElement PARK = jdk("jdk.internal.misc.Unsafe", "park", true);
    private static final StackTraceElement CARRIER = jdk("java.lang.VirtualThread", "parkOnCarrierThread", false);
    private static final StackTraceElement LOCK_SUPPORT = jdk("java.util.concurrent.locks.LockSupport", "park", false);
    private static final StackTraceElement LATCH = jdk("java.util.concurrent.CountDownLatch", "await", false);

    @Test
    void a_native_method_is_named_and_who_calls_its_library() {
        assertEquals(new Culprit("com.sun.jna.Native#invokeInt", CaptureKind.NATIVE, "org.example.Clock#nap"),
                of(State.RUNNABLE, false, nativ("com.sun.jna.Native", "invokeInt"),
                app("com.sun.jna.Function", "invoke"),
                        jdk("jdk.proxy2.$Proxy1", "usleep", false), app("org.example.Clock", "nap")));
    }

    @Test
    void a_computation_is_named_after_the_applications_first_frame() {
        assertEquals(new Culprit("org.example.Sum#of", CaptureKind.COMPUTING, "org.example.Sum#main"),
                of(State.RUNNABLE, true, jdk("java.util.HashMap", "get", false), app("org.example.Sum", "of"),
                        app("org.example.Sum", "main")));
    }

    @Test
    void a_native_method_that_computes_is_a_computation() {
        assertEquals(CaptureKind.COMPUTING, of(State.RUNNABLE, true, nativ("com.zstd.Zstd", "compress")).kind());
    }

    @Test
    void a_system_call_that_does_not_block_is_part_of_the_computation_around_it() {
        StackTraceElement[] stack = {jdk("sun.nio.ch.SocketDispatcher", "write0", true),
            jdk("sun.nio.ch.SocketChannelImpl", "write", false), app("org.example.Server", "answer")};
        assertEquals(new Culprit("org.example.Server#answer", CaptureKind.COMPUTING, ""),
                of(State.RUNNABLE, true, stack));
        assertNull(of(State.RUNNABLE, false, stack), "it may wait for a processor");
    }

    /** Seen on JDK 25 when other threads' stacks were read meanwhile. */
    @Test
    void a_thread_that_is_just_being_mounted_captures_nothing() {
        StackTraceElement[] stack = {jdk("java.lang.VirtualThread", "notifyJvmtiMount", true),
            jdk("java.lang.VirtualThread", "yieldContinuation", false), app("org.example.Turns", "take")};
        assertNull(of(State.RUNNABLE, false, stack));
        assertNull(Culprit.ofClassInitialiser(stack));
    }

    @Test
    void a_pinned_park_is_named_after_the_frame_that_pins() {
        assertEquals(new Culprit("org.example.Config#<clinit>", CaptureKind.PINNED, "org.example.Main#request"),
                of(State.WAITING, false, PARK, CARRIER, LOCK_SUPPORT, LATCH, app("org.example.Config", "<clinit>"),
                        appIn("org.example.Main", "request")));
        assertEquals("java.lang.Class#forName0",
                of(State.TIMED_WAITING, false, PARK, CARRIER, LOCK_SUPPORT, LATCH, app("org.example.Loader", "load"),
                        jdk("java.lang.Class", "forName0", true)).method());
    }

    @Test
    void a_park_in_a_monitor_is_named_after_the_application() {
        assertEquals(new Culprit("org.example.Pool#take", CaptureKind.PINNED, ""),
                of(State.WAITING, false, PARK, CARRIER, LOCK_SUPPORT, LATCH, app("org.example.Pool", "take")));
    }

    @Test
    void the_wait_for_a_monitor_is_named_after_the_application() {
        assertEquals(new Culprit("org.example.Pool#take", CaptureKind.MONITOR, ""),
                of(State.BLOCKED, false, app("org.example.Pool", "take")));
    }

    @Test
    void a_downcall_is_named_after_its_caller() {
        StackTraceElement[] stack =
                {jdk("java.lang.invoke.LambdaForm", "invoke", false), app("org.example.Clock", "nap")};
        assertEquals("org.example.Clock#nap", Culprit.of(stack, State.RUNNABLE, false, true).method());
        assertEquals(CaptureKind.NATIVE, Culprit.of(stack, State.RUNNABLE, false, true).kind());
        assertNull(Culprit.of(stack, State.RUNNABLE, false, false), "it may wait for a processor");
        assertEquals(new Culprit("org.example.Clock#nap", CaptureKind.MONITOR, ""), Culprit.ofClassInitialiser(stack));
    }

    private static Culprit of(State state, boolean computes, StackTraceElement... stack) {
        return Culprit.of(stack, state, computes, false);
    }

    private static StackTraceElement app(String type, String method) {
        return new StackTraceElement("app", null, null, type, method, null, 1);
    }

    private static StackTraceElement appIn(String type, String method) {
        return new StackTraceElement("app", "org.example", null, type, method, null, 1);
    }

    private static StackTraceElement nativ(String type, String method) {
        return new StackTraceElement("app", null, null, type, method, null, -2);
    }

    private static StackTraceElement jdk(String type, String method, boolean isNative) {
        return new StackTraceElement(null, "java.base", null, type, method, null, isNative ? -2 : 1);
    }
}
