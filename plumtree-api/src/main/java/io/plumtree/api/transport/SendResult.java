package io.plumtree.api.transport;

/** What {@link Link#send} returns. Positive or zero: the frame was accepted (which is no acknowledgement). */
public final class SendResult {
    /** The frame was accepted. */
    public static final int ACCEPTED = 0;
    /** No receiver is there at the moment. */
    public static final int NOT_CONNECTED = -1;
    /** The receiver, or the transport's own buffer, is full: try again later. */
    public static final int BACK_PRESSURED = -2;
    /** The link is closed. */
    public static final int CLOSED = -3;
    /** The frame is longer than {@link Transport#maxFrameLength()}. */
    public static final int TOO_LONG = -4;

    private SendResult() {
    }
}
