// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.File;
import org.junit.jupiter.api.Test;

class AgentJarTest {
    @Test
    void it_is_the_agent_of_that_name_whatever_its_arguments() {
        assertEquals(new File("/a b/tpool-agent.jar"),
            AgentJar.onlyOne(options("-Xmx1g", "-javaagent:/a b/tpool-agent.jar")));
        assertEquals(new File("x/tpool-agent.jar"),
            AgentJar.onlyOne(options("-javaagent:jacoco.jar=a=b", "-javaagent:x/tpool-agent.jar=methods=a.b#c")));
        assertEquals(new File("tpool-agent.jar"),
            AgentJar.onlyOne(options("-javaagent:tpool-agent.jar=", "-javaagent:tpool-agent.jar=log=info")));
    }

    @Test
    void it_is_not_one_of_two_in_different_places() {
        assertNull(AgentJar.onlyOne(options("-javaagent:a/tpool-agent.jar", "-javaagent:b/tpool-agent.jar")));
    }

    @Test
    void it_is_none_of_another_name() {
        assertNull(AgentJar.onlyOne(options("-javaagent:other.jar=/a/tpool-agent.jar",
            "-Dx=-javaagent:tpool-agent.jar", "tpool-agent.jar")));
        assertNull(AgentJar.onlyOne(options()));
    }

    private static String[] options(String... options) {
        return options;
    }
}
