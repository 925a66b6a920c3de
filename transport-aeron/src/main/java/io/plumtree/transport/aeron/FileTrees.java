package io.plumtree.transport.aeron;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Deletes directories with all in them; never follows a link out of them. */
final class FileTrees {
    private FileTrees() {
    }

    /** Tells what is in a directory. */
    interface Lister {
        List<Path> list(Path directory) throws IOException;
    }

    /**
     * Deletes a directory, if it is there. What can't be deleted does not keep the rest from it, but for one file in
     * the directory itself: that goes when nothing else is left.
     *
     * @param last the name of that file.
     * @throws IOException if something is left: the first reason.
     */
    static void delete(final Path root, final String last, final Lister lister) throws IOException {
        try {
            // A file, a link or an empty directory: for that no descriptor is needed.
            Files.deleteIfExists(root);
            return;
        } catch (final DirectoryNotEmptyException ex) {
            deleteContent(root, last, lister);
        }
        if (last != null) {
            Files.deleteIfExists(root.resolve(last));
        }
        Files.deleteIfExists(root);
    }

    private static void deleteContent(final Path directory, final String last, final Lister lister)
        throws IOException {
        IOException failure = null;
        for (final Path path : lister.list(directory)) {
            if (!path.getFileName().toString().equals(last)) {
                try {
                    delete(path, null, lister);
                } catch (final IOException ex) {
                    failure = failure == null ? ex : failure;
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Takes one descriptor, and only for as long as it takes; a stream of the directory would take two. */
    static List<Path> list(final Path directory) throws IOException {
        final List<Path> content = new ArrayList<>();
        final String[] names = directory.toFile().list();
        if (names != null) {
            for (final String name : names) {
                content.add(directory.resolve(name));
            }
        } else if (!Files.notExists(directory)) {
            throw new IOException("can't look into " + directory);
        }
        return content;
    }
}
