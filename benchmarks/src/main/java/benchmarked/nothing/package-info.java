// SPDX-License-Identifier: Apache-2.0
/**
 * What the others are compared with.
 *
 * @since 1.0
 */
package benchmarked.nothing;
