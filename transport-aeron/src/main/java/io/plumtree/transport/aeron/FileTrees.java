package io.plumtree.transport.aeron;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** Deletes directories with all in them; never follows a link out of them. */
final class FileTrees {
    private static final Logger LOGGER = System.getLogger(FileTrees.class.getName());

    private FileTrees() {
    }

    /**
     * Deletes what it can.
     *
     * @return true if nothing is left.
     */
    static boolean delete(final Path root) {
        try {
            Files.walkFileTree(root, new Deleter());
        } catch (final IOException ex) {
            LOGGER.log(Level.WARNING, "can''t delete {0}: {1}", root, ex);
        }
        return Files.notExists(root);
    }

    private static final class Deleter extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(final Path file, final IOException failure) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(final Path directory, final IOException failure) throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
