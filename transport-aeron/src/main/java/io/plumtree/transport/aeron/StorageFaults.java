package io.plumtree.transport.aeron;

import io.aeron.exceptions.StorageSpaceException;

/** Tells the errors that mean that there is no room for a file, or for a part of one that is mapped already. */
final class StorageFaults {
    private static final String FAULT = "unsafe memory access operation";

    private StorageFaults() {
    }

    /** Whether an error, or what has caused it, is of that kind. */
    static boolean isStorageFault(final Throwable error) {
        if (StorageSpaceException.isStorageSpaceError(error)) {
            return true;
        }
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (isMemoryFault(cause)) {
                return true;
            }
        }
        return false;
    }

    /** What the JVM makes of a touch to a page of a mapped file for which the file system has no room. */
    static boolean isMemoryFault(final Throwable error) {
        return error instanceof InternalError && String.valueOf(error.getMessage()).contains(FAULT);
    }
}
