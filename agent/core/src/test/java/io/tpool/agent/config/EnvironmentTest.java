// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EnvironmentTest {
    @Test
    void onlyOurVariablesAreTakenAndOfTwoTheFirst() {
        assertEquals(Map.of("TPOOL_LOG", "info", "TPOOL_METHODS", "a.Ä#b=c", "TPOOL_EMPTY", ""),
                parse("PATH=/bin\0TPOOL_LOG=info\0TPOOL\0TPOOL_\0TPOOL_METHODS=a.Ä#b=c\0"
                    + "XTPOOL_A=1\0TPOOL_LOG=off\0TPOOL_EMPTY="));
    }

    @Test
    void anEmptyBlockHasNoVariables() {
        assertEquals(Map.of(), parse(""));
        assertEquals(Map.of(), parse("\0\0"));
    }

    private static Map<String, String> parse(String block) {
        return Environment.parse(block.getBytes(StandardCharsets.UTF_8));
    }
}
