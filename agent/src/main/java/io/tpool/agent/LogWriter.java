package io.tpool.agent;

import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes lines to standard error, through a copy of SLF4J that the application can neither see nor configure. */
final class LogWriter {
    private static final Logger LOGGER = logger();

    private LogWriter() {
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

    static synchronized void write(Queue<Log.Line> lines) {
        for (Log.Line line = lines.poll(); line != null; line = lines.poll()) {
            switch (line.level()) {
                case ERROR -> LOGGER.error(line.text());
                case WARN -> LOGGER.warn(line.text());
                case INFO -> LOGGER.info(line.text());
                default -> LOGGER.debug(line.text());
            }
        }
    }
}
