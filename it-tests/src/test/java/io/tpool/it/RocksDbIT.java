// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import io.tpool.it.Jdk.Setting;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** rocksdbjni. No native takes a monitor. */
class RocksDbIT {
    private static final String NATIVES = "native org.rocksdb.RocksDB#*";

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.tpool.it.Jdk#settings")
    void synchronousWritesLeaveOthersAlone(Setting setting) {
        Starvation.of("RocksApp", "write").natives(NATIVES).outermost("org.rocksdb.RocksDB#put").isCuredBy(setting);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.tpool.it.Jdk#settings")
    void aFlushLeavesOthersAlone(Setting setting) {
        Starvation.of("RocksApp", "flush").natives(NATIVES).outermost("org.rocksdb.RocksDB#flush").isCuredBy(setting);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.tpool.it.Jdk#settings")
    void aCompactionLeavesOthersAlone(Setting setting) {
        Starvation.of("RocksApp", "compact").natives(NATIVES).outermost("org.rocksdb.RocksDB#compactRange")
            .isCuredBy(setting);
    }
}
