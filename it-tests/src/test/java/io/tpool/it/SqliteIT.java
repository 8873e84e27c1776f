// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tpool.it.Jdk.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** sqlite-jdbc. Every native is {@code synchronized} and called from synchronized Java methods. */
class SqliteIT {
    private static final String NATIVES = "native org.sqlite.core.NativeDB#*";
    private static final String EXECUTE = "java.sql.Statement+#execute*";

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.tpool.it.Jdk#settings")
    void aLongQueryLeavesOthersAlone(Setting setting) {
        Starvation.of("SqliteApp", "query").natives(NATIVES).outermost(EXECUTE).isCuredBy(setting);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.tpool.it.Jdk#settings")
    void waitingForALockedDatabaseLeavesOthersAlone(Setting setting) {
        Starvation.of("SqliteApp", "busy").natives(NATIVES).outermost(EXECUTE).isCuredBy(setting);
    }

    /**
     * Without its monitor nothing of a shared connection can be used, so everything that takes it is listed before JDK
     * 24.
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("io.tpool.it.Jdk#settings")
    void queueingForASharedConnectionLeavesOthersAlone(Setting setting) {
        Starvation.of("SqliteApp", "shared").natives(NATIVES)
            .outermost("java.sql.Connection+#*, java.sql.Statement+#*, java.sql.ResultSet+#*").isCuredBy(setting);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.tpool.it.Jdk#settings")
    void aJavaFunctionThatSqlCallsLeavesOthersAlone(Setting setting) {
        Starvation.of("SqliteApp", "callback").natives(NATIVES).outermost(EXECUTE).isCuredBy(setting);
    }

    /**
     * Under another name the jar gets onto the boot class path by another way, on which fewer of the JDK's classes are
     * loaded.
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("io.tpool.it.Jdk#all")
    void aPatternThatLooksAtEveryClassDisturbsTheLoadingOfNone(Jdk jdk) throws IOException {
        Path jar = Files.copy(Jvm.agentJar(), Jvm.newDirectory().resolve("renamed.jar"));
        Run run = Jvm.of(jdk).option("-javaagent:" + jar + "=methods=java.sql.Connection+#*, java.sql.Statement+#*")
            .run("SqliteApp", "callback");
        assertEquals("true", run.clean().value("functionRanOnItsCaller"));
    }
}
