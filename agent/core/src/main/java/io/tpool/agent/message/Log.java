// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.message;

import io.tpool.agent.boot.LazyParts;
import io.tpool.agent.config.LogLevel;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What the agent says on standard error. A line may be said anywhere, in the middle of loading a class too: it only
 * joins a queue. It is written by the thread that attaches the agent, before the application goes on, and later by the
 * agent's own thread.
 *
 * @since 1.0
 */
public final class Log {
    private static volatile LogLevel level = LogLevel.WARN;
    private static volatile Runnable wake;
    /** Guarded by this class. */
    private static LogOutput output;
    /** Whether there are {@link Lines}, which most applications never see. */
    private static volatile boolean said;

    private Log() {
    }

    private record Line(LogLevel level, String text) {
    }

    /** Loaded with the first one. */
    private static final class Lines {
        static final ConcurrentLinkedQueue<Line> QUEUE = new ConcurrentLinkedQueue<>();
    }

    /**
     * Tells what keeps the agent from doing what the configuration says.
     *
     * @param text one line
     */
    public static void error(String text) {
        say(LogLevel.ERROR, text);
    }

    /**
     * Tells what is done in another way than the configuration says.
     *
     * @param text one line
     */
    public static void warn(String text) {
        say(LogLevel.WARN, text);
    }

    /**
     * Tells what is in force and what was woven.
     *
     * @param text one line
     */
    public static void info(String text) {
        say(LogLevel.INFO, text);
    }

    /**
     * Tells a decision.
     *
     * @param text one line
     */
    public static void debug(String text) {
        say(LogLevel.DEBUG, text);
    }

    /**
     * Tells whether lines of a level are written, for those that cost something to put together.
     *
     * @param of the level
     * @return false if such a line would be dropped
     */
    public static boolean says(LogLevel of) {
        return of.compareTo(level) <= 0;
    }

    public static void level(LogLevel now) {
        level = now;
    }

    /** From now on somebody waits for lines; until then they wait for {@link #flush}. */
    public static void wakeBy(Runnable writer) {
        wake = writer;
    }

    /** Writes what has been said so far. Nothing of the logger is loaded while there is nothing to write. */
    public static void flush() {
        if (said && !Lines.QUEUE.isEmpty()) {
            write();
        }
    }

    private static synchronized void write() {
        if (output == null) {
            output = output();
        }
        for (Line line = Lines.QUEUE.poll(); line != null; line = Lines.QUEUE.poll()) {
            output.write(line.level(), line.text());
        }
    }

    private static LogOutput output() {
        try {
            return LazyParts.create(LogOutput.class, "io.tpool.agent.log.LogWriter");
        } catch (IllegalStateException | LinkageError e) {   // the jar has been replaced under a running application
            return (level, text) -> System.err.println("[tpool] " + level + ' ' + text);
        }
    }

    /** Lets the agent's own thread look what there is to do. */
    public static void wake() {
        Runnable writer = wake;
        if (writer != null) {
            writer.run();
        }
    }

    private static void say(LogLevel of, String text) {
        if (says(of)) {
            Lines.QUEUE.add(new Line(of, text));
            said = true;
            wake();
        }
    }
}
