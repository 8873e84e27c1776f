// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Where the agent's MBeans in another JVM are read from. A bean has a short name: {@code Agent}, {@code Guard}, {@code
 * Offload}, {@code Pool NAME}.
 */
interface MBeanSource extends AutoCloseable {
    /** The prefix of the names of pools. */
    String POOL = "Pool ";

    /** The names of the beans there are, sorted. */
    List<String> beans() throws IOException;

    /**
     * Attributes of a bean: values, and tables as lists of rows, each by the names of its columns. Those that it does
     * not have are missing.
     */
    Map<String, Object> attributes(String bean, String... names) throws IOException;

    @Override
    void close();
}
