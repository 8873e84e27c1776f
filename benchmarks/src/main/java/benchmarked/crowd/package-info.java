/**
 * Who calls, and in which way: the rivals.
 *
 * @since 1.0
 */
package benchmarked.crowd;
