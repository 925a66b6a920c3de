package io.plumtree.transport.aeron;

import io.plumtree.api.OpenFiles;
import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** Chooses where an embedded driver makes its directory: the first place with room for a node with a few peers. */
final class Storage {
    /** The peers that there must be room for, each with a log in either direction. */
    static final int ASSUMED_PEERS = 5;
    private static final Logger LOGGER = System.getLogger(Storage.class.getName());
    private static final int TERMS_PER_LOG = 3;

    private final List<Path> bases;
    private final ToLongFunction<Path> usableSpace;
    private final Maker maker;
    private final int termLength;
    private final long needed;
    private final StringBuilder refused = new StringBuilder();
    private int next;

    /** Makes a work directory in a place. */
    interface Maker {
        WorkDirectory make(Path base) throws IOException;
    }

    Storage(final List<Path> bases, final AeronTransportOptions options, final ToLongFunction<Path> usableSpace) {
        this(bases, options, usableSpace, WorkDirectory::create);
    }

    /** With directories of a test's. */
    Storage(
        final List<Path> bases,
        final AeronTransportOptions options,
        final ToLongFunction<Path> usableSpace,
        final Maker maker) {
        this.maker = maker;
        this.bases = List.copyOf(bases);
        this.usableSpace = usableSpace;
        this.termLength = options.termLength();
        this.needed = DriverContexts.filesLength(options) + 2L * ASSUMED_PEERS * TERMS_PER_LOG * termLength;
    }

    static Storage of(final AeronTransportOptions options) {
        final List<Path> bases = new ArrayList<>();
        if (options.baseDirectory().isEmpty()) {
            final Path sharedMemory = Path.of("/dev/shm");
            if (Files.isWritable(sharedMemory)) {
                bases.add(sharedMemory);
            }
            bases.add(Path.of(System.getProperty("java.io.tmpdir")));
        } else {
            bases.add(Path.of(options.baseDirectory()));
        }
        return new Storage(bases, options, Storage::usableSpace);
    }

    /** Whether there is a place that has not been chosen yet. */
    boolean hasNext() {
        return next < bases.size();
    }

    /** A work directory in the next place with room, after what dead processes left there has been removed. */
    WorkDirectory next(final TransportCounters counters) {
        while (hasNext()) {
            final Path base = bases.get(next++);
            String reason;
            try {
                final WorkDirectory directory = maker.make(base);
                boolean isChosen = false;
                try {
                    counters.add(TransportCounter.STALE_DIRECTORIES_REMOVED, StaleDirectories.remove(directory.path()));
                    final long usable = usableSpace.applyAsLong(base);
                    if (usable >= needed) {
                        tellChoice(base);
                        isChosen = true;
                        return directory;
                    }
                    reason = usable + " bytes free";
                } finally {
                    if (!isChosen) {
                        directory.close();
                    }
                }
            } catch (final IOException ex) {
                if (OpenFiles.areTooMany(ex)) {
                    throw StartFailures.of(EmbeddedHosts.CAN_NOT_START + base, ex);
                }
                reason = reason(base, ex);
            }
            refuse(base, reason);
        }
        throw new PlumtreeException(Category.ENVIRONMENT, "no place for the media driver, which needs " + needed
            + " bytes: " + refused + "; make room, lower " + AeronTransportOptions.TERM_LENGTH_PROPERTY
            + "=" + termLength + ", or choose a place by " + AeronTransportOptions.BASE_DIRECTORY_PROPERTY);
    }

    /** Remembers why a place is not taken. */
    void refuse(final Path base, final String reason) {
        refused.append(refused.isEmpty() ? "" : ", ").append(base).append(" (").append(reason).append(')');
    }

    /** Files' exceptions begin with the file, and some have nothing but that to say. */
    private static String reason(final Path base, final IOException ex) {
        if (ex instanceof FileSystemException failure && failure.getReason() != null) {
            return failure.getReason();
        }
        return Files.isDirectory(base) ? ex.toString() : "is no directory";
    }

    private void tellChoice(final Path base) {
        if (!refused.isEmpty()) {
            LOGGER.log(Level.INFO, "using {0} for the media driver, which needs {1} bytes, and not {2}",
                base, Long.toString(needed), refused);
        }
    }

    /** A file's store would tell, too, but has to open the table of all that is mounted to be found. */
    private static long usableSpace(final Path base) {
        return base.toFile().getUsableSpace();
    }
}
