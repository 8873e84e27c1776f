// SPDX-License-Identifier: Apache-2.0
/**
 * The agent's settings: where they come from, what they may be, and what is wrong with those that were not understood.
 * Runs in {@code premain}, so it keeps to classes that every JVM has loaded by then: no regular expression, stream,
 * lambda, {@code java.nio.file} or {@code java.util.logging}.
 */
package io.tpool.agent.config;
