// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.pattern;

/**
 * A declared method to be woven, and the pattern that won it.
 *
 * @param method the method, neither abstract nor a constructor
 * @param listed its pattern, pool and mode
 *
 * @since 1.0
 */
public record Match(MethodShape method, ListedPattern listed) {
}
