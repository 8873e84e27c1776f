// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tpool.it.Jdk.Setting;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code InetAddress.getByName} with a slow resolver. The JDK lends the scheduler a spare carrier for each look-up, up
 * to {@code maxPoolSize} of them; that limit is reached at once here.
 */
class AddressIT {
    @ParameterizedTest(name = "{0}")
    @MethodSource("io.tpool.it.Jdk#settings")
    void aSlowNameServerLeavesOthersAlone(Setting setting) {
        assumeTrue(System.getProperty("os.name").equals("Linux"),
            "skipped: the slow resolver is preloaded, which takes Linux");
        Path resolver = Toolbox.library("resolver");
        Starvation.of("AddressApp", "slow.invalid")
            .with(jvm -> jvm.environment("LD_PRELOAD", resolver.toString())
                .option("-Djdk.virtualThreadScheduler.maxPoolSize=" + setting.carriers()))
            .natives("native java.net.Inet6AddressImpl#lookupAllHostAddr, "
                + "native java.net.Inet4AddressImpl#lookupAllHostAddr")
            .outermost("java.net.InetAddress#getByName(java.lang.String)").isCuredBy(setting);
    }
}
