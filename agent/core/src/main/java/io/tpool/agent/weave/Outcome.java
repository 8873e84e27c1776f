// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.weave;

import io.tpool.agent.pattern.ListedPattern;
import io.tpool.agent.pattern.NotWoven;

/**
 * What became of one listed method of one class.
 *
 * @param listed the pattern that lists it
 * @param method for people, {@code com.acme.Type#method(int, java.lang.String)}
 * @param state how far it came
 * @param why why it was left alone; null if it was not
 * @param detail what else there is to say: methods to list in its place if it was left alone, or the JVM's message, or
 *     what limits
 *     it although it is woven; null if there is nothing
 * @since 1.0
 */
public record Outcome(ListedPattern listed, String method, State state, NotWoven why, String detail) {
    /** How far a listed method came. */
    public enum State {
        /** The woven class was handed to the JVM, which has not loaded it yet as far as is known. */
        PENDING,
        /** The JVM has accepted the woven class. */
        WOVEN,
        /** It is as it was. */
        LEFT
    }
}
