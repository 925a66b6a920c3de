package io.plumtree.node;

import io.plumtree.api.PlumtreeException;
import io.plumtree.node.output.Reasons;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeoutException;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * How the engine's log looks on standard error: a line each, like the command line's own words. A stack trace follows
 * only where nobody expected what happened, or where the user asks for it.
 */
public final class Logs {
    private static final String FORMAT_PROPERTY = "java.util.logging.SimpleFormatter.format";
    private static final String FORMAT = "plumtree: %4$s: %5$s%6$s%n";
    private static final String CONFIG_PROPERTY = "java.util.logging.config.file";
    /** Held here, as the log manager would let it be collected, its level with it. */
    private static final Logger LOGGER = Logger.getLogger("io.plumtree");

    private static volatile boolean isVerbose;

    private Logs() {
    }

    /** One line for each record, unless the user has a format of their own. Before anything is logged. */
    static void toOneLine() {
        if (System.getProperty(FORMAT_PROPERTY) == null && System.getProperty(CONFIG_PROPERTY) == null) {
            System.setProperty(FORMAT_PROPERTY, FORMAT);
        }
    }

    /**
     * Leaves out stack traces that say nothing more to a user, unless the log's format is the user's own.
     *
     * @param isAsked whether the user wants to see all of them.
     */
    public static void verbose(final boolean isAsked) {
        isVerbose = isAsked;
        if (!FORMAT.equals(System.getProperty(FORMAT_PROPERTY))) {
            return;
        }
        for (final Handler handler : Logger.getLogger("").getHandlers()) {
            if (handler instanceof ConsoleHandler) {
                handler.setFormatter(new LineFormatter());
            }
        }
    }

    static boolean isVerbose() {
        return isVerbose;
    }

    /** Leaves out what is no warning. */
    public static void warningsOnly() {
        LOGGER.setLevel(Level.WARNING);
    }

    /** Whether an error's message says all: it is the machine's, the network's, a plug-in's, or a setting's. */
    static boolean isExpected(final Throwable error) {
        return error instanceof PlumtreeException || error instanceof IOException
            || error instanceof UncheckedIOException || error instanceof TimeoutException
            || error.getClass().getName().startsWith("io.aeron.");
    }

    /** A line a record. */
    static final class LineFormatter extends Formatter {
        @Override
        public String format(final LogRecord record) {
            final StringWriter text = new StringWriter();
            final PrintWriter out = new PrintWriter(text);
            out.print("plumtree: " + record.getLevel().getLocalizedName() + ": " + formatMessage(record));
            final Throwable thrown = record.getThrown();
            if (thrown == null) {
                out.println();
            } else if (isVerbose || !isExpected(thrown)) {
                out.println();
                thrown.printStackTrace(out);
            } else {
                final String message = thrown.getMessage();
                final boolean isSaid = message != null && text.toString().contains(message);
                out.println((isSaid ? "" : ": " + Reasons.of(thrown)) + hint(thrown));
            }
            return text.toString();
        }

        /** The author of a plug-in will want to know where it failed. */
        private static String hint(final Throwable thrown) {
            final Throwable cause = thrown.getCause();
            return cause == null || isExpected(cause) ? "" : " (--verbose shows where)";
        }
    }
}
