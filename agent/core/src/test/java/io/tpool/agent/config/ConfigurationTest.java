// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.internal.offload.Mode;
import io.tpool.internal.pool.PoolConfig;
import io.tpool.internal.pool.Saturation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ConfigurationTest {
    @TempDir
    Path directory;

    @Test
    void withoutAnySourceTheDefaultsAreInForce() {
        Configuration configuration = new Given(directory).read();

        assertEquals(List.of(), configuration.problems());
        assertEquals(List.of(new PoolSettings(PoolConfig.of("default", 64), List.of(), Mode.AUTO)),
                configuration.pools());
        assertTrue(configuration.switches().enabled());
        assertTrue(configuration.switches().jmx());
        assertFalse(configuration.switches().strict());
        assertFalse(configuration.switches().discover());
        assertNull(configuration.switches().discoverFile());
        assertEquals(LogLevel.WARN, configuration.switches().log());
        assertTrue(configuration.patterns().isEmpty());
    }

    @Test
    void everySettingOfAPoolReachesThePool() throws IOException {
        Configuration configuration = new Given(directory).file("""
                pool.x.methods=A#a
                pool.x.size=3
                pool.x.max=4
                pool.x.keepalive=5ms
                pool.x.stacksize=1m
                pool.x.saturation=inplace
                """).read();

        assertEquals(PoolConfig.of("x", 3, 4).withKeepAliveNanos(5_000_000).withStackSize(1 << 20)
            .withSaturation(Saturation.INPLACE),
            configuration.pools().get(1).pool());
    }

    @Test
    void ofVeryManyProblemsOnlyTheFirstAreKept() throws IOException {
        Given given = new Given(directory).file("colour=blue\n".repeat(5_000) + "log=info");

        assertEquals(LogLevel.INFO, given.read().switches().log());
        assertEquals(51, given.problems().size());
        assertTrue(given.problems().get(50).contains("4950 further problems"), given.problems().get(50));
    }

    @Test
    void everyKeyStandsInTheTableInItsOrderWithItsDefault() {
        StringBuilder table = new StringBuilder();
        for (Setting setting : new Given(directory).read().settings()) {
            assertEquals(Source.DEFAULT, setting.source());
            table.append(setting.key()).append('=').append(setting.value()).append(' ');
        }

        assertEquals("methods= exclude= mode=auto guard=on guard.patience=1ms guard.max=1024 pool.size=64 "
                + "pool.max=512 pool.keepalive=30s pool.stacksize= "
                + "pool.saturation=wait discover=false discover.file= enabled=true jmx=true log=warn strict=false "
                + "config= ",
                table.toString());
    }

    @Test
    void everyKeyIsUnderstood() throws IOException {
        Configuration configuration = new Given(directory).file("""
                methods = com.acme.Store#flush, native org.rocksdb.**#*
                exclude = com.acme.Store#close
                mode = handoff
                guard = watch
                guard.patience = 500us
                guard.max = 7
                pool.size = 3
                pool.max = 4
                pool.keepalive = 250ms
                pool.stacksize = 8m
                pool.saturation = reject
                discover = true
                discover.file = out.txt
                enabled = false
                jmx = false
                log = debug
                strict = true
                """).read();

        assertEquals(List.of(), configuration.problems());
        PoolSettings pool = configuration.pools().get(0);
        assertEquals(new PoolSettings(
            PoolConfig.of("default", 3, 4).withKeepAliveNanos(250_000_000).withStackSize(8 << 20)
                .withSaturation(Saturation.REJECT), pool.methods(), Mode.HANDOFF),
            pool);
        assertEquals("[com.acme.Store#flush, native org.rocksdb.**#*]", pool.methods().toString());
        assertEquals(Mode.HANDOFF, pool.methods().get(1).mode());
        assertEquals(pool.methods(), configuration.patterns().listed());
        assertEquals("[com.acme.Store#close]", configuration.exclude().toString());
        assertEquals("watch 500000 7", configuration.switches().guard() + " "
            + configuration.switches().guardPatienceNanos() + " "
            + configuration.switches().guardMax());
        assertTrue(configuration.switches().discover());
        assertEquals("out.txt", configuration.switches().discoverFile());
        assertFalse(configuration.switches().enabled());
        assertFalse(configuration.switches().jmx());
        assertTrue(configuration.switches().strict());
        assertEquals(LogLevel.DEBUG, configuration.switches().log());
    }

    @Test
    void theStrongestSourceHolds() throws IOException {
        Given given = new Given(directory).file("pool.size=1\npool.max=1000");
        assertSetting(given, "1", "agent.properties:1");

        given.environment("TPOOL_POOL_SIZE", "2");
        assertSetting(given, "2", "environment variable TPOOL_POOL_SIZE");

        given.property("tpool.pool.size", "3");
        assertSetting(given, "3", "system property tpool.pool.size");

        given.argument("pool.size=4");
        assertSetting(given, "4", "agent argument");
    }

    private static void assertSetting(Given given, String value, String source) {
        Configuration configuration = given.read();
        Setting setting = given.setting(configuration, "pool.size");

        assertEquals(List.of(), configuration.problems());
        assertEquals(value, setting.value());
        assertTrue(setting.source().text().endsWith(source), setting.source().text());
        assertEquals(Integer.parseInt(value), configuration.pools().get(0).pool().size());
    }

    @Test
    void aValueThatIsNotUnderstoodGivesWayToTheNextSource() throws IOException {
        Given given = new Given(directory).file("pool.size=8").argument("pool.size=many");

        Configuration configuration = given.read();

        assertEquals(8, configuration.pools().get(0).pool().size());
        assertEquals(List.of("agent argument: pool.size: 'many'; write a number of threads from 1 to 32767"),
            given.problems());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "pool.size=0                        | pool.size: '0' is too little; write a number of threads from 1 to 32767",
        "pool.size=-1                       | pool.size: '-1' is too little; write a number of threads from 1 to 32767",
        "pool.size=1000000000               | pool.size: '1000000000' is too much; "
            + "write a number of threads from 1 to 32767",
        "pool.max=                          | pool.max: is empty; write a number of threads from 1 to 32767",
        "pool.keepalive=30                  | pool.keepalive: '30' has no unit; write a duration from 1ms to 24h, "
            + "as 250ms, 30s or 2m",
        "pool.stacksize=1k                  | pool.stacksize: '1k' is too little; write a size from 256k to 1024m, "
            + "as 512k or 8m",
        "mode=fast                          | mode: 'fast'; write auto, tpool or handoff",
        "guard=maybe                        | guard: 'maybe'; write on, watch or off",
        "guard.patience=0ms                 | guard.patience: '0ms' is too little; write a duration from 100us to 1m, "
            + "as 500us, 1ms or 2s",
        "guard.patience=1h                  | guard.patience: '1h' is too much; write a duration from 100us to 1m, "
            + "as 500us, 1ms or 2s",
        "guard.max=0                        | guard.max: '0' is too little; write a number of carriers from 1 to 32767",
        "guard.max=-1                       | guard.max: '-1' is too little; "
            + "write a number of carriers from 1 to 32767",
        "guard.max=1000000000               | guard.max: '1000000000' is too much; "
            + "write a number of carriers from 1 to 32767",
        "guard.patients=1ms                 | guard.patients: is not a key; did you mean guard.patience?",
        "methodz=A#a                        | methodz: is not a key; did you mean methods?",
        "Pool.Size=3                        | Pool.Size: is not a key; did you mean pool.size?",
        "pool.sqlite.sise=3                 | pool.sqlite.sise: is not a key; did you mean pool.sqlite.size?",
        "pool.default.size=3                | pool.default.size: the default pool has no name in its keys; "
            + "write pool.size",
        "pool.default.methods=A#a           | pool.default.methods: the default pool has no name in its keys; "
            + "write methods",
        "pool.default.mode=tpool            | pool.default.mode: the default pool has no name in its keys; write mode",
        "pool.max.size=3                    | pool.max.size: 'max' is a setting and cannot name a pool; use a letter, "
            + "then letters, digits, '-' and '_', as in pool.sqlite.size",
        "pool.a.b.size=3                    | pool.a.b.size: 'a.b' cannot name a pool; use a letter, then letters, "
            + "digits, '-' and '_', as in pool.sqlite.size",
        "pool.7.size=3                      | pool.7.size: '7' cannot name a pool; use a letter, then letters, "
            + "digits, '-' and '_', as in pool.sqlite.size",
        "pool..size=3                       | pool..size: '' cannot name a pool; use a letter, then letters, digits, "
            + "'-' and '_', as in pool.sqlite.size",
        "pool.x.size=3                      | pool.x: the pool has no methods, so that nothing would use it; "
            + "add pool.x.methods, or use the name of a pool that has them",
        "methods=A#<init>                   | methods: 'A#<init>' names a constructor or class initialiser, "
            + "which cannot be listed; list the methods that it calls, or the method that calls it",
        "config=other.properties            | config: a file cannot name another; put all settings into one file",
    })
    void aMistakeInAFileGivesOneLineWithItsPlace(String line, String expected) throws IOException {
        Given given = new Given(directory).file("log=info\n" + line + "\njmx=false");

        Configuration configuration = given.read();

        assertEquals(List.of(given.filePath() + ":2: " + expected), given.problems());
        assertEquals(LogLevel.INFO, configuration.switches().log());
        assertFalse(configuration.switches().jmx());
    }

    @Test
    void anUnknownKeyThatResemblesNothingListsTheKeys() {
        Given given = new Given(directory).argument("colour=blue");

        given.read();

        assertTrue(given.problems().get(0)
            .startsWith("agent argument: colour: is not a key; the keys are methods, exclude, "),
                given.problems().get(0));
    }

    @Test
    void anArgumentThatIsOnlyAPathSaysHowToNameTheFile() {
        Given given = new Given(directory).argument("/etc/agent.properties,log=info");

        assertEquals(LogLevel.INFO, given.read().switches().log());
        assertEquals(List.of("agent argument: '/etc/agent.properties' is no setting; write key=value, as in "
                + "config=/etc/agent.properties"), given.problems());
    }

    @Test
    void aMalformedPatternNamesItsOwnLineInAContinuedListAndTheOthersHold() throws IOException {
        Given given = new Given(directory).file("""
                methods = com.acme.Store#flush, \\
                          com.acme.Store.close, \\
                          native com.acme.Store#sync
                exclude = \\
                          nothing
                """);

        Configuration configuration = given.read();

        assertEquals("[com.acme.Store#flush, native com.acme.Store#sync]",
            configuration.pools().get(0).methods().toString());
        assertEquals(given.filePath() + ":3", configuration.pools().get(0).methods().get(1).source());
        assertEquals(2, given.problems().size());
        assertTrue(given.problems().get(0).startsWith(given.filePath() + ":5: exclude: 'nothing' has no '#METHOD'"),
            given.problems().get(0));
        assertEquals(given.filePath()
            + ":2: methods: 'com.acme.Store.close' has no '#METHOD'; write com.acme.Store#close",
                given.problems().get(1));
    }

    @Test
    void aKeyThatStandsTwiceIsReportedAndTheLastHolds() throws IOException {
        Given given = new Given(directory).file("pool.x.methods=A#a\nlog=info\npool.x.methods=B#b");

        Configuration configuration = given.read();

        assertEquals("[B#b]", configuration.pools().get(1).methods().toString());
        assertEquals(List.of(given.filePath() + ":3: pool.x.methods: is set a second time, first by " + given.filePath()
                + ":1; the last holds; keep one of the two"), given.problems());
    }

    @Test
    void aPatternListedForTwoPoolsStaysWithTheFirst() throws IOException {
        Given given = new Given(directory).file("pool.b.methods=A#a B#b B#b\npool.a.methods=B#b( ),B#b\nmethods=A#a");

        Configuration configuration = given.read();

        assertEquals("default [A#a] b [B#b] a [B#b()] ", given.pools(configuration));
        assertEquals(2, given.problems().size());
        assertTrue(given.problems().get(0)
            .startsWith(given.filePath() + ":1: pool.b.methods: 'A#a' is already listed for the pool "
                + "'default' (" + given.filePath() + ":3), which keeps it"), given.problems().get(0));
        assertTrue(given.problems().get(1).startsWith(given.filePath() + ":2: pool.a.methods: 'B#b' is already"),
            given.problems().get(1));
    }

    @Test
    void aNamedPoolTakesWhatItDoesNotSetFromTheKeysWithoutAName() throws IOException {
        Given given = new Given(directory).file("""
                mode=handoff
                pool.size=8
                pool.keepalive=5s
                pool.sqlite.methods=A#a
                pool.sqlite.mode=tpool
                pool.sqlite.size=2
                """);

        Configuration configuration = given.read();
        PoolSettings pool = configuration.pools().get(1);

        assertEquals(List.of(), given.problems());
        assertEquals(new PoolSettings(
            PoolConfig.of("sqlite", 2).withKeepAliveNanos(5_000_000_000L), pool.methods(), Mode.TPOOL), pool);
        assertEquals(Mode.TPOOL, pool.methods().get(0).mode());
        assertTrue(given.setting(configuration, "pool.sqlite.keepalive").source().text().endsWith(":3"));
        assertEquals(Source.DEFAULT, given.setting(configuration, "pool.sqlite.saturation").source());
    }

    @ParameterizedTest
    @CsvSource({
        "pool.size=1000,                                     1000, 1000, 1000, 1000, 0",
        "pool.max=10,                                        10,   10,   10,   10,   0",
        "pool.size=20 pool.max=10,                           20,   20,   20,   20,   1",
        "pool.max=100 pool.x.size=200,                       64,   100,  200,  200,  0",
        "pool.size=100 pool.x.max=50,                        100,  512,  50,   50,   0",
        "pool.x.size=9 pool.x.max=8,                         64,   512,  9,    9,    1",
        "pool.size=5 pool.max=6 pool.x.size=5 pool.x.max=6,  5,    6,    5,    6,    0",
        "pool.x.size=600,                                    64,   512,  600,  600,  0",
    })
    void aMaximumBelowTheSizeIsAProblemOnlyWhereBothWereSet(String lines, int size, int max, int sizeOfX, int maxOfX,
    int problems)
            throws IOException {
        Given given = new Given(directory).file(lines.replace(' ', '\n') + "\npool.x.methods=A#a");

        Configuration configuration = given.read();

        assertEquals(size + " " + max, configuration.pools().get(0).pool().size() + " "
            + configuration.pools().get(0).pool().max());
        assertEquals(sizeOfX + " " + maxOfX, configuration.pools().get(1).pool().size() + " "
            + configuration.pools().get(1).pool().max());
        assertEquals("" + maxOfX, given.setting(configuration, "pool.x.max").value());
        assertEquals(problems, given.problems().size(), given.problems()::toString);
        assertTrue(problems == 0 || given.problems().get(0).contains("is less than"), given.problems()::toString);
    }
}
