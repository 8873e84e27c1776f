// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.log;

import io.tpool.agent.message.LogOutput;
import io.tpool.agent.config.LogLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes lines through a copy of SLF4J's simple logger, which the application can neither see nor configure. Where a
 * line goes and what stands before its text is SLF4J's part, declared in {@code simplelogger.properties}. Which
 * lines are written at all is decided in {@link io.tpool.agent.message.Log}: most applications get none, and SLF4J is
 * loaded with the first one.
 *
 * @since 1.0
 */
public final class LogWriter implements LogOutput {
    private final Logger logger = logger();

    /** Made by {@link io.tpool.agent.message.Log}. */
    public LogWriter() {
    }

    /** The logger looks for its configuration with the context loader, where it could be the application's. */
    private static Logger logger() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(LogWriter.class.getClassLoader());
        try {
            return LoggerFactory.getLogger("tpool");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public void write(LogLevel level, String text) {
        switch (level) {
            case ERROR -> logger.error(text);
            case WARN -> logger.warn(text);
            case INFO -> logger.info(text);
            default -> logger.debug(text);
        }
    }
}
