// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** AOT caches of the JVM, of an application in a jar of its own: trained without the agent and with it, and used. */
class AotIT {
    private static final int FIRST_JDK = 25;
    private static final String INSTEAD = ": train without -javaagent and with --add-modules java.instrument";
    private static final String METHOD = "org.example.app.CarrierApp#carrier";

    private final Path directory = Jvm.newDirectory();
    private final Path cache = directory.resolve("app.aot");

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void aCacheThatWasTrainedWithoutTheAgentIsUsedWithIt(Jdk jdk) throws IOException {
        Path app = application(jdk);
        java(jdk, app, "-XX:AOTCacheOutput=" + cache, "--add-modules", "java.instrument").successful();
        // Under its own name the jar is on the boot class path, and some JVMs take no cache that was made without it.
        Run run = java(jdk, app, "-XX:AOTMode=on", "-XX:AOTCache=" + cache, with(renamed()));
        assertEquals(0, run.exit(), run::toString);
        assertEquals(List.of(), run.errorLines(), run::toString);
        assertTrue(run.value("carrier").startsWith("tpool-default-"), run::toString);
    }

    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void whereTheAgentIsAttachedInTheTrainingItSaysHowToTrain(Jdk jdk) throws IOException {
        Run training = java(jdk, application(jdk), "-XX:AOTCacheOutput=" + cache, with(Jvm.agentJar()));
        assertTrue(training.value("carrier").startsWith("ForkJoinPool"), training::toString);
        assertTrue(training.errorLines().contains("[tpool] WARN an AOT cache cannot be trained with the agent "
            + "attached, so the application runs without the agent and the JVM makes no cache" + INSTEAD),
            training::toString);
        assertFalse(Files.exists(cache));
    }

    /** The JVM makes a cache then, with which it crashes. */
    @ParameterizedTest
    @MethodSource("io.tpool.it.Jdk#all")
    void whereItsJarHasAnotherNameTheTrainingEndsThere(Jdk jdk) throws IOException {
        Run training = java(jdk, application(jdk), "-XX:AOTCacheOutput=" + cache, with(renamed()));
        assertEquals(1, training.exit(), training::toString);
        assertTrue(training.errorLines().contains("[tpool] ERROR an AOT cache cannot be trained with the agent "
            + "attached, so this JVM ends here, and what it writes cannot be used" + INSTEAD), training::toString);
        assertFalse(training.out().contains("carrier="), training::toString);
    }

    private Path application(Jdk jdk) throws IOException {
        assumeTrue(jdk.feature() >= FIRST_JDK, "AOT caches in one step are there since 25");
        Path app = directory.resolve("app.jar");
        AppJar.write(app, "org.example.app.CarrierApp");
        return app;
    }

    private static Run java(Jdk jdk, Path app, String... options) {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of("-jar", app.toString()));
        return Jvm.of(jdk).runTool("java", arguments.toArray(new String[0]));
    }

    private static String with(Path agent) {
        return "-javaagent:" + agent + "=methods=" + METHOD;
    }

    private Path renamed() throws IOException {
        return Files.copy(Jvm.agentJar(), directory.resolve("tpool.jar"));
    }
}
