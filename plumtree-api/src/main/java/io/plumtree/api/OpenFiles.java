package io.plumtree.api;

/**
 * Tells whether something failed for want of file descriptors, whatever came of that. For nodes, transports and
 * commands alike. Any thread.
 */
public final class OpenFiles {
    /** What to say then; a part of a sentence. */
    public static final String TOO_MANY =
        "too many files are open; a node needs about 34 and 5 for each peer (ulimit -n)";

    private OpenFiles() {
    }

    /**
     * Whether a failure comes from too many open files. Classes of the JDK's that take a descriptor when they are
     * loaded make an error of it.
     *
     * @param failure the failure, of which the causes are looked at, too.
     * @return true if one of them says so.
     */
    public static boolean areTooMany(final Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (String.valueOf(cause.getMessage()).contains("Too many open files")) {
                return true;
            }
        }
        return false;
    }
}
