package io.plumtree.node.output;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;

/** Files that a command writes for its user. */
public final class OutputFiles {
    private OutputFiles() {
    }

    /** Writes a file. */
    @FunctionalInterface
    public interface Writing {
        /**
         * Writes it.
         *
         * @param file the file.
         * @throws IOException if that fails.
         */
        void to(File file) throws IOException;
    }

    /**
     * Writes a file.
     *
     * @param file    the file.
     * @param writing what writes it.
     * @throws IOException if that fails; its message has the file and the reason, on one line.
     */
    public static void write(final File file, final Writing writing) throws IOException {
        try {
            writing.to(file);
        } catch (final IOException ex) {
            final String reason = Reasons.of(ex);
            final boolean isNamed = reason.startsWith(file.toString());
            throw new IOException("can't write " + (isNamed ? "" : file + ": ") + reason, ex);
        }
    }

    /**
     * Writes a text in UTF-8.
     *
     * @param file the file.
     * @param text what it is to hold.
     * @throws IOException if that fails; its message has the file and the reason, on one line.
     */
    public static void write(final File file, final String text) throws IOException {
        write(file, to -> Files.writeString(to.toPath(), text));
    }
}
