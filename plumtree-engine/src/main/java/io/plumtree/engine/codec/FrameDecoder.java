package io.plumtree.engine.codec;

import static io.plumtree.engine.codec.GossipBody.ID_PREFIX_LENGTH;
import static io.plumtree.engine.codec.GossipBody.PAYLOAD_PREFIX_LENGTH;

import io.plumtree.engine.codec.sbe.AdoptDecoder;
import io.plumtree.engine.codec.sbe.ExchangeCloseDecoder;
import io.plumtree.engine.codec.sbe.ExchangeCreditDecoder;
import io.plumtree.engine.codec.sbe.ExchangeDataDecoder;
import io.plumtree.engine.codec.sbe.ExchangeOpenDecoder;
import io.plumtree.engine.codec.sbe.GoodbyeDecoder;
import io.plumtree.engine.codec.sbe.GossipBundleDecoder;
import io.plumtree.engine.codec.sbe.GossipDecoder;
import io.plumtree.engine.codec.sbe.GraftDecoder;
import io.plumtree.engine.codec.sbe.GraftFailedDecoder;
import io.plumtree.engine.codec.sbe.GreetingDecoder;
import io.plumtree.engine.codec.sbe.HeartbeatDecoder;
import io.plumtree.engine.codec.sbe.IHaveDecoder;
import io.plumtree.engine.codec.sbe.IHaveDecoder.EntriesDecoder;
import io.plumtree.engine.codec.sbe.IgnoredIHaveDecoder;
import io.plumtree.engine.codec.sbe.KnownDecoder;
import io.plumtree.engine.codec.sbe.MessageHeaderDecoder;
import io.plumtree.engine.codec.sbe.NamesakeDecoder;
import io.plumtree.engine.codec.sbe.PruneDecoder;
import io.plumtree.engine.codec.sbe.QuenchDecoder;
import io.plumtree.engine.codec.sbe.RaisedDecoder;
import io.plumtree.protocol.Broadcast;
import io.plumtree.protocol.ControlMessage;
import io.plumtree.protocol.MessageKey;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Checks frames and passes what is in them to a {@link FrameListener}. Total: whatever the bytes are, each length is
 * checked against the frame before it is used, and there is an answer. What is checked here, the generated flyweights
 * then read.
 *
 * <p>Not reentrant, and for one thread at a time.
 */
public final class FrameDecoder {
    private static final int HEADER_LENGTH = MessageHeaderDecoder.ENCODED_LENGTH;
    /** What every block begins with: cluster and sender. */
    private static final int IDENTITY_LENGTH =
        HeartbeatDecoder.senderEncodingOffset() + HeartbeatDecoder.senderEncodingLength();

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final HeartbeatDecoder heartbeat = new HeartbeatDecoder();
    private final GoodbyeDecoder goodbye = new GoodbyeDecoder();
    private final GossipDecoder gossip = new GossipDecoder();
    private final IHaveDecoder batch = new IHaveDecoder();
    private final PruneDecoder prune = new PruneDecoder();
    private final QuenchDecoder quench = new QuenchDecoder();
    private final GreetingParser greetings = new GreetingParser();
    private final ExchangeFrameDecoder exchanges = new ExchangeFrameDecoder();
    private final QueryFrameDecoder queries = new QueryFrameDecoder();
    private final OverlayFrameDecoder overlay = new OverlayFrameDecoder();
    private final IncarnationFrameDecoder incarnations = new IncarnationFrameDecoder();
    private final Broadcast broadcast = new Broadcast();
    private final MessageKey key = new MessageKey();

    private DirectBuffer buffer;
    private FrameListener listener;
    private int version;
    private int blockOffset;
    private int blockLength;
    private int limit;
    private long sender;

    /** A decoder. */
    public FrameDecoder() {
    }

