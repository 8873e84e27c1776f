// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.tpool.agent.config.Configuration;
import io.tpool.agent.config.Sources;
import io.tpool.agent.message.Log;
import io.tpool.agent.observe.Observation;
import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end of an application that ends before the agent's own thread has looked at anything. */
class AgentThreadTest {
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile boolean ending;

    @TempDir
    Path directory;

    /** Once the JVM is gone, which may be at once, {@code getAllLoadedClasses} returns null. */
    @Test
    void nothingIsAskedOfTheJvmOnceItEnds() throws IOException {
        AgentThread.start(new DeferredTasks(Observation.begin(configuration(), jvm(), true)), Thread.currentThread());
        AgentThread thread = started();
        ending = true;
        thread.finish();
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            while (thread.getState() != Thread.State.WAITING) {
                Log.wake();
            }
        });
        assertEquals(List.of(), asked);
    }

    private static AgentThread started() {
        return Thread.getAllStackTraces().keySet().stream().filter(AgentThread.class::isInstance)
            .map(AgentThread.class::cast).findAny().orElseThrow();
    }

    private Configuration configuration() throws IOException {
        File file = Files.writeString(directory.resolve("agent.properties"), "").toFile();
        return Configuration.read(Sources.ofFile(file));
    }

    private Instrumentation jvm() {
        return (Instrumentation) Proxy.newProxyInstance(null, new Class<?>[] {Instrumentation.class},
            (self, method, arguments) -> {
                if (ending) {
                    asked.add(method.getName());
                }
                return method.getName().equals("getAllLoadedClasses") && !ending ? new Class<?>[0] : null;
            });
    }
}
