package io.tpool.agent;

import io.tpool.agent.config.LogLevel;
import io.tpool.agent.pattern.ListedPattern;
import io.tpool.agent.weave.Outcome;
import io.tpool.agent.weave.WeaverListener;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Puts into words what the weaver does. Of a pattern that names methods which cannot be woven the first is told as a warning, the
 * others in detail only: a wildcard may name thousands.
 */
final class Reporter implements WeaverListener {
    private final Set<ListedPattern> warned = ConcurrentHashMap.newKeySet();

    @Override
    public void outcome(Outcome outcome) {
        switch (outcome.state()) {
            case WOVEN -> woven(outcome);
            case LEFT -> left(outcome);
            case PENDING -> {
                if (Log.says(LogLevel.DEBUG)) {
                    Log.debug("being woven: " + outcome.method());
                }
            }
        }
    }

    @Override
    public void problem(String type, Throwable cause) {
        Log.error("could not weave " + type + ", which is as it was: " + cause);
    }

    private static void woven(Outcome outcome) {
        if (Log.says(LogLevel.INFO)) {
            ListedPattern listed = outcome.listed();
            Log.info("woven: " + outcome.method() + ", pool " + listed.pool() + " (" + listed + ", " + listed.source() + ")"
                + (outcome.detail() == null ? "" : "; " + outcome.detail()));
        }
    }

    private void left(Outcome outcome) {
        boolean first = warned.add(outcome.listed());
        if (Log.says(first ? LogLevel.WARN : LogLevel.DEBUG)) {
            ListedPattern listed = outcome.listed();
            String text = listed.source() + ": '" + listed + "': " + outcome.method() + " " + outcome.why().reason() + "; "
                + (outcome.detail() == null ? outcome.why().remedy() : outcome.detail());
            if (first) {
                Log.warn(text);
            } else {
                Log.debug(text);
            }
        }
    }
}
