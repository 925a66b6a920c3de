package io.plumtree.transport.aeron;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The directory in which embedded drivers of one transport make theirs.
 *
 * <p>Its name tells the process, and a locked file in it tells that the process lives: the system gives up the lock
 * with the process, whatever way that ends, and other processes see it even where they can't see the process (one
 * file system shared by several containers).
 */
final class WorkDirectory implements AutoCloseable {
    static final String PREFIX = "plumtree-";
    static final String LOCK_FILE = "lock";
    static final String DRIVER_PREFIX = "driver-";
    /** What a driver, its client and the socket that it listens at take, with those for a moment only. */
    private static final int DESCRIPTORS = 8;
    private static final String PROBE_FILE = DRIVER_PREFIX + "probe";
    private static final String UNKNOWN_START = "0";
    private static final Logger LOGGER = System.getLogger(WorkDirectory.class.getName());
    private static final int MAX_ATTEMPTS = 10;

    private final Path path;
    private final FileChannel lockChannel;
    private final FileTrees.Lister lister;
    private int driverCount;

    private WorkDirectory(final Path path, final FileChannel lockChannel, final FileTrees.Lister lister) {
        this.lister = lister;
        this.path = path;
        this.lockChannel = lockChannel;
    }

    /** Makes the lock of a new directory; null if somebody took that for a dead one before it was locked. */
    interface Locker {
        FileChannel lock(Path directory) throws IOException;
    }

    /** Makes a new directory in a base directory, and locks it. */
    static WorkDirectory create(final Path base) throws IOException {
        return create(base, WorkDirectory::lock, FileTrees::list);
    }

    /** With a lock and directories of a test's. */
    static WorkDirectory create(final Path base, final Locker locker, final FileTrees.Lister lister)
        throws IOException {
        for (int i = 0; i < MAX_ATTEMPTS; i++) {
            final Path path = base.resolve(PREFIX + processName() + '-'
                + Long.toString(ThreadLocalRandom.current().nextLong() >>> 1, Character.MAX_RADIX));
            createPrivateDirectory(path);
            try {
                final FileChannel channel = locker.lock(path);
                if (channel != null) {
                    return new WorkDirectory(path, channel, lister);
                }
            } catch (final Throwable ex) {
                // No room for a file in it, no descriptor left: nobody would ever take it for a dead one's.
                discard(path, ex);
                throw ex;
            }
        }
        throw new IOException("other processes keep removing new directories from " + base);
    }

    /** The lock, if it could be made but not be opened, is all that there is. */
    private static void discard(final Path path, final Throwable reason) {
        try {
            Files.deleteIfExists(path.resolve(LOCK_FILE));
            Files.deleteIfExists(path);
        } catch (final IOException ex) {
            reason.addSuppressed(ex);
        }
    }

    /** The process by number and start, as a part of the directory's name: numbers alone come back. */
    static String processName() {
        return processName(ProcessHandle.current());
    }

    static String processName(final ProcessHandle process) {
        return process.pid() + "-" + process.info().startInstant()
            .map(start -> Long.toString(start.toEpochMilli(), Character.MAX_RADIX)).orElse(UNKNOWN_START);
    }

    /** The system may not tell, and a process without a descriptor left can't ask. */
    static boolean isStartUnknown(final String processName) {
        return processName.endsWith("-" + UNKNOWN_START);
    }

    private static void createPrivateDirectory(final Path path) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectory(path,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectory(path);
        }
    }

    /** Null if somebody took the new directory for a dead one in the moment before it was locked. */
    static FileChannel lock(final Path path) throws IOException {
        final Path file = path.resolve(LOCK_FILE);
        final FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (final NoSuchFileException ex) {
            return null;
        }
        try {
            final FileLock lock = channel.tryLock();
            if (lock != null && Files.exists(file)) {
                return channel;
            }
        } catch (final IOException ex) {
            // A file system without locks: the directory works, and is left alone by others.
            LOGGER.log(Level.DEBUG, "can''t lock {0}: {1}", file, ex);
            return channel;
        }
        channel.close();
        return null;
    }

    Path path() {
        return path;
    }

    /**
     * A place for one more driver; it does not exist yet.
     *
     * @throws IOException if the descriptors that a driver takes are not there: Aeron would fail somewhere in between
     *                     with whatever that comes to, and keep what it has opened until then.
     */
    Path newDriverPath() throws IOException {
        final Path probe = path.resolve(PROBE_FILE);
        final List<FileChannel> channels = new ArrayList<>();
        try {
            for (int i = 0; i < DESCRIPTORS; i++) {
                channels.add(FileChannel.open(probe, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
            }
        } catch (final NoSuchFileException ex) {
            LOGGER.log(Level.DEBUG, "somebody has removed {0}; the driver makes it anew", path);
        } finally {
            for (final FileChannel channel : channels) {
                channel.close();
            }
            Files.deleteIfExists(probe);
        }
        return path.resolve(DRIVER_PREFIX + driverCount++);
    }

    /** Deletes the directory and all in it. */
    @Override
    public void close() {
        try {
            FileTrees.delete(path, LOCK_FILE, lister);
            closeLock();
        } catch (final IOException ex) {
            // For want of a descriptor, as likely as not: the lock's is one. Others don't touch it before this process
            // ends, unless they can't see it, and they would delete it, too.
            closeLock();
            deleteRest();
        }
    }

    private void deleteRest() {
        try {
            FileTrees.delete(path, LOCK_FILE, lister);
        } catch (final IOException ex) {
            LOGGER.log(Level.WARNING, "can''t delete {0}, which is left to the next process: {1}", path, ex);
        }
    }

    private void closeLock() {
        try {
            lockChannel.close();
        } catch (final IOException ex) {
            LOGGER.log(Level.DEBUG, "can''t close the lock of {0}: {1}", path, ex);
        }
    }
}
