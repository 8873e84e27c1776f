// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.weave;

/**
 * Hears what the weaver does. Called by the thread that loads the class, in the middle of loading it: take no lock,
 * load no class, write to no stream that the application may have replaced; best put it into a queue.
 *
 * @since 1.0
 */
public interface WeaverListener {
    /**
     * A listed method was handed to the JVM woven, was accepted, or was left alone. Called again when the state
     * changes.
     *
     * @param outcome what became of it
     */
    void outcome(Outcome outcome);

    /**
     * A class is being loaded because of which methods of a class loaded before it are listed.
     * {@link Weaver#weaveLoaded} weaves them, which must not be called here.
     */
    default void lateSubclass() {
        // Of no interest to who only asks what would be woven.
    }

    /**
     * The weaver failed on a class, which is therefore as it was.
     *
     * @param type name of the class
     * @param cause what went wrong
     */
    void problem(String type, Throwable cause);
}
