// SPDX-License-Identifier: Apache-2.0
package io.tpool.management;

/**
 * A woven method and the pattern that lists it.
 *
 * @param method as in {@link MethodRow}
 * @param pattern as configured
 * @since 1.0
 */
public record WovenMethodRow(String method, String pattern) {
}
