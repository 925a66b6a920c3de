package io.plumtree.engine.codec;

import static io.plumtree.engine.codec.GossipBody.ID_PREFIX_LENGTH;
import static io.plumtree.engine.codec.GossipBody.PAYLOAD_PREFIX_LENGTH;

import io.plumtree.engine.codec.sbe.AdoptDecoder;
import io.plumtree.engine.codec.sbe.GossipBundleDecoder;
import io.plumtree.engine.codec.sbe.GossipDecoder;
import io.plumtree.engine.codec.sbe.GraftDecoder;
import io.plumtree.engine.codec.sbe.GraftFailedDecoder;
import io.plumtree.engine.codec.sbe.IHaveDecoder;
import io.plumtree.engine.codec.sbe.IHaveDecoder.EntriesDecoder;
import io.plumtree.engine.codec.sbe.IgnoredIHaveDecoder;
import io.plumtree.engine.codec.sbe.PruneDecoder;
import io.plumtree.engine.codec.sbe.QuenchDecoder;
import io.plumtree.protocol.Broadcast;
import io.plumtree.protocol.ControlMessage;
import io.plumtree.protocol.MessageKey;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Checks messages and what is said about them whole before anything is told of them; the part of a
 * {@link FrameDecoder} that does.
 */
final class GossipFrameDecoder {
    private final GossipDecoder gossip = new GossipDecoder();
    private final PruneDecoder prune = new PruneDecoder();
    private final QuenchDecoder quench = new QuenchDecoder();
    private final Broadcast broadcast = new Broadcast();
    private final MessageKey key = new MessageKey();
    private final GossipFrameListener listener;

    GossipFrameDecoder(final GossipFrameListener listener) {
        this.listener = listener;
    }

    DecodeResult decode(final Frame frame) {
        if (!listener.accepts(frame.cluster(), frame.sender())) {
            return DecodeResult.STRANGER;
        }
        return switch (frame.templateId()) {
            case GossipDecoder.TEMPLATE_ID -> onGossip(frame);
            case GossipBundleDecoder.TEMPLATE_ID -> onBundle(frame);
            case IHaveDecoder.TEMPLATE_ID -> onBatch(frame, ControlMessage.I_HAVE);
            case IgnoredIHaveDecoder.TEMPLATE_ID -> onBatch(frame, ControlMessage.IGNORED_I_HAVE);
            case GraftDecoder.TEMPLATE_ID -> onBatch(frame, ControlMessage.GRAFT);
            case AdoptDecoder.TEMPLATE_ID -> onBatch(frame, ControlMessage.ADOPT);
            case GraftFailedDecoder.TEMPLATE_ID -> onBatch(frame, ControlMessage.GRAFT_FAILED);
            case PruneDecoder.TEMPLATE_ID -> onPrune(frame);
            case QuenchDecoder.TEMPLATE_ID -> onQuench(frame);
            default -> DecodeResult.UNKNOWN_TEMPLATE;
        };
    }

    private DecodeResult onGossip(final Frame frame) {
        final DirectBuffer buffer = frame.buffer();
        final int limit = frame.limit();
        final int idOffset = frame.blockEnd() + ID_PREFIX_LENGTH;
        if (!frame.hasBlock(GossipDecoder.BLOCK_LENGTH) || limit < idOffset) {
            return DecodeResult.MALFORMED;
        }
        gossip.wrap(buffer, frame.blockOffset(), frame.blockLength(), frame.version());
        final int idLength = gossip.messageIdLength();
        if (!isId(idLength) || gossip.round() > GossipFrameEncoder.MAX_ROUND ||
            limit - idOffset - PAYLOAD_PREFIX_LENGTH < idLength) {
            return DecodeResult.MALFORMED;
        }
        gossip.skipMessageId();
        final int payloadOffset = idOffset + idLength + PAYLOAD_PREFIX_LENGTH;
        final int payloadLength = gossip.payloadLength();
        // The length is unsigned on the wire: what is negative here is longer than any frame.
        if (payloadLength < 0 || payloadLength > limit - payloadOffset ||
            !frame.endsAt(payloadOffset + payloadLength)) {
            return DecodeResult.MALFORMED;
        }
        GossipBody.wrap(broadcast, buffer, frame.blockEnd());
        return onBroadcast(frame);
    }

    /** The messages have been wrapped; root, round and handler are those of the gossip. */
    private DecodeResult onBroadcast(final Frame frame) {
        broadcast.key().set(gossip.root(), gossip.round(), gossip.handler());
        return listener.onGossip(frame.sender(), broadcast) ? DecodeResult.CONSUMED : DecodeResult.ABORTED;
    }

    private DecodeResult onBundle(final Frame frame) {
        final DirectBuffer buffer = frame.buffer();
        final int bodyOffset = frame.blockEnd() + GossipBundle.DIMENSION_LENGTH;
        if (!frame.hasBlock(GossipBundleDecoder.BLOCK_LENGTH) || frame.limit() < bodyOffset) {
            return DecodeResult.MALFORMED;
        }
        // Before its group a bundle has the layout of a Gossip.
        gossip.wrap(buffer, frame.blockOffset(), frame.blockLength(), frame.version());
        final int end = endOfBundle(frame, bodyOffset);
        if (end < 0 || gossip.round() > GossipFrameEncoder.MAX_ROUND || !frame.endsAt(end)) {
            return DecodeResult.MALFORMED;
        }
        GossipBundle.wrap(broadcast, buffer, bodyOffset, end, unsignedShort(buffer, bodyOffset - Short.BYTES));
        return onBroadcast(frame);
    }

