// SPDX-License-Identifier: Apache-2.0
/**
 * What is called. Not below {@code io.tpool}, where nothing can be listed: the pattern
 * {@code benchmarked.work.*#listed*} is what the agent is given.
 *
 * @since 1.0
 */
package benchmarked.work;
