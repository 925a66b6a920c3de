package io.plumtree.engine.codec;

import io.plumtree.api.Exchange;
import io.plumtree.handlers.spi.GraftPayload;
import io.plumtree.handlers.spi.Message;
import io.plumtree.protocol.Broadcast;
import io.plumtree.protocol.ControlMessage;
import io.plumtree.protocol.MessageKey;
import io.plumtree.protocol.membership.NodeDescriptor;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Encodes again what it is told, reading every byte of it: what a frame of this version says must give the same frame.
 */
final class Reencoder implements GossipFrameListener, LinkFrameListener, ExchangeFrameListener {
    final ExpandableArrayBuffer frame = new ExpandableArrayBuffer(4096);
    int length;
    int callbacks;
    boolean isConsuming = true;

    private final int maxBatchLength;
    private final Broadcast again = new Broadcast();
    private GossipFrameEncoder encoder;
    private LinkFrameEncoder linkEncoder;
    private ExchangeFrameEncoder exchangeEncoder;
    private QueryFrameEncoder queryEncoder;
    private IncarnationFrameEncoder incarnationEncoder;
    private FrameBatch batch;
    private long cluster;

    Reencoder(final int maxBatchLength) {
        this.maxBatchLength = maxBatchLength;
    }

    /** A decoder that tells it of all families. */
    FrameDecoder decoder() {
        return new FrameDecoder(new FrameListeners()
            .gossip(this).links(this).exchanges(this).queries(new Queries()).overlay(new Overlay()));
    }

    void reset() {
        length = 0;
        callbacks = 0;
        batch = null;
        encoder = null;
    }

    /** Bytes that would be read wrong are seen in this. */
    boolean isFrame(final DirectBuffer buffer, final int offset, final int frameLength) {
        return frameLength == length &&
            new UnsafeBuffer(frame, 0, length).compareTo(new UnsafeBuffer(buffer, offset, frameLength)) == 0;
    }

    @Override
    public boolean accepts(final long senderCluster, final long sender) {
        cluster = senderCluster;
        encoder = new GossipFrameEncoder(senderCluster, sender);
        linkEncoder = new LinkFrameEncoder(senderCluster, sender);
        exchangeEncoder = new ExchangeFrameEncoder(senderCluster, sender);
        incarnationEncoder = new IncarnationFrameEncoder(senderCluster, sender);
        return true;
    }

    @Override
    public boolean acceptsGreeting(final long senderCluster, final long sender) {
        return accepts(senderCluster, sender);
    }

    @Override
    public boolean acceptsKnown(final long senderCluster, final long sender) {
        incarnationEncoder = new IncarnationFrameEncoder(senderCluster, sender);
        return true;
    }

    @Override
    public boolean acceptsNamesake(final long senderCluster, final long sender) {
        incarnationEncoder = new IncarnationFrameEncoder(senderCluster, sender);
        return true;
    }

    @Override
    public void onKnown(final long from, final KnownIncarnation known) {
        callbacks++;
        length = incarnationEncoder.known(frame, known);
    }

    @Override
    public void onRaised(final long from, final long former, final long incarnation) {
        callbacks++;
        length = incarnationEncoder.raised(frame, former, incarnation);
    }

    @Override
    public void onNamesake(final Namesake namesake) {
        callbacks++;
        length = incarnationEncoder.namesake(frame, namesake);
    }

    @Override
    public void onGreeting(final Greeting greeting) {
        length = linkEncoder.greeting(frame, 0, greeting);
        callbacks++;
    }

    @Override
    public void onHeartbeat(final long sender, final long incarnation) {
        length = linkEncoder.heartbeat(frame, 0, incarnation);
        callbacks++;
    }

    @Override
    public void onGoodbye(final long sender, final long incarnation) {
        length = linkEncoder.goodbye(frame, 0, incarnation);
        callbacks++;
    }

    @Override
    public boolean onGossip(final long sender, final Broadcast broadcast) {
        final MessageCursor cursor = new MessageCursor().begin(broadcast);
        final MessageKey key = broadcast.key();
        if (broadcast.count() == 1) {
            final Message message = cursor.next();
            final int headLength = encoder.graftedHead(frame, 0, key, key.handler(), message.payloadLength());
            frame.putBytes(headLength, message.buffer(), message.payloadOffset(), message.payloadLength());
            length = headLength + message.payloadLength();
        } else {
            final GossipBundle bundle = new GossipBundle(maxBatchLength);
            final GraftPayload payload = new GraftPayload();
            while (cursor.hasNext()) {
                final Message message = cursor.next();
                payload.wrap(message.buffer(), message.payloadOffset(), message.payloadLength());
                bundle.append(message.id(), payload);
            }
            bundle.wrap(again);
            final int headLength = encoder.bundleHead(frame, 0, key.root(), key.round(), key.handler());
            frame.putBytes(headLength, again.buffer(), again.bodyOffset(), again.bodyLength());
            length = headLength + again.bodyLength();
        }
        callbacks++;
        return isConsuming;
    }

