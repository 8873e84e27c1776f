// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.cli;

import io.tpool.agent.command.Command;
import com.sun.tools.attach.VirtualMachine;
import io.tpool.agent.AttachmentReport;
import io.tpool.agent.AttachmentResults;
import io.tpool.agent.config.AgentArgument;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** {@code attach}: loads the agent into a JVM that is running. */
final class Attach implements Command {
    private static final int OLDEST_JDK = 21;
    private static final String CONFIG = "config=";

    @Override
    public String name() {
        return "attach";
    }

    @Override
    public String arguments() {
        return "PID [key=value,...]";
    }

    @Override
    public String summary() {
        return "attaches the agent to a JVM that is running";
    }

    @Override
    public String help() {
        return """
            Attaches the agent to the JVM with that process id, of the same user. The settings are those of -javaagent.
            A relative path in config= begins in this working directory. Without config= the JVM reads agent.properties
            in its own working directory, then beside the agent's jar.

            Natives of classes that the JVM has loaded by then cannot be woven: list the Java methods that call them.
            Problems in the settings are told here and on the JVM's standard error; the rest of the settings holds.
            Where the agent is attached already its settings are changed: patterns are added, methods= takes those of the default
            pool back (pool.NAME.methods= those of another), and other settings take the place of those before.
            The JVM itself warns of agents that are attached late, unless it runs with -XX:+EnableDynamicAgentLoading.

            Exit status: 0 attached, 1 not attached, or a problem in the settings, or none of the methods given could be woven yet,
            2 wrong usage.""";
    }

    @Override
    public int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.isEmpty() || arguments.size() > 2) {
            err.println("tpool attach: expected PID [key=value,...], settings without spaces between them "
                + "or in quotation marks");
            return USAGE;
        }
        try (AttachedJvm target = AttachedJvm.open(arguments.get(0))) {
            checkRelease(target.machine());
            String ticket = Long.toHexString(ProcessHandle.current().pid()) + "x" + Long.toHexString(System.nanoTime());
            String settings = arguments.size() < 2 ? null : absolute(arguments.get(1));
            AgentLoading.load(target.machine(), AttachmentResults.withTicket(ticket, settings));
            return tell(target, ticket, out, err);
        } catch (AttachedJvm.Unreachable e) {
            err.println("tpool attach: " + e.getMessage());
            return e.status();
        } catch (IOException e) {
            err.println("tpool attach: the JVM " + arguments.get(0) + " ended or did not answer: " + e.getMessage());
            return FAILED;
        }
    }

    private static int tell(AttachedJvm target, String ticket, PrintStream out, PrintStream err) throws IOException {
        String result = AttachmentResults.find(target.machine().getSystemProperties(), ticket);
        if (result == null) {
            err.println("tpool attach: the agent did not start in " + target.pid()
                + ", or the one there is of another version; its standard error says why");
            return FAILED;
        }
        int status = OK;
        String before = "attached to " + target.pid() + ": ";
        for (String line : result.lines().toList()) {
            if (line.charAt(0) == AttachmentReport.PROBLEM) {
                err.println("tpool attach: " + line.substring(1));
                status = FAILED;
            } else {
                out.println(before + line.substring(1));
                before = "";
            }
        }
        return status;
    }

    private static void checkRelease(VirtualMachine machine) throws IOException, AttachedJvm.Unreachable {
        String release = machine.getSystemProperties().getProperty("java.specification.version", "");
        if (release.startsWith("1.") || Integer.parseInt(release) < OLDEST_JDK) {
            throw new AttachedJvm.Unreachable(FAILED, "the JVM " + machine.id() + " is Java " + release
                + "; tpool needs " + OLDEST_JDK + " or later");
        }
    }

    /** The JVM may have another working directory. */
    static String absolute(String settings) {
        return AgentArgument.split(settings).stream().map(Attach::withAbsoluteFile).collect(Collectors.joining(","));
    }

    private static String withAbsoluteFile(String setting) {
        if (!setting.startsWith(CONFIG) || setting.equals(CONFIG)) {
            return setting;
        }
        return CONFIG + Path.of(setting.substring(CONFIG.length()).strip()).toAbsolutePath();
    }
}
