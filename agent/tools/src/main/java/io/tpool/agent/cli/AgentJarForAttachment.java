// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.cli;

import io.tpool.agent.command.Command;
import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.VirtualMachine;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Loads the agent into a JVM through a jar that holds nothing but a manifest, whose class path is the agent's jar. The
 * {@code Boot-Class-Path} of the agent's own manifest is for start-up: a running JVM answers it with a warning, and
 * gives up the shared archive of the application's classes.
 */
final class AgentJarForAttachment {
    private AgentJarForAttachment() {
    }

    /**
     * Loads the agent.
     *
     * @param machine where
     * @param arguments its arguments, or null
     * @throws IOException if the JVM does not answer
     * @throws AttachedJvm.Unreachable if it refuses, with the reason in one line
     */
    static void load(VirtualMachine machine, String arguments) throws IOException, AttachedJvm.Unreachable {
        Path jar = Files.createTempFile("tpool-attach", ".jar");
        try {
            write(jar);
            machine.loadAgent(jar.toString(), arguments);
        } catch (AgentLoadException | AgentInitializationException e) {
            throw new AttachedJvm.Unreachable(Command.FAILED, "the JVM " + machine.id() + " refused the agent: "
                + e.getMessage());
        } finally {
            Files.delete(jar);
        }
    }

    private static void write(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(Attributes.Name.CLASS_PATH, agentJar().toURI().toString());
        main.putValue("Agent-Class", "io.tpool.agent.boot.PreMain");
        main.putValue("Can-Redefine-Classes", "true");
        main.putValue("Can-Retransform-Classes", "true");
        main.putValue("Can-Set-Native-Method-Prefix", "true");
        try (OutputStream file = Files.newOutputStream(jar); OutputStream out = new JarOutputStream(file, manifest)) {
            out.flush();
        }
        // Of another user's JVM, which root may attach to.
        jar.toFile().setReadable(true, false);
    }

    private static File agentJar() throws IOException {
        try {
            Class<?> root = Class.forName("io.tpool.agent.boot.Main");
            return new File(root.getProtectionDomain().getCodeSource().getLocation().toURI()).getAbsoluteFile();
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new IOException("cannot find the agent's own jar", e);
        }
    }
}
