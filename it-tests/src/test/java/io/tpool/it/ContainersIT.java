// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.models.V1Deployment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/**
 * What the recipes for containers say, as far as it can be tried out without an engine: Kubernetes' own schema, and the
 * same steps by hand. What an engine takes for a path in a container is a path below a folder of the test.
 */
class ContainersIT {
    private static final Path RECIPES =
        Path.of(System.getProperty("basedir")).resolveSibling("agent").resolve("containers");
    private static final String METRICS_PORT = "9404";

    private final Path context = Jvm.newDirectory();

    @BeforeEach
    void placeWhatTheDockerfilesCopy() throws Exception {
        Files.copy(Jvm.agentJar(), context.resolve("tpool-agent.jar"));
        Files.copy(Path.of(System.getProperty("tpool.it.agents"), "jmx_prometheus_javaagent.jar"),
            context.resolve("jmx_prometheus_javaagent.jar"));
        Files.copy(Monitored.FOLDER.resolve("prometheus.yml"), context.resolve("prometheus.yml"));
        Files.writeString(context.resolve("agent.properties"), "methods = org.example.app.CountedCalls#*\n");
        AppJar.write(context.resolve("app.jar"), "org.example.app.GuardApp", Jvm.whereIs("com.sun.jna.Native"));
    }

    @Test
    void kubernetesTakesTheDeployment() throws Exception {
        V1Deployment.validateJsonElement(deployment());
        JsonObject pod = pod();
        TreeSet<String> volumes = new TreeSet<>();
        pod.getAsJsonArray("volumes").forEach(volume -> volumes.add(text(volume, "name")));
        for (String containers : List.of("initContainers", "containers")) {
            for (JsonElement container : pod.getAsJsonArray(containers)) {
                container.getAsJsonObject().getAsJsonArray("volumeMounts")
                    .forEach(mount -> assertTrue(volumes.contains(text(mount, "name")), mount::toString));
            }
        }
        JsonElement labels = deployment().getAsJsonObject("spec").getAsJsonObject("template")
            .getAsJsonObject("metadata").get("labels");
        assertEquals(deployment().getAsJsonObject("spec").getAsJsonObject("selector").get("matchLabels"), labels);
    }

    @Test
    void theSchemaFindsAMistake() throws Exception {
        JsonObject misspelt = deployment();
        JsonObject container = misspelt.getAsJsonObject("spec").getAsJsonObject("template").getAsJsonObject("spec")
            .getAsJsonArray("containers").get(0).getAsJsonObject();
        container.add("volumesMounts", container.remove("volumeMounts"));
        assertThrows(IllegalArgumentException.class, () -> V1Deployment.validateJsonElement(misspelt));
    }

    @Test
    void theStepsOfTheDeploymentBringTheAgentIntoAJvm() throws Exception {
        Image image = Image.build(RECIPES.resolve("agent.Dockerfile"), context);
        Path agents = Jvm.newDirectory();
        JsonObject init = pod().getAsJsonArray("initContainers").get(0).getAsJsonObject();
        String initMount = mount(init);
        List<String> copy = new ArrayList<>();
        words(init.getAsJsonArray("command")).forEach(word -> copy.add(word.startsWith(initMount)
            ? word.replace(initMount, agents.toString()) : word.startsWith("/") ? image.path(word) : word));
        assertEquals(0, new ProcessBuilder(copy).inheritIO().start().waitFor(), copy::toString);

        JsonObject container = pod().getAsJsonArray("containers").get(0).getAsJsonObject();
        int port = Scrape.freePort();
        Jvm jvm = Jvm.of(Jdk.running()).carriers(2);
        for (JsonElement variable : container.getAsJsonArray("env")) {
            jvm.environment(text(variable, "name"), inContainer(text(variable, "value"), container, agents, port));
        }
        List<String> probe = new ArrayList<>();
        words(container.getAsJsonObject("startupProbe").getAsJsonObject("exec").getAsJsonArray("command"))
            .forEach(word -> probe.add(inContainer(word, container, agents, port)));
        assertEquals("1", probe.removeLast(), "the JVM's process in its container");
        try (Running bare = Jvm.of(Jdk.running()).begin("GuardApp").awaitLine("began");
                Running app = jvm.begin("GuardApp").awaitLine("began")) {
            assertEquals(1, exitOf(probe, bare.pid(), jvm), "it fails without the agent");
            assertEquals(0, exitOf(probe, app.pid(), jvm), "it succeeds with the agent");
            app.tell("nap 3").awaitLine("napped=3");
            Scrape scrape = Scrape.until(port, told -> told.has("tpool_captures_total"));
            assertEquals(2, scrape.sum("tpool_carriers"), scrape::text);
            app.end().successful();
            bare.end().successful();
        }
    }

