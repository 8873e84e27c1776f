package io.tpool.it;

import io.tpool.it.Jdk.Setting;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** sqlite-jdbc. Every native is {@code synchronized} and called from synchronized Java methods. */
class SqliteIT {
    private static final String NATIVES = "native org.sqlite.core.NativeDB#*";
    private static final String EXECUTE = "org.sqlite.jdbc3.JDBC3*Statement#execute*";

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

    /** Without its monitor nothing of a shared connection can be used, so everything that takes it is listed before JDK 24. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("io.tpool.it.Jdk#settings")
    void queueingForASharedConnectionLeavesOthersAlone(Setting setting) {
        Starvation.of("SqliteApp", "shared").natives(NATIVES)
            .outermost("org.sqlite.jdbc*.*#*, org.sqlite.SQLiteConnection#*").isCuredBy(setting);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.tpool.it.Jdk#settings")
    void aJavaFunctionThatSqlCallsLeavesOthersAlone(Setting setting) {
        Starvation.of("SqliteApp", "callback").natives(NATIVES).outermost(EXECUTE).isCuredBy(setting);
    }
}
