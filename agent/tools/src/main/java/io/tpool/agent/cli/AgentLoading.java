// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.cli;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.VirtualMachine;
import io.tpool.agent.boot.AgentJar;
import io.tpool.agent.boot.AttachmentJar;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Loads the agent into another JVM. Apart from {@link Attach}, because the JVM looks up the exceptions that a class
 * catches before it runs anything of it, and they may be missing where only the version is asked for.
 */
final class AgentLoading {
    private AgentLoading() {
    }

    static void load(VirtualMachine machine, String argument) throws IOException, AttachedJvm.Unreachable {
        Path jar;
        try {
            jar = AttachmentJar.write(AgentJar.find());
        } catch (URISyntaxException e) {
            throw new IOException("cannot find the agent's own jar", e);
        }
        try {
            machine.loadAgent(jar.toString(), argument);
        } catch (AgentLoadException | AgentInitializationException e) {
            throw new AttachedJvm.Unreachable(Attach.FAILED, "the JVM " + machine.id() + " refused the agent: "
                + e.getMessage());
        } finally {
            Files.delete(jar);
        }
    }
}
