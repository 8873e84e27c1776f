// SPDX-License-Identifier: Apache-2.0
package io.tpool;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.tpool.agent.boot.AttachmentJar;
import io.tpool.agent.jdk.OwnAttachListener;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Attaches the agent to this JVM, for applications that cannot have an option on their command line.
 *
 * <pre>{@code
 * public static void main(String[] arguments) {
 *     TPoolAgent.install();
 *     SpringApplication.run(Application.class, arguments);
 * }
 * }</pre>
 *
 * <p>It is the agent that {@code -javaagent:tpool-agent.jar} attaches, and this class is part of its jar, which holds
 * all that the agent needs: no further library has to be there. The jar may lie inside an executable jar.
 *
 * <p><b>Important</b>: call this first in {@code main}. Natives of classes that are loaded by then cannot be woven, and
 * classes of {@code io.tpool} that the application has used before the agent came know nothing of the agent. It takes
 * less than half a second.
 *
 * <p>The JDK's API does not let a JVM attach to itself. On Linux this asks the JVM's own attach listener, which begins
 * with the signal QUIT (by {@code kill}). Elsewhere, or where that does not work, it starts a second JVM for a moment,
 * with the {@code java} of this one, which must be that of a JDK (module {@code jdk.attach}).
 *
 * <p>By <a href="https://openjdk.org/jeps/451">JEP 451</a> the JVM prints a warning, and a later release will refuse,
 * unless it runs with {@code -XX:+EnableDynamicAgentLoading}; the variable {@code JDK_JAVA_OPTIONS} may hold that, too.
 * With {@code -XX:-EnableDynamicAgentLoading} or {@code -XX:+DisableAttachMechanism} it refuses today.
 *
 * @since 1.0
 */
public final class TPoolAgent {
    private static final String AGENTS = "io.tpool.agent.boot.Agents";
    private static final String VERSION = "/io/tpool/agent/message/version.txt";
    private static final int LIMIT_SECONDS = 60;
    private static final List<String> FOREIGN_OPTIONS =
        List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private TPoolAgent() {
    }

    /**
     * Attaches the agent, or passes the settings on where it is attached already. Nothing that goes wrong here is
     * thrown, so that the application starts all the same: it is one line on standard error, and the result. What is
     * wrong with a setting the agent says in a line of its own; the other settings hold.
     *
     * <p>Safe for use by several threads; the second one waits for the first.
     *
     * @param settings each {@code key=value} as behind {@code -javaagent:}, {@code "guard=watch"} say; none to take
     *     them from system properties, environment and file alone
     * @return empty if the agent is attached, else why not, one line without a full stop
     * @throws NullPointerException if there is a null among the settings
     */
    public static synchronized Optional<String> install(String... settings) {
        String argument = settings.length == 0 ? null : String.join(",", List.of(settings));
        String problem;
        try {
            String version = attached(argument);
            if (version == null) {
                problem = attach(argument);
            } else {
                problem = version.equals(version()) ? null : "the agent of version " + version
                    + " is attached, and this is version " + version() + ": use one of them";
            }
        } catch (IOException | ReflectiveOperationException | RuntimeException e) {
            problem = "the agent could not be attached: " + e;
        }
        if (problem != null) {
            System.err.println("[tpool] WARN " + problem);
        }
        return Optional.ofNullable(problem);
    }

    /**
     * Gives the version of this class, which is that of its jar.
     *
     * @return as in the Maven coordinates
     * @throws IllegalStateException if the jar cannot be read any more
     */
    public static String version() {
        try (InputStream text = TPoolAgent.class.getResourceAsStream(VERSION)) {
            if (text != null) {
                return new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
            }
            return attached(null);   // the boot loader's class, under another name of the jar: it is the agent's
        } catch (IOException | ReflectiveOperationException e) {
            throw new IllegalStateException(VERSION, e);
        }
    }

