// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.InputStream;
import java.lang.StackWalker.StackFrame;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/** Asks each frame where it is, and compares with what its code says. */
class CodeMapTest {

    private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    @Test
    void findsTheBlocksThatHoldAMonitor() throws IOException {
        Object monitor = new Object();
        assertHeld(false, here());
        synchronized (monitor) {
            assertHeld(true, here());
            synchronized (this) {
                assertHeld(true, here());
            }
            assertHeld(true, here());
        }
        assertHeld(false, here());
    }

    @Test
    void takesNoOtherFinallyForAMonitor() throws IOException {
        ReentrantLock lock = new ReentrantLock();
        lock.lock();
        try {
            assertHeld(false, here());
        } finally {
            lock.unlock();
        }
    }

    @Test
    void seesTheReturnOutOfABlock() throws IOException {
        assertHeld(true, returning());
    }

    @Test
    void findsTheLoops() throws IOException {
        assertLoops(false, here());
        for (int i = 0; i < 2; i++) {
            assertLoops(true, here());
            StackFrame last;
            do {
                last = here();
            } while (last == null);
            assertLoops(true, last);
        }
        assertLoops(false, here());
        StackFrame condition;
        while ((condition = here()) == null) {
            assertLoops(true, here());
        }
        assertLoops(true, condition);
        assertLoops(false, here());
    }

    private StackFrame returning() {
        synchronized (this) {
            return here();
        }
    }

    private static StackFrame here() {
        return WALKER.walk(frames -> frames.skip(1).findFirst()).orElseThrow();
    }

    private static void assertHeld(boolean held, StackFrame frame) throws IOException {
        assertEquals(held, map().holdsMonitor(method(frame), frame.getByteCodeIndex()), frame::toString);
    }

    private static void assertLoops(boolean loops, StackFrame frame) throws IOException {
        assertEquals(loops, map().loops(method(frame), frame.getByteCodeIndex()), frame::toString);
    }

    private static MethodRef method(StackFrame frame) {
        return new MethodRef(frame.getClassName(), frame.getMethodName(), frame.getDescriptor(), 0, false, false, 1);
    }

    private static CodeMap map() throws IOException {
        try (InputStream in = CodeMapTest.class.getResourceAsStream("CodeMapTest.class")) {
            CodeMap map = CodeMap.of(in.readAllBytes());
            assertFalse(map.registersNatives());
            return map;
        }
    }
}
