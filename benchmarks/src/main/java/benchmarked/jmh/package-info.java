// SPDX-License-Identifier: Apache-2.0
/**
 * JMH's side: what happens inside one JVM.
 *
 * @since 1.0
 */
package benchmarked.jmh;