    /**
     * Decodes one frame. Reads nothing outside of it, and throws nothing, whatever its bytes are; what the listener
     * throws goes through.
     *
     * @param frameBuffer   holds the frame.
     * @param offset        where it starts.
     * @param length        its length in bytes.
     * @param frameListener is told what is in it.
     * @return what became of it.
     */
    public DecodeResult decode(
        final DirectBuffer frameBuffer, final int offset, final int length, final FrameListener frameListener) {
        if (length < HEADER_LENGTH) {
            return DecodeResult.TOO_SHORT;
        }
        header.wrap(frameBuffer, offset);
        if (header.schemaId() != MessageHeaderDecoder.SCHEMA_ID) {
            return DecodeResult.OTHER_SCHEMA;
        }
        buffer = frameBuffer;
        listener = frameListener;
        version = header.version();
        blockOffset = offset + HEADER_LENGTH;
        blockLength = header.blockLength();
        limit = offset + length;
        if (blockLength < IDENTITY_LENGTH || blockLength > limit - blockOffset) {
            return DecodeResult.MALFORMED;
        }
        // Where every message has its identity, any message's flyweight will do to read it.
        heartbeat.wrap(buffer, blockOffset, blockLength, version);
        sender = heartbeat.sender();
        final int templateId = header.templateId();
        return isAccepted(templateId) ? dispatch(templateId) : DecodeResult.STRANGER;
    }

    private boolean isAccepted(final int templateId) {
        final long cluster = heartbeat.cluster();
        if (QueryFrameDecoder.isQuery(templateId)) {
            return listener.acceptsStranger(cluster, sender);
        }
        if (OverlayFrameDecoder.isOverlay(templateId)) {
            return listener.acceptsOverlay(cluster, sender);
        }
        return switch (templateId) {
            case GreetingDecoder.TEMPLATE_ID -> listener.acceptsGreeting(cluster, sender);
            case KnownDecoder.TEMPLATE_ID -> listener.acceptsStranger(cluster, sender);
            case NamesakeDecoder.TEMPLATE_ID -> listener.acceptsNamesake(cluster, sender);
            default -> listener.accepts(cluster, sender);
        };
    }

    private DecodeResult dispatch(final int templateId) {
        switch (templateId) {
            case GossipDecoder.TEMPLATE_ID:
                return onGossip();
            case GossipBundleDecoder.TEMPLATE_ID:
                return onBundle();
            case IHaveDecoder.TEMPLATE_ID:
                return onBatch(ControlMessage.I_HAVE);
            case IgnoredIHaveDecoder.TEMPLATE_ID:
                return onBatch(ControlMessage.IGNORED_I_HAVE);
            case GraftDecoder.TEMPLATE_ID:
                return onBatch(ControlMessage.GRAFT);
            case AdoptDecoder.TEMPLATE_ID:
                return onBatch(ControlMessage.ADOPT);
            case GraftFailedDecoder.TEMPLATE_ID:
                return onBatch(ControlMessage.GRAFT_FAILED);
            case PruneDecoder.TEMPLATE_ID:
                return onPrune();
            case QuenchDecoder.TEMPLATE_ID:
                return onQuench();
            case HeartbeatDecoder.TEMPLATE_ID:
                return onHeartbeat();
            case GoodbyeDecoder.TEMPLATE_ID:
                return onGoodbye();
            case GreetingDecoder.TEMPLATE_ID:
                return onGreeting();
            case KnownDecoder.TEMPLATE_ID:
            case RaisedDecoder.TEMPLATE_ID:
            case NamesakeDecoder.TEMPLATE_ID:
                return incarnations.decode(
                    templateId, buffer, blockOffset, blockLength, limit, version, listener) ?
                    DecodeResult.CONSUMED : DecodeResult.MALFORMED;
            case ExchangeOpenDecoder.TEMPLATE_ID:
            case ExchangeDataDecoder.TEMPLATE_ID:
            case ExchangeCreditDecoder.TEMPLATE_ID:
            case ExchangeCloseDecoder.TEMPLATE_ID:
                return exchanges.decode(templateId, buffer, blockOffset, blockLength, limit, version, listener);
            default:
                return onOther(templateId);
        }
    }

