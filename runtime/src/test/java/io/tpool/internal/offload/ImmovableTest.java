// SPDX-License-Identifier: Apache-2.0
package io.tpool.internal.offload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.testing.Jvm;
import java.util.List;
import org.junit.jupiter.api.Test;

/** JVMs in which virtual threads cannot be moved: calls are handed off or run where they are, and one line says why. */
class ImmovableTest {
    @Test
    void where_the_packages_are_not_open() throws Exception {
        Jvm.Result result = Jvm.run(List.of(), Immovable.class);
        assertEquals(0, result.status(), result.output());
        assertEquals(1, result.output().lines().count(), result.output());
        assertTrue(result.output().contains("does not let a virtual thread move"), result.output());
    }

    @Test
    void where_virtual_threads_are_bound_to_platform_threads() throws Exception {
        Jvm.Result result =
                Jvm.run(Jvm.opened("-XX:+UnlockExperimentalVMOptions", "-XX:-VMContinuations"), Immovable.class);
        assertEquals(0, result.status(), result.output());
        assertEquals(1, result.output().lines().count(), result.output());
        assertTrue(result.output().contains("virtual threads are bound to platform threads"), result.output());
    }
}
