// SPDX-License-Identifier: Apache-2.0
/**
 * The class of which an application of many classes is made, by changing its name.
 *
 * @since 1.0
 */
package benchmarked.many;
