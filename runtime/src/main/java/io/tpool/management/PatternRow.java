// SPDX-License-Identifier: Apache-2.0
package io.tpool.management;

/**
 * A pattern of the configuration and what became of it.
 *
 * @param pattern as configured
 * @param pool the pool it lists methods for; empty for {@code exclude}
 * @param methods methods woven on behalf of it
 * @param problem what is wrong with it, one line; empty if nothing is
 * @since 1.0
 */
public record PatternRow(String pattern, String pool, int methods, String problem) {
}
