// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent;

import io.tpool.agent.jdk.StrictExit;
import io.tpool.agent.message.Log;
import io.tpool.agent.message.Summary;
import io.tpool.agent.message.Version;
import io.tpool.agent.boot.AgentEntry;
import io.tpool.agent.config.Configuration;
import io.tpool.agent.config.LogLevel;
import io.tpool.agent.config.Problem;
import io.tpool.agent.config.Setting;
import io.tpool.agent.config.Sources;
import io.tpool.agent.observe.Observation;
import io.tpool.agent.pattern.ListedPattern;
import java.io.File;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;

/**
 * The agent of this JVM: reads the configuration, says what is wrong with it, and sets to work what was understood.
 *
 * <p>Until something is listed and one of its classes is loaded, as few classes as possible are loaded here: this runs
 * before {@code main} of every application that the agent is attached to.
 *
 * @since 1.0
 */
public final class Agent implements AgentEntry {
    /**
     * Guarded by the caller, {@link io.tpool.agent.boot.Agents}, as is all here. Null before anything is set to work.
     */
    private AgentStartup startup;
    /** Null before anybody attached to the running JVM. */
    private AttachmentResults results;

    /** Made by reflection, once in a JVM. */
    public Agent() {
    }

    @Override
    public void attach(String arguments, Instrumentation instrumentation, File jar, boolean running) {
        if (running) {
            attach(arguments, instrumentation, jar);
        } else if (startup == null) {
            start(arguments, instrumentation, jar, null);
        } else {
            again(arguments, false, new AttachmentReport());
        }
        Log.flush();
    }

    @Override
    public String version() {
        return Version.current();
    }

    private void attach(String arguments, Instrumentation instrumentation, File jar) {
        String settings = AttachmentResults.withoutTicket(arguments);
        AttachmentReport report = new AttachmentReport();
        if (startup == null) {
            start(settings, instrumentation, jar, report);
        } else {
            again(settings, true, report);
        }
        String ticket = AttachmentResults.ticket(arguments);
        if (ticket != null) {
            if (results == null) {
                results = new AttachmentResults();
            }
            results.publish(ticket, report.toString());
        }
    }

    /** @param report null before the application has begun */
    private void start(String arguments, Instrumentation instrumentation, File jar, AttachmentReport report) {
        boolean running = report != null;
        Configuration read = Configuration.read(Sources.ofThisJvm(arguments, jar));
        Log.level(read.switches().log());
        tell(read.problems(), report);
        if (!read.problems().isEmpty() && read.switches().strict()) {
            refuse(instrumentation, report);
            return;
        }
        startup = new AgentStartup(instrumentation);
        startup.install(read, running);
        if (read.switches().discover()) {
            discover(read.switches().discoverFile());
        }
        tellOf(read);
        if (running) {
            report.title("", read);
            report.methods(read.patterns().listed(), startup.outcomes());
        }
    }

    /** Only now: before, the logger would load classes of the JDK whose natives are listed perhaps. */
    private static void tellOf(Configuration configuration) {
        if (Log.says(LogLevel.INFO)) {
            Log.info(Summary.withSources(configuration));
        }
        if (Log.says(LogLevel.DEBUG)) {
            for (Setting setting : configuration.settings()) {
                Log.debug(setting.key() + "=" + setting.value() + " (" + setting.source() + ")");
            }
        }
    }

    private static void tell(List<Problem> problems, AttachmentReport report) {
        for (Problem problem : problems) {
            Log.error(problem.toString());
            if (report != null) {
                report.problem(problem.toString());
            }
        }
    }

    private static void discover(String file) {
        if (ModuleLayer.boot().findModule("jdk.jfr").isEmpty()) {
            Log.warn("discover: this runtime image has no module jdk.jfr, so nothing is discovered");
            return;
        }
        Observation.discover(file);
    }

    /** With {@code strict=true}: an application that has not begun does not begin, one that runs is left as it is. */
    private static void refuse(Instrumentation instrumentation, AttachmentReport report) {
        if (report != null) {
            Log.error("strict=true: nothing is set to work because of these problems");
            report.problem("strict=true: nothing was set to work");
            return;
        }
        Log.error("strict=true: the application is not started because of these problems");
        Log.flush();
        StrictExit.endBeforeMain(instrumentation);
    }

    /** A further attachment, or a further {@code -javaagent}: its settings join those in force. */
    private void again(String arguments, boolean running, AttachmentReport report) {
        Configuration before = startup.configuration();
        Configuration added = Configuration.read(Sources.ofAttachment(arguments));
        List<Problem> problems = before.problemsOf(added);
        tell(problems, report);
        if (!problems.isEmpty() && added.switches().strict()) {
            Log.error("strict=true: nothing is changed because of these problems");
            report.problem("strict=true: nothing was changed");
            return;
        }
        Configuration next = before.with(added);
        Log.level(next.switches().log());
        String problem = startup.change(next, running);
        tellOf(next);
        report.title("the agent is there already; ", next);
        report.changes(before, added, next);
        if (problem != null) {
            Log.warn("guard: " + problem);
            report.problem(problem);
        }
        List<ListedPattern> listed = new ArrayList<>(next.patterns().listed());
        listed.removeAll(before.patterns().listed());
        report.methods(listed, startup.outcomes());
    }
}
