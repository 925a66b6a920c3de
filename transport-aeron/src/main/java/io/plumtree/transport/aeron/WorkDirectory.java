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
    private static final Logger LOGGER = System.getLogger(WorkDirectory.class.getName());
    private static final int MAX_ATTEMPTS = 10;

    private final Path path;
    private final FileChannel lockChannel;
    private int driverCount;

    private WorkDirectory(final Path path, final FileChannel lockChannel) {
        this.path = path;
        this.lockChannel = lockChannel;
    }

    /** Makes the lock of a new directory; null if somebody took that for a dead one before it was locked. */
    interface Locker {
        FileChannel lock(Path directory) throws IOException;
    }

    /** Makes a new directory in a base directory, and locks it. */
    static WorkDirectory create(final Path base) throws IOException {
        return create(base, WorkDirectory::lock);
    }

    /** With a lock of a test's. */
    static WorkDirectory create(final Path base, final Locker locker) throws IOException {
        for (int i = 0; i < MAX_ATTEMPTS; i++) {
            final Path path = base.resolve(PREFIX + processName() + '-'
                + Long.toString(ThreadLocalRandom.current().nextLong() >>> 1, Character.MAX_RADIX));
            createPrivateDirectory(path);
            try {
                final FileChannel channel = locker.lock(path);
                if (channel != null) {
                    return new WorkDirectory(path, channel);
                }
            } catch (final Throwable ex) {
                // No room for a file in it, no descriptor left: nobody would ever take it for a dead one's.
                FileTrees.delete(path);
                throw ex;
            }
        }
        throw new IOException("other processes keep removing new directories from " + base);
    }

    /** The process by number and start, as a part of the directory's name: numbers alone come back. */
    static String processName() {
        return processName(ProcessHandle.current());
    }

    static String processName(final ProcessHandle process) {
        return process.pid() + "-" + process.info().startInstant()
            .map(start -> Long.toString(start.toEpochMilli(), Character.MAX_RADIX)).orElse("0");
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

    /** A place for one more driver; it does not exist yet. */
    Path newDriverPath() {
        return path.resolve("driver-" + driverCount++);
    }

    /** Deletes the directory and all in it. */
    @Override
    public void close() {
        FileTrees.delete(path);
        try {
            lockChannel.close();
        } catch (final IOException ex) {
            LOGGER.log(Level.DEBUG, "can''t close the lock of {0}: {1}", path, ex);
        }
    }
}