    @Override
    public void onControl(final long sender, final ControlMessage type, final MessageKey key) {
        if (type == ControlMessage.PRUNE) {
            length = encoder.prune(frame, 0, key, key.handler());
        } else {
            gather(sender, type, key);
        }
        callbacks++;
    }

    private void gather(final long sender, final ControlMessage type, final MessageKey key) {
        if (batch == null) {
            batch = new FrameBatch(type, cluster, sender, maxBatchLength);
        }
        if (!batch.append(key, key.handler())) {
            throw new AssertionError("an entry more than the frame had room for");
        }
        length = batch.length();
        frame.putBytes(0, batch.buffer(), 0, length);
    }

    @Override
    public void onQuench(final long sender, final long root, final int handler) {
        length = encoder.quench(frame, 0, root, handler);
        callbacks++;
    }

    @Override
    public void onExchangeOpen(
        final long sender, final long exchangeId, final long creditLimit, final int handler) {
        length = exchangeEncoder.open(frame, 0, exchangeId, creditLimit, handler);
        callbacks++;
    }

    @Override
    public void onExchangeData(
        final long sender,
        final long exchangeId,
        final boolean fromInitiator,
        final int sequence,
        final DirectBuffer buffer,
        final int offset,
        final int messageLength) {
        final int headLength =
            exchangeEncoder.dataHead(frame, 0, exchangeId, fromInitiator, sequence, messageLength);
        frame.putBytes(headLength, buffer, offset, messageLength);
        length = headLength + messageLength;
        callbacks++;
    }

    @Override
    public void onExchangeCredit(
        final long sender, final long exchangeId, final boolean fromInitiator, final long creditLimit) {
        length = exchangeEncoder.credit(frame, 0, exchangeId, fromInitiator, creditLimit);
        callbacks++;
    }

    @Override
    public void onExchangeClose(
        final long sender, final long exchangeId, final boolean fromInitiator, final ExchangeCloseCode code) {
        length = exchangeEncoder.close(frame, 0, exchangeId, fromInitiator, code);
        callbacks++;
    }

    private final class Queries implements QueryFrameListener {
        @Override
        public boolean accepts(final long senderCluster, final long sender) {
            queryEncoder = new QueryFrameEncoder(senderCluster, sender);
            return true;
        }

        @Override
        public void onQuery(final long sender, final Query query) {
            length = queryEncoder.query(frame, 0, query);
            callbacks++;
        }

        @Override
        public void onMembersAnswer(final AnswerPart<MemberState> part) {
            length = queryEncoder.membersAnswer(frame, 0, part);
            callbacks++;
        }

        @Override
        public void onPeersAnswer(final AnswerPart<TreePeer> part) {
            length = queryEncoder.peersAnswer(frame, 0, part);
            callbacks++;
        }

        @Override
        public void onExchangesAnswer(final long incarnation, final AnswerPart<Exchange> part) {
            length = queryEncoder.exchangesAnswer(frame, 0, incarnation, part);
            callbacks++;
        }

        @Override
        public void onQueryRefused(final long sender, final long correlation, final int code) {
            length = queryEncoder.refused(frame, 0, correlation, code);
            callbacks++;
        }
    }

    private final class Overlay implements OverlayFrameListener {
        @Override
        public boolean accepts(final long senderCluster, final long sender) {
            cluster = senderCluster;
            return true;
        }

        @Override
        public void onJoin(final NodeDescriptor from, final long nonce) {
            length = overlayEncoder(from).join(frame, nonce);
        }

        @Override
        public void onForwardJoin(final NodeDescriptor from, final NodeDescriptor joined, final int timeToLive) {
            length = overlayEncoder(from).forwardJoin(frame, joined, timeToLive);
        }

        @Override
        public void onNeighbor(final NodeDescriptor from, final long nonce, final boolean isHighPriority) {
            length = overlayEncoder(from).neighbor(frame, nonce, isHighPriority);
        }

        @Override
        public void onNeighborReply(final NodeDescriptor from, final long nonce, final boolean isAccepted) {
            length = overlayEncoder(from).neighborReply(frame, nonce, isAccepted);
        }

        @Override
        public void onDisconnect(final NodeDescriptor from, final boolean isLeaving) {
            length = overlayEncoder(from).disconnect(frame, isLeaving);
        }

        @Override
        public void onShuffle(
            final NodeDescriptor from,
            final NodeDescriptor origin,
            final int timeToLive,
            final List<NodeDescriptor> sample) {
            length = overlayEncoder(from).shuffle(frame, origin, timeToLive, sample);
        }

        @Override
        public void onShuffleReply(final NodeDescriptor from, final List<NodeDescriptor> sample) {
            length = overlayEncoder(from).shuffleReply(frame, sample);
        }

        private OverlayFrameEncoder overlayEncoder(final NodeDescriptor from) {
            callbacks++;
            return new OverlayFrameEncoder(cluster, from);
        }
    }
}
