// SPDX-License-Identifier: Apache-2.0
package io.tpool.management;

/**
 * A method that captured carriers, and its figures since the last reset.
 *
 * @param method {@code com.acme.Type#method}: the native method, the first Java method of a computation, or the method
 *     that pins
 * @param how {@code native}, {@code pinned}, {@code monitor}, {@code computing} or {@code unknown}
 * @param count captures
 * @param millis how long carriers were captured, all captures added up, milliseconds
 * @param longestMillis the longest capture, milliseconds
 * @param threads different virtual threads, at least so many
 * @param calledBy the method of the application that called it, as seen last; empty if there is none
 * @param advice what to list so that its calls leave the carriers at once, or why nothing, in the words of {@code
 *     discover}; empty if nothing is known
 * @since 1.0
 */
public record CapturingMethodRow(String method, String how, long count, long millis, long longestMillis, long threads,
    String calledBy,
        String advice) {
}
