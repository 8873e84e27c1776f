/**
 * What the others are compared with.
 *
 * @since 1.0
 */
package benchmarked.nothing;
