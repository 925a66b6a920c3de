package io.plumtree.engine.codec;

import io.plumtree.engine.codec.sbe.HeartbeatDecoder;
import io.plumtree.engine.codec.sbe.MessageHeaderDecoder;
import org.agrona.DirectBuffer;

/**
 * One frame, as far as all families have it in common: which message it is, where its block lies, and who sends it.
 * Reused from frame to frame.
 */
final class Frame {
    /** What every frame begins with. */
    static final int HEADER_LENGTH = MessageHeaderDecoder.ENCODED_LENGTH;
    /** What every block begins with: cluster and sender. */
    private static final int IDENTITY_LENGTH =
        HeartbeatDecoder.senderEncodingOffset() + HeartbeatDecoder.senderEncodingLength();

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    /** Where every message has its identity, any message's flyweight will do to read it. */
    private final HeartbeatDecoder identity = new HeartbeatDecoder();
    private DirectBuffer buffer;
    private int templateId;
    private int version;
    private int blockOffset;
    private int blockLength;
    private int limit;
    private long sender;

    /**
     * Looks at a frame that has a header.
     *
     * @param frameBuffer holds it.
     * @param offset      where it starts.
     */
    void wrap(final DirectBuffer frameBuffer, final int offset) {
        header.wrap(frameBuffer, offset);
        buffer = frameBuffer;
        templateId = header.templateId();
        version = header.version();
        blockOffset = offset + HEADER_LENGTH;
        blockLength = header.blockLength();
    }

    /** Whether it is one of ours at all. */
    boolean isOfSchema() {
        return header.schemaId() == MessageHeaderDecoder.SCHEMA_ID;
    }

    /**
     * Looks at the block. All else is to be asked for only where there is one.
     *
     * @param frameLimit end of the frame.
     * @return false if it does not lie within the frame, or has no room for cluster and sender.
     */
    boolean wrapBlock(final int frameLimit) {
        limit = frameLimit;
        if (blockLength < IDENTITY_LENGTH || blockLength > limit - blockOffset) {
            return false;
        }
        identity.wrap(buffer, blockOffset, blockLength, version);
        sender = identity.sender();
        return true;
    }

    int templateId() {
        return templateId;
    }

    int version() {
        return version;
    }

    DirectBuffer buffer() {
        return buffer;
    }

    int blockOffset() {
        return blockOffset;
    }

    int blockLength() {
        return blockLength;
    }

    /** Where the block ends, and what follows it starts. */
    int blockEnd() {
        return blockOffset + blockLength;
    }

    /** Where the frame ends. */
    int limit() {
        return limit;
    }

    long cluster() {
        return identity.cluster();
    }

    long sender() {
        return sender;
    }

    /** Whether a length is what this version says, or may be what the frame's version says. */
    boolean agrees(final int actual, final int known) {
        return Compatibility.agrees(version, actual, known);
    }

    /** Whether the block has the length that this version knows, or more in a newer one. */
    boolean hasBlock(final int knownLength) {
        return agrees(blockLength, knownLength);
    }

    /** Whether the frame is a block of that length and nothing else. */
    boolean isBlock(final int knownLength) {
        return hasBlock(knownLength) && endsAt(blockEnd());
    }

    /** Whether the frame ends there, or may go on there in a newer version. */
    boolean endsAt(final int position) {
        return agrees(limit, position);
    }
}
