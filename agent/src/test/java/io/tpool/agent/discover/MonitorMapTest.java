package io.tpool.agent.discover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.InputStream;
import java.lang.StackWalker.StackFrame;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/** Asks each frame where it is, and compares with what its code says. */
class MonitorMapTest {

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

    private StackFrame returning() {
        synchronized (this) {
            return here();
        }
    }

    private static StackFrame here() {
        return WALKER.walk(frames -> frames.skip(1).findFirst()).orElseThrow();
    }

    private static void assertHeld(boolean held, StackFrame frame) throws IOException {
        MonitorMap map;
        try (InputStream in = MonitorMapTest.class.getResourceAsStream("MonitorMapTest.class")) {
            map = MonitorMap.of(in.readAllBytes());
        }
        MethodRef method = new MethodRef(frame.getClassName(), frame.getMethodName(), frame.getDescriptor(), 0, false, false, 1);
        assertEquals(held, map.holdsMonitor(method, frame.getByteCodeIndex()), frame::toString);
        assertFalse(map.registersNatives());
    }
}