    private DecodeResult onGossip() {
        final int idOffset = blockOffset + blockLength + ID_PREFIX_LENGTH;
        if (!agrees(blockLength, GossipDecoder.BLOCK_LENGTH) || limit < idOffset) {
            return DecodeResult.MALFORMED;
        }
        gossip.wrap(buffer, blockOffset, blockLength, version);
        final int idLength = gossip.messageIdLength();
        if (!isId(idLength) || gossip.round() > FrameEncoder.MAX_ROUND ||
            limit - idOffset - PAYLOAD_PREFIX_LENGTH < idLength) {
            return DecodeResult.MALFORMED;
        }
        gossip.skipMessageId();
        final int payloadOffset = idOffset + idLength + PAYLOAD_PREFIX_LENGTH;
        final int payloadLength = gossip.payloadLength();
        // The length is unsigned on the wire: what is negative here is longer than any frame.
        if (payloadLength < 0 || payloadLength > limit - payloadOffset ||
            !agrees(limit, payloadOffset + payloadLength)) {
            return DecodeResult.MALFORMED;
        }
        GossipBody.wrap(broadcast, buffer, blockOffset + blockLength);
        return onBroadcast();
    }

    /** The messages have been wrapped; root, round and handler are those of the gossip. */
    private DecodeResult onBroadcast() {
        broadcast.key().set(gossip.root(), gossip.round(), gossip.handler());
        return listener.onGossip(sender, broadcast) ? DecodeResult.CONSUMED : DecodeResult.ABORTED;
    }

    private DecodeResult onBundle() {
        final int bodyOffset = blockOffset + blockLength + GossipBundle.DIMENSION_LENGTH;
        if (!agrees(blockLength, GossipBundleDecoder.BLOCK_LENGTH) || limit < bodyOffset) {
            return DecodeResult.MALFORMED;
        }
        // Before its group a bundle has the layout of a Gossip.
        gossip.wrap(buffer, blockOffset, blockLength, version);
        final int end = endOfBundle(bodyOffset);
        if (end < 0 || gossip.round() > FrameEncoder.MAX_ROUND || !agrees(limit, end)) {
            return DecodeResult.MALFORMED;
        }
        GossipBundle.wrap(broadcast, buffer, bodyOffset, end, unsignedShort(bodyOffset - Short.BYTES));
        return onBroadcast();
    }

