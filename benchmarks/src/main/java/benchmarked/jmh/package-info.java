/**
 * JMH's side: what happens inside one JVM.
 *
 * @since 1.0
 */
package benchmarked.jmh;
