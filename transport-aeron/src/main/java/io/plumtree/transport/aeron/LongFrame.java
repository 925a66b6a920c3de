package io.plumtree.transport.aeron;

import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.logbuffer.BufferClaim;
import io.aeron.logbuffer.FrameDescriptor;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Sends a frame longer than Aeron's longest message, in the same parts that Aeron would have cut. What finds no room
 * is copied, and sent by and by. One a link at a time; its space is made on first need and kept.
 */
final class LongFrame {
    private static final int CLAIM_ATTEMPTS = 3;

    private final BufferClaim claim;
    private final int maxFrameLength;
    private UnsafeBuffer rest;
    private int restOffset;
    private int restLength;

    LongFrame(final BufferClaim claim, final int maxFrameLength) {
        this.claim = claim;
        this.maxFrameLength = maxFrameLength;
    }

    /** Whether all of the last frame is sent. */
    boolean isDone() {
        return restLength == 0;
    }

    /** Gives up what is left; the receiver drops what it has of the frame. */
    void abandon() {
        restLength = 0;
    }

    /**
     * Sends the parts for which there is room, and keeps the others.
     *
     * @return 0 or more if the frame is taken; else Aeron's code, and nothing is taken.
     */
    long send(
        final ExclusivePublication publication,
        final DirectBuffer head, final int headOffset, final int headLength,
        final DirectBuffer body, final int bodyOffset, final int bodyLength) {
        final int length = headLength + bodyLength;
        int sent = 0;
        while (sent < length) {
            final int partLength = Math.min(publication.maxPayloadLength(), length - sent);
            final long result = claim(publication, partLength);
            if (result < 0) {
                if (sent > 0) {
                    keep(head, headOffset, headLength, body, bodyOffset, bodyLength, sent);
                    return 0;
                }
                return result;
            }
            final int fromHead = Math.max(0, Math.min(partLength, headLength - sent));
            final int at = claim.offset();
            if (fromHead > 0) {
                claim.buffer().putBytes(at, head, headOffset + sent, fromHead);
            }
            if (fromHead < partLength) {
                claim.buffer().putBytes(
                    at + fromHead, body, bodyOffset + sent + fromHead - headLength, partLength - fromHead);
            }
            commit(sent == 0, sent + partLength == length);
            sent += partLength;
        }
        return 0;
    }

    private void keep(
        final DirectBuffer head, final int headOffset, final int headLength,
        final DirectBuffer body, final int bodyOffset, final int bodyLength,
        final int sent) {
        restOffset = 0;
        restLength = headLength + bodyLength - sent;
        if (rest == null) {
            rest = new UnsafeBuffer(new byte[maxFrameLength]);
        }
        final int fromHead = Math.max(0, headLength - sent);
        if (fromHead > 0) {
            rest.putBytes(0, head, headOffset + sent, fromHead);
        }
        if (fromHead < restLength) {
            rest.putBytes(fromHead, body, bodyOffset + sent + fromHead - headLength, restLength - fromHead);
        }
    }

    /**
     * Sends more of the parts that were kept.
     *
     * @return how many parts were sent, 0 or more; or Aeron's code if none was.
     */
    long drain(final ExclusivePublication publication) {
        int parts = 0;
        while (restLength > 0) {
            final int partLength = Math.min(publication.maxPayloadLength(), restLength);
            final long result = claim(publication, partLength);
            if (result < 0) {
                return parts > 0 ? parts : result;
            }
            claim.buffer().putBytes(claim.offset(), rest, restOffset, partLength);
            commit(false, partLength == restLength);
            restOffset += partLength;
            restLength -= partLength;
            parts++;
        }
        return parts;
    }

    private long claim(final ExclusivePublication publication, final int length) {
        long result = Publication.ADMIN_ACTION;
        for (int i = 0; i < CLAIM_ATTEMPTS && result == Publication.ADMIN_ACTION; i++) {
            result = publication.tryClaim(length, claim);
        }
        return result;
    }

    private void commit(final boolean isFirst, final boolean isLast) {
        claim.flags((byte) ((isFirst ? FrameDescriptor.BEGIN_FRAG_FLAG : 0)
            | (isLast ? FrameDescriptor.END_FRAG_FLAG : 0)));
        claim.commit();
    }
}
