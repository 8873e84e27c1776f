// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.weave;

import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * Stands in for the runtime: what woven code calls in a test. One for all tests of a JVM, so that they run one after
 * the other.
 */
public final class Recorder {
    /** The classes that take the place of the runtime's. */
    static final HookTypes HOP =
        new HookTypes("io/tpool/agent/weave/Recorder$Move", "io/tpool/agent/weave/Recorder$HandOff",
            Recorder.class.getClassLoader());

    private static final List<String> EVENTS = new ArrayList<>();
    private static RuntimeException refusal;
    private static Object watched;
    private static Throwable thrown;
    /** The method whose body the next call of it is to run, since it was handed off; -1 if there is none. */
    private static int handedOff = -1;

    private Recorder() {
    }

    static void reset() {
        EVENTS.clear();
        refusal = null;
        watched = null;
        thrown = null;
        handedOff = -1;
    }

    /** What happened since the last call. */
    static List<String> events() {
        List<String> events = List.copyOf(EVENTS);
        EVENTS.clear();
        return events;
    }

    /** The next hop fails with this. */
    static void refuse(RuntimeException with) {
        refusal = with;
    }

    /** Events tell from now on whether the thread holds this monitor. */
    static void watch(Object monitor) {
        watched = monitor;
    }

    /** What the last exit was told. */
    static Throwable thrown() {
        return thrown;
    }

    /** To be called by woven code under test. */
    public static void note(String what) {
        add(what);
    }

    private static void add(String event) {
        EVENTS.add(watched != null && Thread.holdsLock(watched) ? event + " holding" : event);
    }

    private static void mayRefuse() {
        if (refusal != null) {
            throw refusal;
        }
    }

    /** In the place of {@code io.tpool.internal.hook.Move}. */
    public static final class Move {
        private Move() {
        }

        public static Object enter(int number) {
            add("enter " + number);
            mayRefuse();
            return number;
        }

        public static void exit(Object passage, Throwable cause) {
            add("exit " + passage);
            thrown = cause;
        }
    }

    /** In the place of {@code io.tpool.internal.hook.HandOff}. */
    public static final class HandOff {
        private HandOff() {
        }

        public static boolean applies(int number) {
            mayRefuse();
            boolean applies = handedOff != number;
            handedOff = -1;
            return applies;
        }

        public static Object call(int number, MethodHandle self, Object monitor, Object[] arguments) throws Throwable {
            add("enter " + number);
            handedOff = number;
            try {
                return self.asFixedArity().invokeWithArguments(arguments);
            } catch (Throwable e) {
                thrown = e;
                throw e;
            } finally {
                handedOff = -1;
                add("exit " + number + (monitor == null ? "" : " with monitor"));
            }
        }
    }
}
