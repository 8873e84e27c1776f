// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.cli;

import io.tpool.management.CapturingMethodRow;
import io.tpool.management.MethodRow;

/** Writes a snapshot as one JSON object, ASCII alone, a row on a line. */
final class Json {
    private final StringBuilder text = new StringBuilder();
    private boolean first = true;

    private Json() {
    }

    static String of(Snapshot snapshot) {
        Json json = new Json();
        json.open("{").member("pid", Long.parseLong(snapshot.pid())).member("version", snapshot.version())
            .member("enabled", snapshot.enabled());
        json.guard(snapshot.guard());
        json.key("pools").open("[");
        for (PoolRow pool : snapshot.pools()) {
            json.line().open("{").member("name", pool.name()).member("size", pool.size()).member("maxSize", pool.max())
                .member("threadCount", pool.threads()).member("largestThreadCount", pool.largestThreads())
                .member("activeCount", pool.active()).member("queueDepth", pool.queued())
                .member("largestQueueDepth", pool.largestQueue()).member("completedCount", pool.completed())
                .member("rejectedCount", pool.rejected()).member("stallGrowthCount", pool.grown()).close("}");
        }
        json.close("]").key("methods").open("[");
        for (MethodRow row : snapshot.methods()) {
            json.line().open("{").member("method", row.method()).member("pool", row.pool()).member("mode", row.mode())
                .member("offloaded", row.offloaded()).member("inPlace", row.inPlace()).member("pinned", row.pinned())
                .member("failed", row.failed()).member("waitP50Micros", row.waitP50Micros())
                .member("waitP99Micros", row.waitP99Micros()).member("runP50Micros", row.runP50Micros())
                .member("runP99Micros", row.runP99Micros()).member("runMaxMicros", row.runMaxMicros())
                .member("decision", row.decision()).member("reason", row.reason())
                .member("sinceMillis", row.sinceMillis()).close("}");
        }
        return json.close("]").close("}").text.toString();
    }

    private void guard(GuardStatus guard) {
        if (guard == null) {
            key("guard").text.append("null");
            return;
        }
        key("guard").open("{").member("mode", guard.mode()).member("patienceMicros", guard.patienceMicros())
            .member("max", guard.max())
            .member("parallelism", guard.parallelism()).member("capturedCarriers", guard.capturedCarriers())
            .member("lentCarriers", guard.lentCarriers()).member("largestLentCarriers", guard.largestLentCarriers())
            .member("captureCount", guard.captureCount()).member("capturedMillis", guard.capturedMillis())
            .member("starvedCount", guard.starvedCount()).member("starvedMillis", guard.starvedMillis())
            .member("longestStarvedMillis", guard.longestStarvedMillis());
        key("captures").open("[");
        for (CapturingMethodRow row : guard.captures()) {
            line().open("{").member("method", row.method()).member("how", row.how()).member("count", row.count())
                .member("millis", row.millis()).member("longestMillis", row.longestMillis())
                .member("threads", row.threads())
                .member("calledBy", row.calledBy()).member("advice", row.advice()).close("}");
        }
        close("]").close("}");
    }

    private Json member(String name, long value) {
        key(name).text.append(value);
        return this;
    }

    private Json member(String name, boolean value) {
        key(name).text.append(value);
        return this;
    }

    private Json member(String name, String value) {
        return key(name).string(value);
    }

    private Json key(String name) {
        comma().string(name).text.append(":");
        return this;
    }

    /** Begins an element of an array. */
    private Json line() {
        text.append(first ? "\n  " : ",\n  ");
        first = true;
        return this;
    }

    private Json comma() {
        if (!first) {
            text.append(", ");
        }
        first = false;
        return this;
    }

    private Json open(String bracket) {
        text.append(bracket);
        first = true;
        return this;
    }

    private Json close(String bracket) {
        text.append(bracket);
        first = false;
        return this;
    }

    private Json string(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
        return this;
    }
}
