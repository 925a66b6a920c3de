package io.plumtree.transport.aeron;

import io.plumtree.api.OpenFiles;
import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.regex.Pattern;

/** Says in one line why Aeron could not be started: where it is the environment's doing, without Aeron's own stack. */
final class StartFailures {
    private static final Logger LOGGER = System.getLogger(StartFailures.class.getName());
    /** In {@code ERROR - io.aeron.exceptions.AeronException : ERROR - channel error - REASON (at METHOD): CHANNEL}. */
    private static final Pattern OF_AERON = Pattern.compile(
        "\\b(?:FATAL|ERROR|WARN) - |\\b[a-z]+(?:\\.[a-z]+)+\\.[A-Z]\\w*(?:Exception|Error) ?: |\\bchannel error - "
            + "| \\(at [^\\s()]+\\.[^\\s()]+(?:\\([^()]*\\))?\\)"
            + "|:? ?\\baeron:[a-z]+(?:\\?[^\\s,]*)?|, errorCodeValue=-?\\d+");

    private StartFailures() {
    }

    /**
     * What to throw for a failure; what it hides goes to the log for those who look for it. An error that is not one of
     * mapped memory (no thread can be started, say) is thrown as it is; but a class of the JDK's that takes a
     * descriptor when it is loaded makes an error of the want of one.
     */
    static PlumtreeException of(final String what, final Throwable failure) {
        if (failure instanceof Error error && !(failure instanceof InternalError)
            && !(failure instanceof LinkageError && OpenFiles.areTooMany(failure))) {
            throw error;
        }
        if (failure instanceof PlumtreeException ex) {
            return ex;
        }
        final String hint = hint(failure);
        if (hint == null) {
            return new PlumtreeException(Category.TRANSPORT, what + ": " + text(failure), failure);
        }
        LOGGER.log(Level.DEBUG, what, failure);
        return new PlumtreeException(Category.ENVIRONMENT, what + ": " + hint);
    }

    /** The same for something that is tried again; the messages of Aeron's are long, and have its own words in them. */
    static PlumtreeException again(final String what, final Exception failure) {
        final String hint = hint(failure);
        return new PlumtreeException(Category.TRANSPORT,
            what + ", will try again: " + (hint == null ? text(failure) : hint), hint == null ? failure : null);
    }

    /**
     * The message of a failure without what is Aeron's own: levels, classes and where they were thrown, the channel,
     * and its codes.
     */
    static String text(final Throwable failure) {
        final String message = String.valueOf(failure.getMessage());
        final String text = OF_AERON.matcher(message).replaceAll("").strip();
        return text.isEmpty() ? message : text;
    }

    /** What the environment lacks; null if it is not that. */
    static String hint(final Throwable failure) {
        if (OpenFiles.areTooMany(failure)) {
            return OpenFiles.TOO_MANY;
        }
        if (StorageFaults.isStorageFault(failure)) {
            return "no space is left for the media driver's files; make room, lower "
                + AeronTransportOptions.TERM_LENGTH_PROPERTY + ", or choose a place by "
                + AeronTransportOptions.BASE_DIRECTORY_PROPERTY;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            final String text = String.valueOf(cause.getMessage());
            if (text.contains("File too large")) {
                return "the system allows no file as long as the media driver's (ulimit -f)";
            }
            if (text.contains("unresolved - ")) {
                return "the host's name is not known here";
            }
            if (text.contains("Read-only file system")) {
                return "the file system is read-only; choose another place by "
                    + AeronTransportOptions.BASE_DIRECTORY_PROPERTY;
            }
        }
        return null;
    }
}
