// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.cli;

import io.tpool.agent.command.Command;
import io.tpool.agent.command.ProcessFiles;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.util.Optional;

/** A JVM on this machine that a command looks into, attached to until {@link #close}. */
final class AttachedJvm implements AutoCloseable {
    private final VirtualMachine machine;

    private AttachedJvm(VirtualMachine machine) {
        this.machine = machine;
    }

    /** The JVM cannot be reached: the message is the line for the user. */
    static final class Unreachable extends Exception {
        private static final long serialVersionUID = 1;

        private final int status;

        Unreachable(int status, String message) {
            super(message);
            this.status = status;
        }

        /** The exit status: {@link Command#USAGE} if what was given is no process id, else {@link Command#FAILED}. */
        int status() {
            return status;
        }
    }

    /**
     * Attaches to a JVM.
     *
     * @param pid process id as typed
     * @throws Unreachable if it cannot be reached, with the reason in one line
     */
    static AttachedJvm open(String pid) throws Unreachable {
        if (ModuleLayer.boot().findModule("jdk.attach").isEmpty()) {
            throw new Unreachable(Command.FAILED,
                "this Java runtime has no module jdk.attach; run the command with the java of a JDK");
        }
        long number = parse(pid);
        check(number);
        try {
            return new AttachedJvm(VirtualMachine.attach(Long.toString(number)));
        } catch (AttachNotSupportedException | IOException e) {
            throw new Unreachable(Command.FAILED, "cannot attach to " + number + ": " + reason(number, e));
        }
    }

    VirtualMachine machine() {
        return machine;
    }

    /** The process id, as the JDK writes it. */
    String pid() {
        return machine.id();
    }

    @Override
    public void close() throws IOException {
        machine.detach();
    }

    private static long parse(String pid) throws Unreachable {
        try {
            long number = Long.parseLong(pid);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new Unreachable(Command.USAGE, "'" + pid + "' is not a process id; jcmd -l lists those of the JVMs");
    }

    private static void check(long pid) throws Unreachable {
        if (pid == ProcessHandle.current().pid()) {
            throw new Unreachable(Command.FAILED, pid + " is this command itself; jcmd -l lists the JVMs");
        }
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        if (process.isEmpty()) {
            throw new Unreachable(Command.FAILED, "there is no process " + pid + "; jcmd -l lists the JVMs");
        }
        if (isKnownToBeNoJvm(pid)) {
            throw new Unreachable(Command.FAILED, "process " + pid + " is not a JVM; jcmd -l lists the JVMs");
        }
    }

    /** Where the system does not tell, the JDK has to find out. */
    private static boolean isKnownToBeNoJvm(long pid) {
        try {
            return !ProcessFiles.isJvm(pid);
        } catch (IOException e) {
            return false;
        }
    }

    private static String reason(long pid, Exception e) {
        String owner = ProcessHandle.of(pid).flatMap(process -> process.info().user()).orElse(null);
        String own = ProcessHandle.current().info().user().orElse(null);
        if (owner != null && own != null && !owner.equals(own)) {
            return "it belongs to " + owner + "; run the command as that user (" + e.getMessage() + ")";
        }
        String message = String.valueOf(e.getMessage());
        if (message.contains("not ready to participate")) {
            return "it is not a JVM, or one that has only just started";
        }
        return message.lines().findFirst().orElse(message);
    }
}