    /** Walks over all messages; a negative value if one is wrong. */
    private static int endOfBundle(final Frame frame, final int bodyOffset) {
        final DirectBuffer buffer = frame.buffer();
        final int limit = frame.limit();
        final int entryLength = unsignedShort(buffer, frame.blockEnd());
        final int count = unsignedShort(buffer, bodyOffset - Short.BYTES);
        if (entryLength != 0 || count == 0 || count > GossipBundle.MAX_MESSAGES) {
            return -1;
        }
        int position = bodyOffset;
        for (int i = 0; i < count; i++) {
            if (limit - position < ID_PREFIX_LENGTH) {
                return -1;
            }
            final int idLength = GossipBody.idLength(buffer, position);
            final int payloadOffset = GossipBody.payloadOffset(position, idLength);
            if (!isId(idLength) || limit < payloadOffset) {
                return -1;
            }
            final int payloadLength = GossipBody.payloadLength(buffer, position, idLength);
            if (payloadLength < 0 || payloadLength > limit - payloadOffset) {
                return -1;
            }
            position = payloadOffset + payloadLength;
        }
        return position;
    }

    private DecodeResult onBatch(final Frame frame, final ControlMessage kind) {
        if (!isBatch(frame)) {
            return DecodeResult.MALFORMED;
        }
        // By offsets, as FrameBatch writes it: the group's own decoder looks at bounds that have just been looked at.
        final DirectBuffer buffer = frame.buffer();
        final long sender = frame.sender();
        final int entryLength = unsignedShort(buffer, frame.blockEnd());
        final int count = unsignedShort(buffer, frame.blockEnd() + 2);
        int position = frame.blockEnd() + EntriesDecoder.HEADER_SIZE;
        for (int i = 0; i < count; i++) {
            final int idOffset = position + entryLength + ID_PREFIX_LENGTH;
            final int idLength = unsignedShort(buffer, position + entryLength);
            key.id().wrap(buffer, idOffset, idLength);
            key.set(
                buffer.getLong(position + EntriesDecoder.rootEncodingOffset(), ByteOrder.LITTLE_ENDIAN),
                unsignedShort(buffer, position + EntriesDecoder.roundEncodingOffset()),
                buffer.getInt(position + EntriesDecoder.handlerEncodingOffset(), ByteOrder.LITTLE_ENDIAN));
            listener.onControl(sender, kind, key);
            position = idOffset + idLength;
        }
        return DecodeResult.CONSUMED;
    }

    /** Walks over all entries, so that there are no callbacks for a frame that goes wrong half-way. */
    private static boolean isBatch(final Frame frame) {
        final DirectBuffer buffer = frame.buffer();
        final int limit = frame.limit();
        int position = frame.blockEnd();
        if (!frame.hasBlock(IHaveDecoder.BLOCK_LENGTH) || limit - position < EntriesDecoder.HEADER_SIZE) {
            return false;
        }
        final int entryLength = unsignedShort(buffer, position);
        final int count = unsignedShort(buffer, position + 2);
        if (!frame.agrees(entryLength, EntriesDecoder.sbeBlockLength()) || count > FrameBatch.MAX_ENTRIES) {
            return false;
        }
        position += EntriesDecoder.HEADER_SIZE;
        for (int i = 0; i < count; i++) {
            if (limit - position < entryLength + ID_PREFIX_LENGTH) {
                return false;
            }
            final int round = unsignedShort(buffer, position + EntriesDecoder.roundEncodingOffset());
            final int idLength = unsignedShort(buffer, position + entryLength);
            position += entryLength + ID_PREFIX_LENGTH;
            if (round > GossipFrameEncoder.MAX_ROUND || !isId(idLength) || limit - position < idLength) {
                return false;
            }
            position += idLength;
        }
        return frame.endsAt(position);
    }

    private DecodeResult onPrune(final Frame frame) {
        final int limit = frame.limit();
        final int idOffset = frame.blockEnd() + ID_PREFIX_LENGTH;
        if (!frame.hasBlock(PruneDecoder.BLOCK_LENGTH) || limit < idOffset) {
            return DecodeResult.MALFORMED;
        }
        prune.wrap(frame.buffer(), frame.blockOffset(), frame.blockLength(), frame.version());
        final int idLength = prune.messageIdLength();
        if (!isId(idLength) || prune.round() > GossipFrameEncoder.MAX_ROUND || limit - idOffset < idLength ||
            !frame.endsAt(idOffset + idLength)) {
            return DecodeResult.MALFORMED;
        }
        key.id().wrap(frame.buffer(), idOffset, idLength);
        listener.onControl(
            frame.sender(), ControlMessage.PRUNE, key.set(prune.root(), prune.round(), prune.handler()));
        return DecodeResult.CONSUMED;
    }

    private DecodeResult onQuench(final Frame frame) {
        if (!frame.isBlock(QuenchDecoder.BLOCK_LENGTH)) {
            return DecodeResult.MALFORMED;
        }
        quench.wrap(frame.buffer(), frame.blockOffset(), frame.blockLength(), frame.version());
        listener.onQuench(frame.sender(), quench.root(), quench.handler());
        return DecodeResult.CONSUMED;
    }

    private static int unsignedShort(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    private static boolean isId(final int idLength) {
        return idLength >= 1 && idLength <= GossipBody.MAX_ID_LENGTH;
    }
}
