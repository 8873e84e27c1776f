// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.discover;

/**
 * What to do about one stack.
 *
 * @param captor the method that captured the carrier
 * @param listed the method to list, or null
 * @param caller who called it: the nearest method outside that a person would recognise, or null
 * @param reason why this method, or why none
 * @param loop the method nearest outside that loops around the call and can be listed, or null
 * @param direct the method that called the native method directly, or null: time in it is time around the call
 */
record Advice(MethodRef captor, MethodRef listed, MethodRef caller, Reason reason, MethodRef loop, MethodRef direct) {

    /** Returns what to do, for people: the line to list, or why there is none. */
    String text() {
        return reason.advice(line());
    }

    /** Returns the pattern to list, or null. */
    String line() {
        return listed == null ? null : listed.pattern();
    }
}
