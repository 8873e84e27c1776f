/**
 * The class of which an application of many classes is made, by changing its name.
 *
 * @since 1.0
 */
package benchmarked.many;
