// SPDX-License-Identifier: Apache-2.0
package io.tpool.benchmarks;

import benchmarked.crowd.Way;
import java.util.List;

/** Ways to make a call, or agents to start with. */
enum Rival {
    BARE("bare call", Way.DIRECT, null),
    TPOOL("tpool, mode=tpool", Way.LISTED, "mode=tpool," + Rival.LISTED),
    /** The default mode: learns whether a method's calls move. */
    TPOOL_AUTO("tpool, mode=auto", Way.LISTED, Rival.LISTED),
    /** The agent without any configuration: nothing is listed, the guard lends carriers. */
    TPOOL_GUARD("tpool, the guard alone", Way.DIRECT, ""),
    TPOOL_HANDOFF("tpool, mode=handoff", Way.LISTED, "mode=handoff," + Rival.LISTED),
    TPOOL_OFF("tpool, enabled=false", Way.LISTED, "enabled=false,mode=tpool," + Rival.LISTED),
    TPOOL_JDBC("mode=tpool, Statement+#execute*", Way.DIRECT, "mode=tpool,methods=java.sql.Statement+#execute*"),
    TPOOL_NATIVE("mode=tpool, all of SQLite's natives", Way.DIRECT, "mode=tpool," + Rival.SQLITE),
    TPOOL_AUTO_NATIVE("mode=auto, all of SQLite's natives", Way.DIRECT, Rival.SQLITE),
    TPOOL_ROCKSDB("mode=tpool, all of RocksDB's natives", Way.DIRECT, "mode=tpool," + Rival.ROCKSDB),
    TPOOL_AUTO_ROCKSDB("mode=auto, all of RocksDB's natives", Way.DIRECT, Rival.ROCKSDB),
    TPOOL_DISCOVER("tpool, discover=true", Way.DIRECT, "discover=true"),
    TPOOL_STATISTICS("tpool, its statistics alone", Way.DIRECT, "methods="),
    /** What any agent costs threads that mount and unmount. */
    TPOOL_SUBMIT("submit().get(), agent attached", Way.SUBMIT, "methods="),
    /** The least that a hop can cost. */
    TPOOL_YIELDS("two yields, no pool, agent attached", Way.YIELDS, "methods="),
    SUBMIT("submit().get()", Way.SUBMIT, null),
    SUPPLY("supplyAsync().join()", Way.SUPPLY, null),
    KOTLIN("Kotlin withContext(IO)", Way.KOTLIN, null),
    BLOCKER("jdk.internal.misc.Blocker", Way.BLOCKER, null),
    SEMAPHORE("platform threads, semaphore", Way.SEMAPHORE, null),
    /** Measured by {@link GoProgram}. */
    GO("Go, cgo"),

    NO_AGENT("no agent"),
    NOTHING("an agent that does nothing"),
    JACOCO("JaCoCo"),
    BLOCKHOUND("BlockHound"),
    OPENTELEMETRY("OpenTelemetry"),
    TPOOL_UNLISTED("tpool, nothing listed"),
    TPOOL_ABSENT("tpool, nothing listed is loaded"),
    TPOOL_ONE("tpool, one class woven"),
    TPOOL_PLUS("tpool, pattern with +"),
    TPOOL_MANY("tpool, all classes woven");

    /** Who calls, in every row about calls. */
    static final List<Rival> CALLERS = List.of(BARE, TPOOL, TPOOL_HANDOFF, SUBMIT, SUPPLY, KOTLIN, BLOCKER, SEMAPHORE);

    /** Who calls, in every row about calls that capture carriers. */
    static final List<Rival> CAPTURERS = List.of(BARE, TPOOL_GUARD, TPOOL_AUTO, TPOOL, TPOOL_HANDOFF, SUBMIT, SUPPLY,
        KOTLIN, BLOCKER, SEMAPHORE,
        GO);

    /** What a hop is made of, beside it. */
    static final List<Rival> PARTS = List.of(TPOOL_SUBMIT, TPOOL_YIELDS);

    private static final String LISTED = "methods=benchmarked.work.*#listed*";
    private static final String SQLITE = "methods=native org.sqlite.core.NativeDB#*";
    private static final String ROCKSDB = "methods=native org.rocksdb.**#*";

    private final String title;
    private final Way way;
    private final String agent;

    Rival(String title) {
        this(title, null, null);
    }

    Rival(String title, Way way, String agent) {
        this.title = title;
        this.way = way;
        this.agent = agent;
    }

    String title() {
        return title;
    }

    /** How the calls are made; null for what is only started. */
    Way way() {
        return way;
    }

    /** The agent's argument, empty for none; null without the agent. */
    String agent() {
        return agent;
    }

    boolean isTpool() {
        return name().startsWith("TPOOL");
    }
}
