package io.plumtree.node.output;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/** Why something failed, in words. */
public final class Reasons {
    private Reasons() {
    }

    /**
     * Says what went wrong. Several exceptions of the JDK have a message that is but a name.
     *
     * @param failure what was thrown.
     * @return one line, without the exception's class where the message does without.
     */
    public static String of(final Throwable failure) {
        if (failure instanceof UncheckedIOException unchecked) {
            return of(unchecked.getCause());
        }
        final String message = failure.getMessage();
        if (message == null || message.isBlank()) {
            return failure.toString();
        }
        final String line = message.lines().map(String::strip).reduce((a, b) -> a + " " + b).orElse(message);
        if (failure instanceof NoSuchFileException) {
            return line + ": no such file or directory";
        }
        if (failure instanceof AccessDeniedException) {
            return line + ": permission denied";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return line + ": is there already";
        }
        if (failure instanceof NotDirectoryException) {
            return line + ": is no directory";
        }
        if (failure instanceof UnknownHostException) {
            return "unknown host: " + line;
        }
        return failure instanceof IOException ? line : failure.toString();
    }

    /**
     * Whether a write failed only since nobody reads any more what is written. The system's text for it has this word
     * in every language that we know of.
     *
     * @param failure what a write threw.
     * @return true if so.
     */
    public static boolean isBrokenPipe(final IOException failure) {
        return failure.getMessage() != null && failure.getMessage().toLowerCase(Locale.ROOT).contains("pipe");
    }
}
