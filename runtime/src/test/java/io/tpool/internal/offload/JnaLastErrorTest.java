// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.Native;
import org.junit.jupiter.api.Test;

public class JnaLastErrorTest {
    /** Set by the class that stands in for JNA's, when it is initialised. */
    public static volatile boolean jnaIsInUse;
    /** Set by it: whether a virtual thread that asked for the number could unmount on the way to it. */
    public static volatile boolean unmounted;

    @Test
    void jna_is_not_initialised_by_a_look_and_read_and_written_once_it_is_in_use() throws InterruptedException {
        JnaLastError error = new JnaLastError(getClass().getClassLoader());
        assertEquals(JnaLastError.NONE, error.read());
        error.write(3);
        assertFalse(jnaIsInUse);

        Native.setLastError(5);
        assertTrue(jnaIsInUse);
        assertEquals(5, error.read());
        error.write(7);
        assertEquals(7, Native.getLastError());
        error.write(JnaLastError.NONE);
        assertEquals(7, Native.getLastError());
        assertStaysWhereItIsWhileItReads(error);
    }

    private static void assertStaysWhereItIsWhileItReads(JnaLastError error) throws InterruptedException {
        unmounted = true;
        Thread.ofVirtual().start(error::read).join();
        assertFalse(unmounted);
        Thread.ofVirtual().start(Native::getLastError).join();
        assertTrue(unmounted, "it could, had it not been kept");
    }

    @Test
    void where_a_class_loader_has_no_jna_there_is_no_number() {
        JnaLastError error = new JnaLastError(new ClassLoader(null) { });
        assertEquals(JnaLastError.NONE, error.read());
        error.write(3);
        assertEquals(JnaLastError.NONE, error.read());
    }
}
