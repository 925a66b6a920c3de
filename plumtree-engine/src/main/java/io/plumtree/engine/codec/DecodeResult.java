package io.plumtree.engine.codec;

/** What became of a frame. The caller counts everything but the first two. */
public enum DecodeResult {
    /** The listener has it. */
    CONSUMED,
    /** The listener has refused it for now: give it again later. */
    ABORTED,
    /** From another cluster, from a node that the listener does not accept, or of a family that nobody listens to. */
    STRANGER,
    /** Too short to be a frame at all. */
    TOO_SHORT,
    /** Of another schema. */
    OTHER_SCHEMA,
    /** A message that this version doesn't know. */
    UNKNOWN_TEMPLATE,
    /** A length, a count or a value in it is wrong. */
    MALFORMED;

    /**
     * Whether the frame is done with.
     *
     * @return false for {@link #ABORTED} only.
     */
    public boolean isDone() {
        return this != ABORTED;
    }
}
