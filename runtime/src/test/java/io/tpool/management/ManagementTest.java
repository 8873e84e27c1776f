// SPDX-License-Identifier: Apache-2.0
package io.tpool.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tpool.internal.management.Management;
import io.tpool.internal.hook.Move;
import io.tpool.internal.offload.ListedMethods;
import io.tpool.internal.offload.Mode;
import io.tpool.internal.offload.Offload;
import io.tpool.internal.pool.Pool;
import io.tpool.internal.pool.PoolConfig;
import io.tpool.internal.pool.Pools;
import java.util.Map;
import javax.management.Attribute;
import javax.management.InvalidAttributeValueException;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManagementTest {
    private static final String METHOD = "com.acme.Store#read()";

    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private Pool pool;
    private int number;

    @BeforeEach
    void register() throws Exception {
        pool = Pools.define(PoolConfig.of("beans", 2, 4).withKeepAliveNanos(1_000_000_000));
        number = ListedMethods.register(METHOD, "beans", Mode.TPOOL, null);
        Management.register(server, new NoAgent(), new NoGuard());
    }

    @AfterEach
    void forget() {
        Offload.enable(true);
        ListedMethods.discard(number);
        Pools.remove(pool);
        pool.killAll();
    }

    @Test
    void aSizeTakesEffectAtOnceAndRaisesTheMost() throws Exception {
        server.setAttribute(bean("Pool,name=beans"), new Attribute("Size", 9));
        assertEquals(9, pool.size());
        assertEquals(9, server.getAttribute(bean("Pool,name=beans"), "MaxSize"));
    }

    @ParameterizedTest
    @CsvSource({"Size, -1, size must be 1 to 32767", "Size, 0, size must be 1 to 32767",
            "Size, 99999, size must be 1 to 32767", "MaxSize, 1, max 1 is below size 2"})
    void nonsenseIsRefusedWithWhatWouldBeRight(String attribute, int value, String message) {
        RuntimeMBeanException e = assertThrows(RuntimeMBeanException.class,
            () -> server.setAttribute(bean("Pool,name=beans"), new Attribute(attribute, value)));
        assertInstanceOf(IllegalArgumentException.class, e.getCause());
        assertTrue(e.getCause().getMessage().startsWith(message), e.getCause()::getMessage);
        assertEquals(2, pool.size());
        assertEquals(4, pool.max());
    }

    @Test
    void aValueOfTheWrongTypeIsRefused() {
        assertThrows(InvalidAttributeValueException.class,
                () -> server.setAttribute(bean("Pool,name=beans"), new Attribute("Size", "9")));
        assertThrows(InvalidAttributeValueException.class,
                () -> server.setAttribute(bean("Offload"), new Attribute("Enabled", 1)));
    }

    @Test
    void callsAreCountedUnlessSwitchedOffAndResetStartsAnew() throws Exception {
        OffloadMXBean offload = JMX.newMXBeanProxy(server, bean("Offload"), OffloadMXBean.class);
        call();
        assertEquals(1, offload.getMethods().get(METHOD).offloaded());
        assertEquals(1, offload.getMethods().get(METHOD).failed());
        offload.setEnabled(false);
        call();
        assertEquals(1, offload.getOffloadedCount());
        offload.setEnabled(true);
        offload.reset();
        MethodRow row = offload.getMethods().get(METHOD);
        assertEquals(new MethodRow(METHOD, "beans", "tpool", 0, 0, 0, 0, 0, 0, 0, 0, 0, "", "", 0), row);
        call();
        assertEquals(1, offload.getMethods().get(METHOD).offloaded());
    }

    @Test
    void poolThreadsAreShownAsRows() throws Exception {
        call();
        Map<String, PoolThreadRow> threads =
                JMX.newMXBeanProxy(server, bean("Pool,name=beans"), PoolMXBean.class).getThreads();
        assertEquals(1, threads.size());
        assertTrue(threads.values().iterator().next().name().startsWith("tpool-beans-"));
    }

    @Test
    void aPoolOfAnyNameHasItsBeanForAsLongAsItIsThere() throws Exception {
        Pool odd = Pools.define(PoolConfig.of("a=b,c*\"?\n", 1));
        ObjectName name = bean("Pool,name=" + ObjectName.quote(odd.name()));
        assertTrue(server.isRegistered(name));
        Pools.remove(odd);
        assertFalse(server.isRegistered(name));
    }

    private void call() throws InterruptedException {
        Thread.ofVirtual().start(() -> Move.exit(Move.enter(number), new IllegalStateException("thrown by the body")))
                .join();
    }

    private static ObjectName bean(String type) throws Exception {
        return new ObjectName("io.tpool:type=" + type);
    }

    private static final class NoAgent implements AgentMXBean {
        @Override
        public String getSummary() {
            return "";
        }

        @Override
        public String getVersion() {
            return "none";
        }

        @Override
        public Map<String, SettingRow> getSettings() {
            return Map.of();
        }

        @Override
        public Map<String, PatternRow> getPatterns() {
            return Map.of();
        }

        @Override
        public Map<String, WovenMethodRow> getWovenMethods() {
            return Map.of();
        }
    }
}
