// SPDX-License-Identifier: Apache-2.0
/**
 * Who calls, and in which way: the rivals.
 *
 * @since 1.0
 */
package benchmarked.crowd;
