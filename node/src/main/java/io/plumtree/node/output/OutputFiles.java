package io.plumtree.node.output;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

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
     * Checks that a file which is to be written later can be one, so that no long run ends without it.
     *
     * @param line the command line that names it.
     * @param flag by which flag.
     * @param file the file; null for none.
     * @throws ParameterException if it is a directory, or in none that exists.
     */
    public static void check(final CommandLine line, final String flag, final File file) {
        if (file != null && (file.isDirectory() || !file.getAbsoluteFile().getParentFile().isDirectory())) {
            throw new ParameterException(line, flag + " must be a file in a directory that exists: '" + file + "'");
        }
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
