// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.weave;

import io.tpool.agent.pattern.ListedPattern;
import io.tpool.internal.offload.Mode;
import java.util.Objects;
import java.util.function.Function;

/**
 * What the weaver has to know beside the patterns.
 *
 * @param modes gives the mode in force for the methods of a pattern, which is not the configured one where this JDK
 *     does not allow
 *     that; asked when the first of them is woven, inside class loading
 * @param monitorsPin whether a virtual thread that holds a monitor cannot leave its carrier (before JDK 24):
 *     synchronized
 *     methods then call the hook before they take theirs
 * @param listener hears the outcomes
 * @since 1.0
 */
public record WeaverOptions(Function<ListedPattern, Mode> modes, boolean monitorsPin, WeaverListener listener) {
    /** The JDK from which monitors no longer pin (JEP 491). */
    private static final int MONITORS_DO_NOT_PIN = 24;

    /**
     * Checks that nothing is missing.
     *
     * @throws NullPointerException if something is
     */
    public WeaverOptions {
        Objects.requireNonNull(modes, "modes");
        Objects.requireNonNull(listener, "listener");
    }

    /**
     * Creates the options for the JDK that is running.
     *
     * @param modes gives the mode in force for the methods of a pattern
     * @param listener hears the outcomes
     * @return options
     */
    public static WeaverOptions forThisJdk(Function<ListedPattern, Mode> modes, WeaverListener listener) {
        return new WeaverOptions(modes, Runtime.version().feature() < MONITORS_DO_NOT_PIN, listener);
    }
}
