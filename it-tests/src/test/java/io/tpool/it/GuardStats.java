// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

/** What {@code stats --json} says of the guard. */
final class GuardStats {
    private GuardStats() {
    }

    /** One look. */
    static String look(Jdk jdk, Running app) {
        return Jvm.of(jdk).runJar(Jvm.agentJar(), "stats", app.pid(), "--json").clean().out();
    }

    /** The last number of that name. */
    static long number(String json, String member) {
        return Long.parseLong(json.replaceFirst("(?s).*\"" + member + "\":(\\d+).*", "$1"));
    }
}
