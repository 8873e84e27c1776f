// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.cli;

import java.util.Map;

/**
 * What an MBean or a row of one of its tables says. {@link Columns} tells which figures there are.
 *
 * @param values by the names of attributes, or of the columns of the table
 */
record Row(Map<String, Object> values) {
    Object get(String name) {
        Object value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no " + name + " among " + values.keySet());
        }
        return value;
    }

    long number(String name) {
        return ((Number) get(name)).longValue();
    }

    String text(String name) {
        return (String) get(name);
    }
}
