// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.agent.config.Configuration;
import io.tpool.agent.config.Sources;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.Attribute;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The guard's bean as a monitoring tool sees it, before the application has made a virtual thread. */
class GuardBeanTest {
    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private ObjectName name;

    @TempDir
    Path directory;

    @BeforeEach
    void register() throws Exception {
        name = new ObjectName("io.tpool:type=Guard");
        CaptureAdvice advice = new CaptureAdvice(new Class<?>[0]);
        server.registerMBean(new GuardBean(new GuardControl(configuration(), advice), advice), name);
    }

    private Configuration configuration() throws IOException {
        File file = Files.writeString(directory.resolve("agent.properties"),
            "guard=watch\nguard.patience=500us\nguard.max=7\n").toFile();
        return Configuration.read(Sources.ofFile(file));
    }

    @Test
    void showsWhatIsConfigured() throws Exception {
        assertEquals("watch 500 7", get("Mode") + " " + get("PatienceMicros") + " " + get("Max"));
    }

    @Test
    void hasEveryAttributeAsAStandardType() throws Exception {
        for (String attribute : new String[] {"Parallelism", "CapturedCarriers", "LentCarriers",
            "LargestLentCarriers"}) {
            assertInstanceOf(Integer.class, get(attribute), attribute);
        }
        for (String attribute : new String[] {"CaptureCount", "CapturedMillis", "StarvedCount", "StarvedMillis",
            "LongestStarvedMillis"}) {
            assertInstanceOf(Long.class, get(attribute), attribute);
        }
        assertInstanceOf(TabularData.class, get("Captures"));
        server.invoke(name, "reset", null, null);
    }

    @Test
    void whatIsChangedIsShown() throws Exception {
        set("Mode", "on");
        set("PatienceMicros", 2_000L);
        set("Max", 9);
        assertEquals("on 2000 9", get("Mode") + " " + get("PatienceMicros") + " " + get("Max"));
        set("Mode", "off");
        assertEquals("off", get("Mode"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"Mode | maybe | Mode must be on, watch or off, not 'maybe'",
        "Mode | | Mode must be on, watch or off",
        "PatienceMicros | 0 | PatienceMicros must be 100 to 60000000, not 0",
            "PatienceMicros | 3600000000 | PatienceMicros must be 100 to",
        "PatienceMicros | -9223372036854775808 | PatienceMicros must be 100 to",
            "Max | 0 | Max must be 1 to 32767, not 0",
        "Max | -1 | Max must be 1 to 32767", "Max | 1000000000 | Max must be 1 to 32767"})
    void nonsenseIsRefusedWithWhatWouldBeRight(String attribute, String value, String message) {
        Object typed = attribute.equals("Max") ? (Object) Integer.valueOf(value) : attribute.equals("Mode") ? value
            : (Object) Long.valueOf(value);
        RuntimeMBeanException e = assertThrows(RuntimeMBeanException.class, () -> set(attribute, typed));
        assertInstanceOf(IllegalArgumentException.class, e.getCause());
        assertTrue(e.getCause().getMessage().startsWith(message), e.getCause()::getMessage);
    }

    private Object get(String attribute) throws Exception {
        return server.getAttribute(name, attribute);
    }

    private void set(String attribute, Object value) throws Exception {
        server.setAttribute(name, new Attribute(attribute, value));
    }
}
