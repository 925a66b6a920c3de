package io.plumtree.engine.codec;

/**
 * Who is told of frames, family by family. Frames of a family that nobody listens to are refused, as a
 * {@link DecodeResult#STRANGER}'s.
 *
 * <p>A listener is told on the thread that decodes. First it is asked whether it accepts a frame's cluster and sender;
 * it must do no more than answer, since the frame can still turn out to be malformed. Before anything of a message
 * arrives the whole frame has been checked, so that there are no half-done frames. Buffers are the frame's own and
 * valid during the call only.
 *
 * <p>Common to all: {@code sender} is the value of the node that sent the frame, {@code root} that of the node where
 * the message was first broadcast, {@code round} 0 to {@value GossipFrameEncoder#MAX_ROUND}, {@code handler} as
 * {@link NameHash#ofHandler} has it, an id 1 to {@value GossipBody#MAX_ID_LENGTH} bytes long. Nothing else is known of
 * them: a sender can name any root and any handler.
 */
public final class FrameListeners {
    private GossipFrameListener gossip;
    private LinkFrameListener links;
    private ExchangeFrameListener exchanges;
    private QueryFrameListener queries;
    private OverlayFrameListener overlay;

    /** Nobody listens yet. */
    public FrameListeners() {
    }

    /**
     * Sets who is told of messages and what is said about them.
     *
     * @param listener is told.
     * @return this.
     */
    public FrameListeners gossip(final GossipFrameListener listener) {
        gossip = listener;
        return this;
    }

    /**
     * Sets who is told how links come and go.
     *
     * @param listener is told.
     * @return this.
     */
    public FrameListeners links(final LinkFrameListener listener) {
        links = listener;
        return this;
    }

    /**
     * Sets who is told of exchanges.
     *
     * @param listener is told.
     * @return this.
     */
    public FrameListeners exchanges(final ExchangeFrameListener listener) {
        exchanges = listener;
        return this;
    }

    /**
     * Sets who is told of queries and their answers.
     *
     * @param listener is told.
     * @return this.
     */
    public FrameListeners queries(final QueryFrameListener listener) {
        queries = listener;
        return this;
    }

    /**
     * Sets who is told of membership.
     *
     * @param listener is told.
     * @return this.
     */
    public FrameListeners overlay(final OverlayFrameListener listener) {
        overlay = listener;
        return this;
    }

    /** Null where nobody listens; so are those below. */
    GossipFrameListener gossip() {
        return gossip;
    }

    LinkFrameListener links() {
        return links;
    }

    ExchangeFrameListener exchanges() {
        return exchanges;
    }

    QueryFrameListener queries() {
        return queries;
    }

    OverlayFrameListener overlay() {
        return overlay;
    }
}
