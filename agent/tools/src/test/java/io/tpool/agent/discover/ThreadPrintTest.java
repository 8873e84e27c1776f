// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Texts of JDK 21 and 25, shortened. */
class ThreadPrintTest {

    static final String PARKED = """
        "ForkJoinPool-1-worker-1" #24 [12238] daemon prio=5 os_prio=0 cpu=23.23ms elapsed=6.44s tid=0x00007f9ddc0e7250  [0x00007f9dad5fd000]
           Carrying virtual thread #26
        \tat jdk.internal.vm.Continuation.run(java.base@25.0.3/Continuation.java:251)
        \tat java.lang.VirtualThread$$Lambda/0x000000006a003d98.run(java.base@25.0.3/Unknown Source)
           Mounted virtual thread #26
        \tat jdk.internal.misc.Unsafe.park(java.base@25.0.3/Native Method)
        \tat java.lang.System$1.parkVirtualThread(java.base@25.0.3/System.java:2285)
        \tat java.util.concurrent.locks.LockSupport.park(java.base@25.0.3/LockSupport.java:221)
        \tat java.util.concurrent.CountDownLatch.await(java.base@25.0.3/CountDownLatch.java:230)
        \tat Clinit$Config.<clinit>(Clinit.java:5)
        \tat Clinit.request(Clinit.java:6)
        \tat java.lang.VirtualThread.run(java.base@25.0.3/VirtualThread.java:460)

        "VirtualThread-unparker" #21 [11910] daemon prio=5
        """;
    private static final String WAITS_ON_21 = """
        "ForkJoinPool-1-worker-2" #23 [11925] daemon prio=5 os_prio=0 cpu=0.42ms elapsed=5.99s
           Carrying virtual thread #24
        \tat jdk.internal.vm.Continuation.run(java.base@21.0.13/Continuation.java:248)
        \t- waiting on the Class initialization monitor for Clinit$Config
        """;
    private static final List<String> DUMP_OF_21 = List.of("11887", "", "#23 \"ForkJoinPool-1-worker-2\"",
        "      java.base/jdk.internal.vm.Continuation.run(Continuation.java:248)", "#24 \"\" virtual",
        "      Clinit.request(Clinit.java:6)",
        "      Clinit.lambda$main$0(Clinit.java:10)",
        "      java.base/java.lang.VirtualThread.run(VirtualThread.java:329)", "#25 \"\" virtual",
        "      Other.run(Other.java:1)");

    @Test
    void theStackOfAMountedThreadIsRead() {
        ThreadPrint.Carried carried = ThreadPrint.of(PARKED).carried().get(26L);
        StackTraceElement[] stack = carried.stack();
        assertEquals(7, stack.length, () -> Arrays.toString(stack));
        assertTrue(stack[0].isNativeMethod());
        assertEquals("java.base", stack[0].getModuleName());
        assertEquals("Clinit$Config", stack[4].getClassName());
        assertEquals("<clinit>", stack[4].getMethodName());
        assertEquals(5, stack[4].getLineNumber());
        assertFalse(carried.waitsInJvm());
    }

    @Test
    void whereThePrintHasNoStackTheDumpHas() {
        ThreadPrint print = ThreadPrint.of(WAITS_ON_21);
        assertTrue(print.lacksStacks());
        print.readStacks(DUMP_OF_21);
        ThreadPrint.Carried carried = print.carried().get(24L);
        assertTrue(carried.waitsInJvm());
        assertEquals(3, carried.stack().length, () -> Arrays.toString(carried.stack()));
        assertEquals("request", carried.stack()[0].getMethodName());
        assertEquals("java.base", carried.stack()[2].getModuleName());
        assertEquals(1, print.carried().size());
    }
}