    private static int exitOf(List<String> probe, String pid, Jvm jvm) throws Exception {
        List<String> command = new ArrayList<>(probe);
        command.set(command.indexOf("java"), Jdk.running().tool("java"));
        command.add(pid);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
            .redirectOutput(Jvm.newDirectory().resolve("probe").toFile());
        builder.environment().putAll(jvm.environment());
        return builder.start().waitFor();
    }

    @Test
    void theVariablesAreSettingsOfTheAgent() throws Exception {
        List<String> lines = new ArrayList<>();
        for (JsonElement variable : pod().getAsJsonArray("containers").get(0).getAsJsonObject().getAsJsonArray("env")) {
            String name = text(variable, "name");
            if (name.startsWith("TPOOL_")) {
                lines.add(name.substring("TPOOL_".length()).toLowerCase(Locale.ROOT) + " = " + text(variable, "value"));
            }
        }
        assertFalse(lines.isEmpty());
        Path file = Files.write(Jvm.newDirectory().resolve("agent.properties"), lines);
        Jvm.of(Jdk.running()).runJar(Jvm.agentJar(), "check", file.toString(), "--class-path",
            Jvm.whereIs("org.sqlite.JDBC")).successful();
    }

    @Test
    void theStepsOfTheApplicationsImageBringTheAgentIntoAJvm() throws Exception {
        Image image = Image.build(RECIPES.resolve("app.Dockerfile"), context);
        List<String> command = new ArrayList<>();
        image.entryPoint().forEach(word -> command.add(image.path(word)));
        assertEquals("java", command.removeFirst());
        assertEquals("-jar", command.removeFirst());
        Jvm jvm = Jvm.of(Jdk.running());
        image.environment().forEach((name, value) -> jvm.environment(name, image.path(value)));
        try (Running app = jvm.beginJar(Path.of(command.removeFirst())).awaitLine("began")) {
            app.tell("nap 3").awaitLine("napped=3");
            assertTrue(GuardStats.number(GuardStats.look(Jdk.running(), app), "captureCount") > 0);
            app.end().successful();
        }
    }

    private static String inContainer(String word, JsonObject container, Path agents, int port) {
        return word.replace(mount(container) + "/", agents + "/").replace("=" + METRICS_PORT + ":", "=" + port + ":");
    }

    private static String mount(JsonObject container) {
        return text(container.getAsJsonArray("volumeMounts").get(0), "mountPath");
    }

    private static JsonObject pod() throws Exception {
        return deployment().getAsJsonObject("spec").getAsJsonObject("template").getAsJsonObject("spec");
    }

    private static JsonObject deployment() throws Exception {
        Map<String, Object> read = new Yaml().load(Files.readString(RECIPES.resolve("kubernetes.yml")));
        return new Gson().toJsonTree(read).getAsJsonObject();
    }

    private static List<String> words(JsonArray array) {
        return array.asList().stream().map(JsonElement::getAsString).toList();
    }

    private static String text(JsonElement element, String name) {
        return element.getAsJsonObject().get(name).getAsString();
    }
}
