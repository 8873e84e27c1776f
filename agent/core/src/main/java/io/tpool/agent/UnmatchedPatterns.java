// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent;

import io.tpool.agent.message.Log;
import io.tpool.agent.config.LogLevel;
import io.tpool.agent.pattern.ListedPattern;
import io.tpool.agent.pattern.PatternReport;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells of the patterns that have matched nothing, in words that say no more than is known at that moment. Confined to
 * the agent's own thread.
 *
 * <p>While the application runs, a class that was not loaded yet may still be loaded, and at the end it may not have
 * been needed this time: nothing is wrong then, and it is told only at {@code info}. It is a warning where it is known
 * that no such class can come from the class path, as long as nobody but the JDK's own loaders loads classes; at the
 * end also where other loaders might have had it, because the pattern had no effect from start to end.
 */
final class UnmatchedPatterns {
    private static final String NOWHERE = " is not on the class path: check its name, "
        + "unless it is made at run time or comes from elsewhere";

    /** What has been told, and how loud. */
    private final Map<ListedPattern, LogLevel> told = new HashMap<>();

    /**
     * Tells of them, of each no more than once at one level.
     *
     * @param weaving what is listed
     * @param ends true if the JVM is about to end
     */
    void tell(Weaving weaving, boolean ends) {
        boolean looked = !ends;
        for (ListedPattern listed : weaving.weaver().patterns().listed()) {
            if (listed.report().problem() == null || weaving.log().hasWarnedOf(listed)) {
                continue;
            }
            if (!looked) {
                // A class may have slipped through: one that was loaded while another was being woven.
                weaving.weaver().weaveLoaded();
                looked = true;
            }
            tell(listed, weaving, ends);
        }
    }

    private void tell(ListedPattern listed, Weaving weaving, boolean ends) {
        String problem = listed.report().problem(ends ? "was loaded" : "has been loaded so far");
        if (problem == null) {
            return;
        }
        boolean nowhere = isNowhere(listed, weaving, ends);
        String line = listed.source() + ": '" + listed + "': " + problem
            + (nowhere ? "; " + listed.pattern().type() + NOWHERE : "");
        if (nowhere || listed.report().isSettled() || ends && listed.report().hasSeenItsType()) {
            if (told.put(listed, LogLevel.WARN) != LogLevel.WARN) {
                Log.warn(line);
            }
        } else if (told.putIfAbsent(listed, LogLevel.INFO) == null) {
            Log.info(line);
        }
    }

    private static boolean isNowhere(ListedPattern listed, Weaving weaving, boolean ends) {
        PatternReport report = listed.report();
        String type = listed.pattern().type().internalName();
        if (type == null || report.hasSeenItsType() || ClassPathSearch.finds(type)) {
            return false;
        }
        return weaving.weaver().hasOnlyLoadersOfTheJdk() || ends && !ClassPathSearch.findsInside(type);
    }
}
