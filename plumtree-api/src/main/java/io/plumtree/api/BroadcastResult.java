package io.plumtree.api;

/**
 * What a broadcast returns when it is not a position. All codes are negative; every position is positive.
 */
public final class BroadcastResult {
    /** The command ring is full: nothing was taken; try again after doing something else. */
    public static final long BACK_PRESSURED = -1;
    /** The node is closed: nothing was taken, and nothing ever will be. */
    public static final long CLOSED = -2;
    /** Id and payload are longer than the node's longest message: nothing was taken. */
    public static final long PAYLOAD_TOO_LONG = -3;
    /** The node has no handler of that name. */
    public static final long UNKNOWN_HANDLER = -4;
    /** The id that the handler made is longer than the node's longest id. */
    public static final long ID_TOO_LONG = -5;
    /** The handler did not make a message of the data, or threw; the node's error handler has been told. */
    public static final long REJECTED = -6;

    private BroadcastResult() {
    }

    /**
     * The name of a code, for messages.
     *
     * @param result what a broadcast returned.
     * @return the code's name, or {@code position N}.
     */
    public static String name(final long result) {
        if (result >= 0) {
            return "position " + result;
        }
        return switch ((int) result) {
            case (int) BACK_PRESSURED -> "BACK_PRESSURED";
            case (int) CLOSED -> "CLOSED";
            case (int) PAYLOAD_TOO_LONG -> "PAYLOAD_TOO_LONG";
            case (int) UNKNOWN_HANDLER -> "UNKNOWN_HANDLER";
            case (int) ID_TOO_LONG -> "ID_TOO_LONG";
            case (int) REJECTED -> "REJECTED";
            default -> "unknown code " + result;
        };
    }
}
