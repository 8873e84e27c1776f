// SPDX-License-Identifier: Apache-2.0
/**
 * Applications that are measured from start to end, each in a JVM of its own. They print {@code key=value} lines.
 *
 * @since 1.0
 */
package benchmarked.app;
