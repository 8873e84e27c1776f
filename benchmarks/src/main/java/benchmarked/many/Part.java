// SPDX-License-Identifier: Apache-2.0
package benchmarked.many;

import java.util.List;

/**
 * What every class of the application is.
 *
 * @param <T> the class itself
 * @since 1.0
 */
public interface Part<T extends Part<T>> extends Comparable<T> {
    /**
     * Its rank among others.
     *
     * @return any
     */
    int rank();

    /**
     * Others that it stands before.
     *
     * @param others not null
     * @return a new list
     */
    List<T> after(List<T> others);
}
