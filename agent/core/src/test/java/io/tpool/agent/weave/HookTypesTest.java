// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.weave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.internal.offload.Mode;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When the hop happens: before the monitor, once, and out again on every way. */
@Timeout(60)
class HookTypesTest {
    private static final String SOURCE = """
            import io.tpool.agent.weave.Recorder;
            public class T {
                static final T ONE = new T();
                static final RuntimeException FAILURE = new IllegalStateException("thrown by the body");
                static int plain(int a) { Recorder.note("body"); return a; }
                static Object run() { return plain(4); }
                synchronized Object guarded() { Recorder.note("body"); return "guarded"; }
                static Object runGuarded() { return ONE.guarded(); }
                static synchronized Object guardedStatic() { Recorder.note("body"); return "guarded"; }
                synchronized void failing() { Recorder.note("body"); throw FAILURE; }
                static Object runFailing() { ONE.failing(); return null; }
                static Object runTwice() { synchronized (ONE) { return ONE.guarded(); } }
                static StackTraceElement[] trace() { return new Throwable().getStackTrace(); }
                synchronized StackTraceElement[] guardedTrace() {
                    return new Throwable().getStackTrace();
                }
                static Object runGuardedTrace() { return ONE.guardedTrace(); }
            }
            """;
    private static final Map<String, byte[]> FILES = MemoryCompiler.compile(17, SOURCE);

    @BeforeEach
    void reset() {
        Recorder.reset();
    }

    @ParameterizedTest
    @EnumSource
    void theHopSurroundsTheBody(Mode mode) throws Throwable {
        assertEquals(4, Loom.of(mode, "acme.T#plain").load(FILES).call("acme.T", "run"));
        assertEquals(List.of("enter 0", "body", "exit 0"), Recorder.events());
        assertNull(Recorder.thrown());
    }

    @ParameterizedTest
    @EnumSource
    void whatTheBodyThrowsComesOutAsThatObjectAndExitIsTold(Mode mode) throws Throwable {
        Loom.Loader loader = Loom.of(mode, "acme.T#failing").load(FILES);
        Throwable failure = assertThrows(IllegalStateException.class, () -> loader.call("acme.T", "runFailing"));

        assertSame(failure, Recorder.thrown());
        assertEquals("thrown by the body", failure.getMessage());
        assertEquals(3, Recorder.events().size());
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedCallReachesTheCallerWithoutBodyOrExit(Mode mode) {
        RejectedExecutionException refusal = new RejectedExecutionException("saturated");
        Recorder.refuse(refusal);
        Loom.Loader loader = Loom.beforeJdk24(mode, "acme.T#*lain", "acme.T#guarded").load(FILES);

        assertSame(refusal, assertThrows(RejectedExecutionException.class, () -> loader.call("acme.T", "run")));
        assertSame(refusal, assertThrows(RejectedExecutionException.class, () -> loader.call("acme.T", "runGuarded")));
        assertEquals(List.of(), Recorder.events().stream().filter(e -> !e.startsWith("enter")).toList());
    }

    @Test
    void beforeJdk24TheHopComesBeforeTheMonitorAndTheMonitorIsGivenBackBeforeTheWayHome() throws Throwable {
        Loom loom = Loom.beforeJdk24(Mode.TPOOL, "acme.T#guarded*", "acme.T#failing");
        Loom.Loader loader = loom.load(FILES);
        Recorder.watch(one(loader));
        loader.call("acme.T", "runGuarded");
        assertEquals(List.of("enter", "body holding", "exit"), withoutNumbers());
        assertThrows(IllegalStateException.class, () -> loader.call("acme.T", "runFailing"));
        assertEquals(List.of("enter", "body holding", "exit"), withoutNumbers());

        Recorder.watch(loader.loadClass("acme.T"));
        loader.call("acme.T", "guardedStatic");
        assertEquals(List.of("enter", "body holding", "exit"), withoutNumbers());
        assertFalse(Thread.holdsLock(one(loader)));
        assertFalse(Thread.holdsLock(loader.loadClass("acme.T")));
        assertFalse(Modifier.isSynchronized(loader.loadClass("acme.T").getDeclaredMethod("guarded").getModifiers()));
    }

    @ParameterizedTest
    @EnumSource(value = Mode.class, names = {"AUTO", "TPOOL"})
    void fromJdk24TheMonitorIsLeftToTheJvm(Mode mode) throws Throwable {
        Loom.Loader loader = Loom.of(mode, "acme.T#guarded").load(FILES);
        Recorder.watch(one(loader));
        loader.call("acme.T", "runGuarded");

        assertEquals(List.of("enter holding", "body holding", "exit holding"), withoutNumbers());
        assertTrue(Modifier.isSynchronized(loader.loadClass("acme.T").getDeclaredMethod("guarded").getModifiers()));
    }

    @Test
    void inModeHandoffTheMonitorIsTakenByTheBodyAndNamedToTheHop() throws Throwable {
        Loom.Loader loader = Loom.of(Mode.HANDOFF, "acme.T#guarded*").load(FILES);
        Recorder.watch(one(loader));
        loader.call("acme.T", "runGuarded");
        assertEquals(List.of("enter", "body holding", "exit with monitor"), withoutNumbers());

        Recorder.watch(loader.loadClass("acme.T"));
        loader.call("acme.T", "guardedStatic");
        assertEquals(List.of("enter", "body holding", "exit with monitor"), withoutNumbers());
    }

    @Test
    void aMonitorThatTheCallerHoldsIsHeldAfterwards() throws Throwable {
        Loom.Loader loader = Loom.beforeJdk24(Mode.TPOOL, "acme.T#guarded").load(FILES);
        Recorder.watch(one(loader));
        loader.call("acme.T", "runTwice");

        assertEquals(List.of("enter holding", "body holding", "exit holding"), withoutNumbers());
        assertFalse(Thread.holdsLock(one(loader)));
    }

    @Test
    void inModeTpoolTheStackTraceIsThatOfTheUnwovenMethod() throws Throwable {
        for (String method : List.of("trace", "runGuardedTrace")) {
            StackTraceElement[] plain = (StackTraceElement[]) Loom.plain(FILES).call("acme.T", method);
            Loom.Loader loader = Loom.beforeJdk24(Mode.TPOOL, "acme.T#trace", "acme.T#guardedTrace").load(FILES);
            StackTraceElement[] woven = (StackTraceElement[]) loader.call("acme.T", method);

            assertEquals(plain.length, woven.length);
            assertEquals(plain[0].getMethodName() + ":" + plain[0].getLineNumber(), woven[0].getMethodName() + ":"
                + woven[0].getLineNumber());
            assertEquals(plain[1].getMethodName(), woven[1].getMethodName());
        }
    }

    @Test
    void monitorsStayBalancedWhenCompiled() throws Throwable {
        Loom.Loader loader = Loom.beforeJdk24(Mode.TPOOL, "acme.T#guarded").load(FILES);
        for (int i = 0; i < 30_000; i++) {
            loader.call("acme.T", "runGuarded");
            Recorder.events();
        }
        assertFalse(Thread.holdsLock(one(loader)));
    }

    private static Object one(Loom.Loader loader) throws Exception {
        java.lang.reflect.Field field = loader.loadClass("acme.T").getDeclaredField("ONE");
        field.setAccessible(true);
        return field.get(null);
    }

    private static List<String> withoutNumbers() {
        return Recorder.events().stream().map(event -> event.replaceAll(" \\d+", "")).toList();
    }
}
