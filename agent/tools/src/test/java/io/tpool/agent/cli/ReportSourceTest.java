// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportSourceTest {
    @Test
    void aReportIsReadAsTheAgentHasWrittenIt() throws IOException {
        String report = """
            bean\tPool a b
            value\tSize\tInteger\t64
            bean\tOffload
            table\tEmpty
            table\tMethods
            row\tmethod\tString\tA#\\té\\\\\\n\tcount\tLong\t7\tvirtual\tBoolean\ttrue
            end
            """;
        assertEquals(Map.of("Pool a b", Map.of("Size", 64),
            "Offload", Map.of("Empty", List.of(), "Methods",
            List.of(Map.of("method", "A#\té\\\n", "count", 7L, "virtual", true)))), ReportSource.parse(report));
    }

    @Test
    void whatIsNoReportIsRefusedWithItsText() {
        assertEquals("its agent writes no report: failed\tjava.lang.Error",
            assertThrows(IOException.class, () -> ReportSource.parse("failed\tjava.lang.Error")).getMessage());
        assertThrows(IOException.class, () -> ReportSource.parse("bean\tAgent\n"));
    }
}
