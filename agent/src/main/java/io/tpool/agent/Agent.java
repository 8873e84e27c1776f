package io.tpool.agent;

import io.tpool.agent.boot.AgentEntry;
import java.io.File;
import java.lang.instrument.Instrumentation;

/**
 * The agent of this JVM.
 *
 * @since 1.0
 */
public final class Agent implements AgentEntry {
    /** Made by reflection, once in a JVM. */
    public Agent() {
    }

    @Override
    public void attach(String arguments, Instrumentation instrumentation, File jar, boolean running) {
    }
}