    /** Walks over all messages; a negative value if one is wrong. */
    private int endOfBundle(final int bodyOffset) {
        final int entryLength = unsignedShort(blockOffset + blockLength);
        final int count = unsignedShort(bodyOffset - Short.BYTES);
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

    private DecodeResult onBatch(final ControlMessage kind) {
        if (!isBatch()) {
            return DecodeResult.MALFORMED;
        }
        batch.wrap(buffer, blockOffset, blockLength, version);
        final EntriesDecoder entries = batch.entries();
        while (entries.hasNext()) {
            entries.next();
            final int idOffset = batch.limit() + ID_PREFIX_LENGTH;
            key.id().wrap(buffer, idOffset, entries.skipMessageId());
            key.set(entries.root(), entries.round(), entries.handler());
            listener.onControl(sender, kind, key);
        }
        return DecodeResult.CONSUMED;
    }

    /** Walks over all entries, so that there are no callbacks for a frame that goes wrong half-way. */
    private boolean isBatch() {
        int position = blockOffset + blockLength;
        if (!agrees(blockLength, IHaveDecoder.BLOCK_LENGTH) || limit - position < EntriesDecoder.HEADER_SIZE) {
            return false;
        }
        final int entryLength = unsignedShort(position);
        final int count = unsignedShort(position + 2);
        if (!agrees(entryLength, EntriesDecoder.sbeBlockLength()) || count > FrameBatch.MAX_ENTRIES) {
            return false;
        }
        position += EntriesDecoder.HEADER_SIZE;
        for (int i = 0; i < count; i++) {
            if (limit - position < entryLength + ID_PREFIX_LENGTH) {
                return false;
            }
            final int round = unsignedShort(position + EntriesDecoder.roundEncodingOffset());
            final int idLength = unsignedShort(position + entryLength);
            position += entryLength + ID_PREFIX_LENGTH;
            if (round > FrameEncoder.MAX_ROUND || !isId(idLength) || limit - position < idLength) {
                return false;
            }
            position += idLength;
        }
        return agrees(limit, position);
    }

    private DecodeResult onPrune() {
        final int idOffset = blockOffset + blockLength + ID_PREFIX_LENGTH;
        if (!agrees(blockLength, PruneDecoder.BLOCK_LENGTH) || limit < idOffset) {
            return DecodeResult.MALFORMED;
        }
        prune.wrap(buffer, blockOffset, blockLength, version);
        final int idLength = prune.messageIdLength();
        if (!isId(idLength) || prune.round() > FrameEncoder.MAX_ROUND || limit - idOffset < idLength ||
            !agrees(limit, idOffset + idLength)) {
            return DecodeResult.MALFORMED;
        }
        key.id().wrap(buffer, idOffset, idLength);
        listener.onControl(
            sender, ControlMessage.PRUNE, key.set(prune.root(), prune.round(), prune.handler()));
        return DecodeResult.CONSUMED;
    }

    private DecodeResult onQuench() {
        if (!agrees(blockLength, QuenchDecoder.BLOCK_LENGTH) || !agrees(limit, blockOffset + blockLength)) {
            return DecodeResult.MALFORMED;
        }
        quench.wrap(buffer, blockOffset, blockLength, version);
        listener.onQuench(sender, quench.root(), quench.handler());
        return DecodeResult.CONSUMED;
    }

    private DecodeResult onHeartbeat() {
        if (!agrees(blockLength, HeartbeatDecoder.BLOCK_LENGTH) || !agrees(limit, blockOffset + blockLength) ||
            heartbeat.incarnation() <= 0) {
            return DecodeResult.MALFORMED;
        }
        listener.onHeartbeat(sender, heartbeat.incarnation());
        return DecodeResult.CONSUMED;
    }

    private DecodeResult onGoodbye() {
        if (!agrees(blockLength, GoodbyeDecoder.BLOCK_LENGTH) || !agrees(limit, blockOffset + blockLength)) {
            return DecodeResult.MALFORMED;
        }
        goodbye.wrap(buffer, blockOffset, blockLength, version);
        if (goodbye.incarnation() <= 0) {
            return DecodeResult.MALFORMED;
        }
        listener.onGoodbye(sender, goodbye.incarnation());
        return DecodeResult.CONSUMED;
    }

    private DecodeResult onGreeting() {
        final Greeting greeting = greetings.parse(buffer, blockOffset, blockLength, limit, version);
        if (greeting == null) {
            return DecodeResult.MALFORMED;
        }
        listener.onGreeting(greeting);
        return DecodeResult.CONSUMED;
    }

    private DecodeResult onOther(final int templateId) {
        final boolean isDecoded;
        if (QueryFrameDecoder.isQuery(templateId)) {
            isDecoded = queries.decode(templateId, buffer, blockOffset, blockLength, limit, version, listener);
        } else if (OverlayFrameDecoder.isOverlay(templateId)) {
            isDecoded = overlay.decode(templateId, buffer, blockOffset, blockLength, limit, version, listener);
        } else {
            return DecodeResult.UNKNOWN_TEMPLATE;
        }
        return isDecoded ? DecodeResult.CONSUMED : DecodeResult.MALFORMED;
    }

    private boolean agrees(final int actual, final int known) {
        return Compatibility.agrees(version, actual, known);
    }

    private int unsignedShort(final int offset) {
        return buffer.getShort(offset, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    private static boolean isId(final int idLength) {
        return idLength >= 1 && idLength <= GossipBody.MAX_ID_LENGTH;
    }
}
