package io.plumtree.system.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the process has of the machine.
 *
 * @param heapBytes    used after a collection.
 * @param descriptors  open ones; 0 where the system does not tell.
 * @param storageBytes length of the drivers' files.
 * @param logLength    characters that were logged.
 */
record Footprint(long heapBytes, int descriptors, long storageBytes, long logLength) {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final long MB = 1 << 20;

    static Footprint of(final Path storage, final LogWatch log) {
        System.gc();
        return new Footprint(
            ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(), openDescriptors(), length(storage),
            log.length());
    }

    static int openDescriptors() {
        final String[] names = DESCRIPTORS.toFile().list();
        return names == null ? 0 : names.length;
    }

    /** Of all files in a directory; what goes meanwhile does not count. */
    static long length(final Path directory) {
        final AtomicLong length = new AtomicLong();
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) {
                    length.addAndGet(attributes.size());
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(final Path file, final IOException ex) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(final Path visited, final IOException ex) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (final NoSuchFileException ex) {
            return 0;
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
        return length.get();
    }

    @Override
    public String toString() {
        return String.format("heap %d MB, descriptors %d, driver's files %d MB, log %d characters",
            heapBytes / MB, descriptors, storageBytes / MB, logLength);
    }
}
