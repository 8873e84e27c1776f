// SPDX-License-Identifier: Apache-2.0
package io.tpool.management;

/**
 * A setting in force.
 *
 * @param key as in {@code agent.properties}
 * @param value in force; empty if there is none
 * @param source where the value comes from: a file with its line, an argument, a system property, an environment
 *     variable, or
 *     {@code default}
 * @since 1.0
 */
public record SettingRow(String key, String value, String source) {
}
