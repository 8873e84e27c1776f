// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.observe;

import io.tpool.internal.guard.CaptureRow;
import java.util.List;
import java.util.Set;

/**
 * Says what to list for methods that captured carriers, by the rules of {@code discover}.
 *
 * @since 1.0
 */
public interface CaptureAdviser {
    /**
     * Gives advice. Reads class files of the application, which takes some milliseconds for each row.
     *
     * @param rows with a stack each
     * @param loadedEarly names of the JDK's classes that were loaded before the agent, whose natives cannot be woven
     * @return one line for each row, empty where nothing is known
     */
    List<String> advise(List<CaptureRow> rows, Set<String> loadedEarly);
}