    /** Passes settings on to the agent, if it is there, and gives its version; null if it is not there. */
    private static String attached(String argument) throws ReflectiveOperationException {
        try {
            // The boot loader's, never the one beside this class.
            Class<?> agents = Class.forName(AGENTS, true, null);
            return (String) agents.getMethod("again", String.class).invoke(null, argument);
        } catch (ClassNotFoundException notAttached) {
            return null;
        } catch (NoSuchMethodException older) {
            return "before " + version();
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Says why not, or null. */
    private static String attach(String argument) throws IOException, ReflectiveOperationException {
        String refusal = refusal();
        if (refusal != null) {
            return "the agent could not be attached: " + refusal;
        }
        if (isListenerAllowed() && attachBySelf(argument)) {
            return null;
        }
        File java = new File(System.getProperty("java.home"), "bin" + File.separator + "java");
        if (!java.canExecute() && !new File(java.getPath() + ".exe").canExecute()) {
            return "the agent could not be attached: there is no " + java + " to attach it with";
        }
        List<String> command = new ArrayList<>(List.of(java.getPath(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
            "-jar", jar().getPath(), "attach", Long.toString(ProcessHandle.current().pid())));
        if (argument != null) {
            command.add(argument);
        }
        String said = run(command);
        return attached(null) != null ? null : "the agent could not be attached: " + said;
    }

    /** What {@link OwnAttachListener} asks for, beyond {@link #refusal}. */
    private static boolean isListenerAllowed() {
        try {
            return OwnAttachListener.isKnown() && Options.areSignalsUsed();
        } catch (LinkageError | RuntimeException cannotTell) {
            return false;
        }
    }

    /** False if a second JVM has to do it. */
    private static boolean attachBySelf(String argument) throws IOException, ReflectiveOperationException {
        Path jar = AttachmentJar.write(jar());
        try {
            OwnAttachListener.load(jar, argument);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (IOException | LinkageError | RuntimeException thisSystemDiffers) {
            return false;
        } finally {
            Files.delete(jar);
        }
        return attached(null) != null;
    }

    /** What the command says on standard error. */
    private static String run(List<String> command) throws IOException {
        Path error = Files.createTempFile("tpool-attach", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(error.toFile());
            FOREIGN_OPTIONS.forEach(builder.environment()::remove);
            Process process = builder.start();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return "it took longer than " + LIMIT_SECONDS + " s";
            }
            String said = Files.readString(error).strip().replaceAll("\\s*\\R\\s*", "; ");
            return said.isEmpty() ? "exit status " + process.exitValue() : said.replace("tpool attach: ", "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "the thread was interrupted";
        } finally {
            Files.deleteIfExists(error);
        }
    }

    /** The jar of this class; a copy that lasts as long as this JVM, where it lies inside another jar. */
    private static File jar() throws IOException {
        URL location = TPoolAgent.class.getProtectionDomain().getCodeSource().getLocation();
        if (location.getProtocol().equals("file")) {
            File file = new File(URI.create(location.toString()));
            if (file.isFile()) {
                return file;
            }
            throw new IOException("TPoolAgent was loaded from " + file + ", which is not the agent's jar");
        }
        // Spring Boot: jar:nested:/app.jar/!BOOT-INF/lib/tpool-agent.jar!/
        String nested = location.toString().replaceFirst("^jar:", "").replaceFirst("!/$", "");
        Path copy = Files.createTempFile("tpool-agent", ".jar");
        copy.toFile().deleteOnExit();
        try (InputStream in = open(location, nested)) {
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
        }
        return copy.toFile();
    }

    @SuppressWarnings("deprecation")
    private static InputStream open(URL location, String nested) throws IOException {
        return new URL(location, nested).openStream();
    }

    /** Asked first: a JVM that forbids it takes ten seconds to say so. */
    private static String refusal() {
        try {
            return Options.refusal();
        } catch (LinkageError | RuntimeException cannotTell) {
            return null;
        }
    }

    /** Not to be touched where module {@code jdk.management} may be missing, but by {@link #refusal}. */
    private static final class Options {
        static boolean areSignalsUsed() {
            return ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).getVMOption("ReduceSignalUsage")
                .getValue().equals("false");
        }

        static String refusal() {
            HotSpotDiagnosticMXBean bean = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            if (bean == null) {
                return null;
            }
            if (bean.getVMOption("DisableAttachMechanism").getValue().equals("true")) {
                return "this JVM runs with -XX:+DisableAttachMechanism; leave that out, or start it with"
                    + " -javaagent:tpool-agent.jar";
            }
            if (bean.getVMOption("EnableDynamicAgentLoading").getValue().equals("false")) {
                return "this JVM runs with -XX:-EnableDynamicAgentLoading; use -XX:+EnableDynamicAgentLoading, or start"
                    + " it with -javaagent:tpool-agent.jar";
            }
            return null;
        }
    }
}
