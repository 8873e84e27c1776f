// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.tpool.internal.offload.Mode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a further attachment makes of the configuration in force. */
@Timeout(60)
class AmendmentTest {
    @TempDir
    Path directory;

    private Configuration before;

    @BeforeEach
    void read() throws IOException {
        before = new Given(directory).file("""
            methods=A#a
            exclude=A#x
            mode=handoff
            pool.size=8
            pool.b.methods=B#b
            pool.b.keepalive=7s
            guard.patience=3ms
            """).read();
    }

    @Test
    void anAttachmentWithoutSettingsChangesNothing() {
        Configuration next = with(null);
        assertEquals(before.pools(), next.pools());
        assertEquals(before.settings(), next.settings());
        assertEquals(before.patterns().listed(), next.patterns().listed());
        assertEquals(3_000_000, next.switches().guardPatienceNanos());
    }

    @Test
    void patternsJoinThoseInForceWhichStayTheSameObjects() {
        Configuration next = with("methods=A#a,C#c,pool.b.methods=B#d");
        assertEquals("[A#a, C#c, B#b, B#d]", next.patterns().listed().toString());
        assertSame(before.patterns().listed().get(0), next.patterns().listed().get(0));
        assertEquals(Mode.HANDOFF, next.patterns().listed().get(1).mode());
        assertEquals("A#a, C#c", next.setting(Keys.METHODS).value());
        assertEquals("agent argument", next.setting(Keys.METHODS).source().text());
    }

    @Test
    void anEmptyListTakesBackThoseOfItsKey() {
        Configuration next = with("methods=,exclude=");
        assertEquals("[B#b]", next.patterns().listed().toString());
        assertEquals(List.of(), next.exclude());
    }

    @Test
    void aPatternThatAnotherPoolHasStaysThere() {
        assertEquals("[A#a, B#b]", with("methods=B#b").patterns().listed().toString());
    }

    @Test
    void whatIsSetTakesThePlaceOfWhatWasAndAllElseStays() {
        Configuration next = with("pool.b.size=600,guard=watch,enabled=false");
        PoolSettings pool = next.pools().get(1);
        assertEquals(List.of(600, 600, 7_000_000_000L),
            List.of(pool.pool().size(), pool.pool().max(), pool.pool().keepAliveNanos()));
        assertEquals(List.of(8, 512), List.of(next.pools().get(0).pool().size(), next.pools().get(0).pool().max()));
        assertEquals("watch", next.switches().guard());
        assertEquals(3_000_000, next.switches().guardPatienceNanos());
        assertEquals(false, next.switches().enabled());
    }

    @Test
    void aSizeFollowsAMaxOnlyWhereItHasTo() {
        assertEquals(List.of(8, 9),
            List.of(with("pool.max=9").pools().get(0).pool().size(), with("pool.max=9").pools().get(0).pool().max()));
        assertEquals("4", with("pool.max=4").setting(Keys.POOL_SIZE).value());
        assertEquals("8", with("pool.max=9").setting(Keys.POOL_SIZE).value());
        assertEquals(List.of(4, 4),
            List.of(with("pool.max=4").pools().get(0).pool().size(), with("pool.max=4").pools().get(0).pool().max()));
    }

    @Test
    void aNewPoolTakesWhatItIsNotToldFromTheDefaultPool() {
        PoolSettings pool = with("pool.c.methods=C#c,pool.c.max=9").pools().get(2);
        assertEquals(List.of("c", 8, 9, Mode.HANDOFF),
            List.of(pool.name(), pool.pool().size(), pool.pool().max(), pool.mode()));
    }

    @Test
    void onlyAPoolThatHasNoMethodsAnywhereIsAMistake() {
        assertEquals(0, before.problemsOf(read("pool.b.size=3")).size());
        assertEquals(1, before.problemsOf(read("pool.c.size=3")).size());
        assertEquals(1, before.problemsOf(read("pool=3")).size());
    }

    @Test
    void aFileInTheWorkingDirectoryIsNotReadAgain() {
        assertEquals(List.of(),
            Configuration.read(Sources.ofAttachment(null)).settings().stream().filter(Setting::isSet).toList());
    }

    private Configuration with(String argument) {
        return before.with(read(argument));
    }

    private static Configuration read(String argument) {
        return Configuration.read(Sources.ofAttachment(argument));
    }
}
