package io.plumtree.transport.aeron;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Removes the work directories of processes that were killed. Only those with our name, of our user, whose lock nobody
 * holds; what can't be told for sure is left alone.
 */
final class StaleDirectories {
    private static final Logger LOGGER = System.getLogger(StaleDirectories.class.getName());
    private static final Pattern NAME =
        Pattern.compile(Pattern.quote(WorkDirectory.PREFIX) + "([0-9]{1,18}-[0-9a-z]+)-[0-9a-z]+");
    private static final Pattern DRIVER = Pattern.compile(Pattern.quote(WorkDirectory.DRIVER_PREFIX) + "[0-9]+");

    private StaleDirectories() {
    }

    /**
     * Looks through one base directory.
     *
     * @param own a directory of this process in there, which tells our user.
     * @return how many were removed.
     */
    static int remove(final Path own) {
        int removed = 0;
        try {
            final UserPrincipal user = Files.getOwner(own);
            for (final Path candidate : FileTrees.list(own.getParent())) {
                if (isOfAnotherProcess(candidate) && Files.isDirectory(candidate, LinkOption.NOFOLLOW_LINKS)
                    && user.equals(Files.getOwner(candidate, LinkOption.NOFOLLOW_LINKS))
                    && removeIfDead(candidate)) {
                    LOGGER.log(Level.INFO, "removed {0}, left behind by a process that is gone", candidate);
                    removed++;
                }
            }
        } catch (final IOException | RuntimeException ex) {
            LOGGER.log(Level.DEBUG, "can''t look for directories left behind beside {0}: {1}", own, ex);
        }
        return removed;
    }

    /** This process must not even open a lock file of its own: closing it would give up the lock. */
    private static boolean isOfAnotherProcess(final Path candidate) {
        final Matcher matcher = NAME.matcher(candidate.getFileName().toString());
        return matcher.matches() && !matcher.group(1).equals(WorkDirectory.processName())
            && !isRunning(matcher.group(1));
    }

    /**
     * Whether a process is there, of this number and this start: it is just making its directory, whose lock it does
     * not hold yet. Where either start is not known, the number alone tells. A process in a container of its own can't
     * be looked for; there the lock alone tells.
     */
    private static boolean isRunning(final String process) {
        final long pid = Long.parseLong(process.substring(0, process.indexOf('-')));
        return ProcessHandle.of(pid).map(WorkDirectory::processName).map(running -> running.equals(process)
            || WorkDirectory.isStartUnknown(running) || WorkDirectory.isStartUnknown(process)).orElse(false);
    }

    private static boolean removeIfDead(final Path candidate) {
        final Path file = candidate.resolve(WorkDirectory.LOCK_FILE);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            return channel.tryLock() != null && delete(candidate);
        } catch (final NoSuchFileException ex) {
            return removeWithoutLock(candidate);
        } catch (final IOException | OverlappingFileLockException ex) {
            // Just being made or removed, or not ours to judge.
            return false;
        }
    }

    /**
     * One whose process was killed before it made the lock (a process elsewhere that is just about to tries again), or
     * in which a driver's files are left alone. Of those a living process's has a lock: that is made before all else,
     * and goes last.
     */
    private static boolean removeWithoutLock(final Path candidate) {
        try {
            Files.delete(candidate);
            return true;
        } catch (final DirectoryNotEmptyException ex) {
            // The lock is looked for after the drivers, or it might have been made in between.
            return hasOnlyDrivers(candidate) && Files.notExists(
                candidate.resolve(WorkDirectory.LOCK_FILE), LinkOption.NOFOLLOW_LINKS) && delete(candidate);
        } catch (final IOException ex) {
            return false;
        }
    }

    private static boolean hasOnlyDrivers(final Path candidate) {
        try {
            return FileTrees.list(candidate).stream().allMatch(
                path -> DRIVER.matcher(path.getFileName().toString()).matches()
                    && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS));
        } catch (final IOException ex) {
            return false;
        }
    }

    private static boolean delete(final Path candidate) {
        try {
            FileTrees.delete(candidate, WorkDirectory.LOCK_FILE, FileTrees::list);
            return true;
        } catch (final IOException ex) {
            // What is left has its lock still, and is for the next one.
            LOGGER.log(Level.DEBUG, "can''t delete all of {0}: {1}", candidate, ex);
            return false;
        }
    }
}
