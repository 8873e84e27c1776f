// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.cli;

import io.tpool.agent.command.Command;
import java.io.IOException;
import java.io.PrintStream;

/** What the commands that look into a JVM have in common. */
abstract class ObserverCommand implements Command {
    static final String EXIT_STATUS = """
        Exit status: 0 done, 1 the JVM cannot be reached, or has no agent that works, 2 wrong usage.""";

    /** Looks. */
    interface Glance {
        void at(AgentClient beans) throws IOException;
    }

    /** Connects, looks, and says why it could not. */
    final int look(String pid, PrintStream out, PrintStream err, Glance glance) {
        try (AgentClient beans = AgentClient.open(pid)) {
            glance.at(beans);
        } catch (AttachedJvm.Unreachable e) {
            err.println("tpool " + name() + ": " + e.getMessage());
            return e.status();
        } catch (IOException e) {
            err.println("tpool " + name() + ": the JVM " + pid + " has ended or does not answer: " + reason(e));
            return FAILED;
        }
        // Whoever read it may have gone: there is nobody left to tell.
        return out.checkError() ? FAILED : OK;
    }

    /** RMI writes the cause on a second line. */
    static String reason(IOException e) {
        String text = String.valueOf(e.getMessage());
        int end = text.indexOf("; nested exception");
        return (end < 0 ? text : text.substring(0, end)).replaceAll("\\s+", " ");
    }

    final int usage(String expected, PrintStream err) {
        err.println("tpool " + name() + ": " + expected + "; --help explains the command");
        return USAGE;
    }
}
