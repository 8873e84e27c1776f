// SPDX-License-Identifier: Apache-2.0
/**
 * Measures what the shipped agent costs, next to what one would do without it.
 *
 * <p>A {@link io.tpool.benchmarks.Row} is a situation; its {@link io.tpool.benchmarks.Case}s are the rivals in it. All
 * cases of a section are measured in turn, round after round, so that whatever else the machine does at a time meets
 * all of them; figures are medians over the rounds, and ratios are ratios of these medians.
 *
 * @since 1.0
 */
package io.tpool.benchmarks;
