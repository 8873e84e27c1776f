// SPDX-License-Identifier: Apache-2.0
package io.tpool.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tpool.it.Jdk.Setting;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** libguestfs: natives that stay away for ten seconds and more. Takes minutes where the appliances are emulated. */
class GuestfsIT {
    private static final Path SETUP =
        Path.of(System.getProperty("basedir"), "..", "..", "shared", "guestfs", "setup").normalize();
    private static final Path JAVA_BINDINGS = Path.of("/usr/share/java");

    private static Map<String, String> environment;

    @BeforeAll
    static void findLibrary() throws IOException, InterruptedException {
        assumeFalse(Boolean.getBoolean("skipGuestfs"), "skipped: -DskipGuestfs");
        environment = environment(environmentFile());
    }

    static Stream<Setting> oneCarrier() {
        return Jdk.settings().filter(setting -> setting.carriers() == 1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oneCarrier")
    void fourAppliancesLeaveOthersAlone(Setting setting) {
        Path jar = Path.of(environment.get("LIBGUESTFS_JAR"));
        Path application = Toolbox.application(setting.jdk(), "GuestfsApp", jar);
        Starvation.of("GuestfsApp").with(jvm -> {
            environment.forEach(jvm::environment);
            return jvm.classPath(application).classPath(jar)
                .option("-Djava.library.path=" + environment.get("LIBGUESTFS_JNI"))
                .timeout(Duration.ofMinutes(12));
        }).natives("native com.redhat.et.libguestfs.GuestFS#*").outermost("com.redhat.et.libguestfs.GuestFS#*")
            .isCuredBy(setting);
    }

    /**
     * The file named on the command line, or the one that the set-up script writes where the package is already
     * installed.
     */
    private static String environmentFile() throws IOException, InterruptedException {
        String named = System.getProperty("tpool.it.guestfs", "");
        if (!named.isEmpty()) {
            return named;
        }
        assumeTrue(isInstalled(),
            "skipped: the package libguestfs-java is not installed; ../shared/guestfs/setup DIR installs it");
        assumeTrue(Files.exists(SETUP), "skipped: no " + SETUP
            + " to make an appliance's kernel; name its result with -Dtpool.it.guestfs=FILE");
        return shell("exec \"$1\" \"$2\" 2>&1 | tail -1", SETUP.toString(),
            Path.of(System.getProperty("basedir"), "target", "guestfs").toString())
            .strip();
    }

    private static boolean isInstalled() throws IOException {
        if (!Files.isDirectory(JAVA_BINDINGS)) {
            return false;
        }
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(JAVA_BINDINGS, "libguestfs-*.jar")) {
            return jars.iterator().hasNext();
        }
    }

    /** What the file adds to the environment of a shell that reads it. */
    private static Map<String, String> environment(String file) throws IOException, InterruptedException {
        Map<String, String> variables = new TreeMap<>();
        for (String line : shell(". \"$1\" && env", file).lines().toList()) {
            if (line.startsWith("SUPERMIN_") || line.startsWith("LIBGUESTFS_")) {
                variables.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
            }
        }
        return variables;
    }

    private static String shell(String script, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bash", "-c", script, "bash"));
        command.addAll(List.of(arguments));
        Process shell = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String output = new String(shell.getInputStream().readAllBytes());
        assertEquals(0, shell.waitFor(), () -> command + ": " + output);
        return output;
    }
}
