package io.tpool.agent;

import io.tpool.agent.boot.AgentEntry;
import io.tpool.agent.config.Configuration;
import io.tpool.agent.config.LogLevel;
import io.tpool.agent.config.Problem;
import io.tpool.agent.config.Setting;
import io.tpool.agent.config.Sources;
import io.tpool.agent.observe.Observation;
import java.io.File;
import java.lang.instrument.Instrumentation;

/**
 * The agent of this JVM: reads the configuration, says what is wrong with it, and sets to work what was understood.
 *
 * <p>Until something is listed and one of its classes is loaded, as few classes as possible are loaded here: this runs before
 * {@code main} of every application that the agent is attached to.
 *
 * @since 1.0
 */
public final class Agent implements AgentEntry {
    /** System property in which whoever attached to a running JVM finds what came of it, one problem a line; empty if all is well. */
    public static final String ATTACHED = "io.tpool.agent.attached";

    /** Guarded by the caller, {@link io.tpool.agent.boot.Agents}. */
    private Configuration configuration;

    /** Made by reflection, once in a JVM. */
    public Agent() {
    }

    @Override
    public void attach(String arguments, Instrumentation instrumentation, File jar, boolean running) {
        String result = configuration == null ? start(arguments, instrumentation, jar, running) : again(arguments);
        Log.flush();
        if (running) {
            System.setProperty(ATTACHED, result);
        }
    }

    private String start(String arguments, Instrumentation instrumentation, File jar, boolean running) {
        Configuration read = Configuration.read(Sources.ofThisJvm(arguments, jar));
        Log.level(read.log());
        String problems = report(read);
        if (!problems.isEmpty() && read.strict()) {
            return refuse(problems, instrumentation, running);
        }
        configuration = read;
        Installation.install(read, instrumentation, running);
        if (read.discover()) {
            discover(read.discoverFile());
        }
        return problems;
    }

    private static String report(Configuration read) {
        StringBuilder problems = new StringBuilder();
        for (Problem problem : read.problems()) {
            Log.error(problem.toString());
            problems.append(problem).append('\n');
        }
        if (Log.says(LogLevel.INFO)) {
            Log.info("tpool " + Version.current());
            for (Setting setting : read.settings()) {
                Log.info(setting.key() + "=" + setting.value() + " (" + setting.source() + ")");
            }
        }
        return problems.toString();
    }

    private static void discover(String file) {
        if (ModuleLayer.boot().findModule("jdk.jfr").isEmpty()) {
            Log.warn("discover: this runtime image has no module jdk.jfr, so nothing is discovered");
            return;
        }
        Observation.discover(file);
    }

    /** With {@code strict=true}: an application that has not begun does not begin, one that runs is left as it is. */
    private static String refuse(String problems, Instrumentation instrumentation, boolean running) {
        if (!running) {
            Log.error("strict=true: the application is not started because of these problems");
            Log.flush();
            Refusal.endBeforeMain(instrumentation);
            return problems;
        }
        Log.error("strict=true: nothing is set to work because of these problems");
        return problems + "strict=true: nothing was set to work\n";
    }

    private static String again(String arguments) {
        String text = "the agent is attached already and this attachment" + (arguments == null ? "" : " (" + arguments + ")")
            + " changes nothing; change sizes and 'enabled' over JMX, restart the application for everything else";
        Log.warn(text);
        return text + "\n";
    }
}
