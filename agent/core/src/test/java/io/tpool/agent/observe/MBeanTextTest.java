// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MBeanTextTest {
    /** A row. */
    public record Row(String method, long count, boolean virtual) {
    }

    /** A bean with one attribute. */
    public interface Values {
        int getSize();

        void reset();
    }

    /** A bean with a table. */
    public interface Tables {
        Map<String, Row> getMethods();
    }

    @Test
    void valuesAndTablesAreLines() throws ReflectiveOperationException {
        MBeanText text = new MBeanText();
        text.add("Pool a b", Values.class, new Values() {
            @Override
            public int getSize() {
                return 64;
            }

            @Override
            public void reset() {
                throw new AssertionError("no attribute");
            }
        });
        Tables tables = () -> Map.of("key", new Row("A#\té\\\n", 7, true));
        text.add("Offload", Tables.class, tables);
        assertEquals("""
            bean\tPool a b
            value\tSize\tInteger\t64
            bean\tOffload
            table\tMethods
            row\tmethod\tString\tA#\\té\\\\\\n\tcount\tLong\t7\tvirtual\tBoolean\ttrue
            end
            """, text.toString());
    }
}
