package io.plumtree.system.hostile;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.plumtree.api.Member;
import io.plumtree.engine.codec.Challenge;
import io.plumtree.engine.codec.ExchangeCloseCode;
import io.plumtree.engine.codec.ExchangeFrameEncoder;
import io.plumtree.engine.codec.FrameBatch;
import io.plumtree.engine.codec.GossipFrameEncoder;
import io.plumtree.engine.codec.Greeting;
import io.plumtree.engine.codec.IncarnationFrameEncoder;
import io.plumtree.engine.codec.KnownIncarnation;
import io.plumtree.engine.codec.LinkFrameEncoder;
import io.plumtree.engine.codec.NameHash;
import io.plumtree.engine.codec.OverlayFrameEncoder;
import io.plumtree.engine.codec.Query;
import io.plumtree.engine.codec.QueryFrameEncoder;
import io.plumtree.engine.view.FullView;
import io.plumtree.handlers.pubsub.PubSub;
import io.plumtree.protocol.ControlMessage;
import io.plumtree.protocol.MessageKey;
import io.plumtree.protocol.membership.NodeDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;

/** Our frames in the name of a node, with whatever incarnation, as bytes; with our own codecs, so well-formed. */
final class Forgery {
    static final long CLUSTER = NameHash.ofCluster("plumtree");
    static final int PUBSUB = NameHash.ofHandler(PubSub.NAME);
    static final int MEMBERS = NameHash.ofHandler(FullView.NAME);
    static final byte ALIVE = 1;

    private static final int ID_LENGTH = 24;
    private static final int MAX_LENGTH = 64 * 1024;
    private static final int BATCH_LENGTH = 1_300;

    final Member member;
    final long incarnation;
    private final NodeDescriptor self;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[MAX_LENGTH]);
    private final UnsafeBuffer idBuffer = new UnsafeBuffer(new byte[ID_LENGTH]);
    private final GossipFrameEncoder encoder;
    private final LinkFrameEncoder linkEncoder;
    private final OverlayFrameEncoder overlay;
    private final IncarnationFrameEncoder incarnations;
    private final ExchangeFrameEncoder exchanges;
    private final QueryFrameEncoder queries;

    Forgery(final Member member, final long incarnation) {
        this.member = member;
        this.incarnation = incarnation;
        final long sender = member.id().value();
        self = new NodeDescriptor(member.id(), member.endpoint(), incarnation);
        encoder = new GossipFrameEncoder(CLUSTER, sender);
        linkEncoder = new LinkFrameEncoder(CLUSTER, sender);
        overlay = new OverlayFrameEncoder(CLUSTER, self);
        incarnations = new IncarnationFrameEncoder(CLUSTER, sender);
        exchanges = new ExchangeFrameEncoder(CLUSTER, sender);
        queries = new QueryFrameEncoder(CLUSTER, sender);
    }

    private byte[] bytes(final int length) {
        final byte[] frame = new byte[length];
        buffer.getBytes(0, frame);
        return frame;
    }

    NodeDescriptor descriptor() {
        return self;
    }

    // ---- links

    byte[] greeting(final boolean wantsReply) {
        return bytes(linkEncoder.greeting(buffer, 0, new Greeting(
            member.id(), incarnation, wantsReply, member.endpoint(), List.of(PubSub.NAME), new TreeMap<>(),
            Challenge.NONE)));
    }

    byte[] heartbeat() {
        return bytes(linkEncoder.heartbeat(buffer, 0, incarnation));
    }

    byte[] goodbye() {
        return bytes(linkEncoder.goodbye(buffer, 0, incarnation));
    }

    byte[] known(final long node, final long knownIncarnation, final boolean isLive, final String endpoint) {
        return bytes(incarnations.known(buffer, new KnownIncarnation(node, knownIncarnation, isLive, endpoint, 0)));
    }

    byte[] raised(final long former) {
        return bytes(incarnations.raised(buffer, former, incarnation));
    }

    // ---- membership

    byte[] join(final long nonce) {
        return bytes(overlay.join(buffer, nonce));
    }

    byte[] forwardJoin(final NodeDescriptor joined, final int timeToLive) {
        return bytes(overlay.forwardJoin(buffer, joined, timeToLive));
    }

    byte[] neighbor(final long nonce, final boolean isHighPriority) {
        return bytes(overlay.neighbor(buffer, nonce, isHighPriority));
    }

    byte[] neighborReply(final long nonce, final boolean isAccepted) {
        return bytes(overlay.neighborReply(buffer, nonce, isAccepted));
    }

    byte[] disconnect(final boolean isLeaving) {
        return bytes(overlay.disconnect(buffer, isLeaving));
    }

    byte[] shuffle(final NodeDescriptor origin, final int timeToLive, final List<NodeDescriptor> sample) {
        return bytes(overlay.shuffle(buffer, origin, timeToLive, sample));
    }

    byte[] shuffleReply(final List<NodeDescriptor> sample) {
        return bytes(overlay.shuffleReply(buffer, sample));
    }

    // ---- broadcast

    /** A Gossip with a message of {@code pubsub}. */
    byte[] message(
        final long root,
        final int round,
        final long origin,
        final long originIncarnation,
        final long sequence,
        final String topic,
        final String text) {
        final byte[] topicBytes = topic.getBytes(StandardCharsets.UTF_8);
        final byte[] textBytes = text.getBytes(StandardCharsets.UTF_8);
        final byte[] payload = new byte[2 + topicBytes.length + textBytes.length];
        final UnsafeBuffer wrapped = new UnsafeBuffer(payload);
        wrapped.putShort(0, (short) topicBytes.length, LITTLE_ENDIAN);
        wrapped.putBytes(2, topicBytes);
        wrapped.putBytes(2 + topicBytes.length, textBytes);
        return gossip(root, round, PUBSUB, id(origin, originIncarnation, sequence), payload);
    }

    /** A Gossip of the full view: a member that is said to be there. */
    byte[] announcement(
        final long root, final Member announced, final long announcedIncarnation, final long version,
        final byte status) {
        final byte[] name = announced.id().name().getBytes(StandardCharsets.US_ASCII);
        final byte[] endpoint = announced.endpoint().getBytes(StandardCharsets.US_ASCII);
        final byte[] payload = new byte[3 + name.length + endpoint.length];
        payload[0] = status;
        payload[1] = (byte) name.length;
        System.arraycopy(name, 0, payload, 2, name.length);
        payload[2 + name.length] = (byte) endpoint.length;
        System.arraycopy(endpoint, 0, payload, 3 + name.length, endpoint.length);
        return gossip(root, 1, MEMBERS, id(announced.id().value(), announcedIncarnation, version), payload);
    }

    byte[] gossip(final long root, final int round, final int handler, final byte[] id, final byte[] payload) {
        final int head = encoder.graftedHead(buffer, 0, key(root, round, handler, id), handler, payload.length);
        buffer.putBytes(head, payload);
        return bytes(head + payload.length);
    }

    private MessageKey key(final long root, final int round, final int handler, final byte[] id) {
        idBuffer.putBytes(0, id);
        final MessageKey key = new MessageKey().set(root, round, handler);
        key.id().wrap(idBuffer, 0, id.length);
        return key;
    }

    byte[] prune(final long root, final byte[] id) {
        return bytes(encoder.prune(buffer, 0, key(root, 1, PUBSUB, id), PUBSUB));
    }

    byte[] quench(final long root) {
        return bytes(encoder.quench(buffer, 0, root, PUBSUB));
    }

    /** IHave, IgnoredIHave, Graft, Adopt or GraftFailed, with one entry. */
    byte[] batch(final ControlMessage kind, final long root, final int round, final byte[] id) {
        final FrameBatch batch = new FrameBatch(kind, CLUSTER, member.id().value(), BATCH_LENGTH);
        batch.append(key(root, round, PUBSUB, id), PUBSUB);
        final byte[] frame = new byte[batch.length()];
        batch.buffer().getBytes(0, frame);
        return frame;
    }

    /** An id of {@code pubsub}, or of the full view, which has the same form. */
    static byte[] id(final long origin, final long incarnation, final long sequence) {
        final byte[] id = new byte[ID_LENGTH];
        final UnsafeBuffer wrapped = new UnsafeBuffer(id);
        wrapped.putLong(0, origin, LITTLE_ENDIAN);
        wrapped.putLong(8, incarnation, LITTLE_ENDIAN);
        wrapped.putLong(16, sequence, LITTLE_ENDIAN);
        return id;
    }

    // ---- exchanges and queries

    byte[] exchangeOpen(final long exchangeId, final long creditLimit, final int handler) {
        return bytes(exchanges.open(buffer, 0, exchangeId, creditLimit, handler));
    }

    byte[] exchangeData(
        final long exchangeId, final boolean fromInitiator, final int sequence, final byte[] message) {
        final int head = exchanges.dataHead(buffer, 0, exchangeId, fromInitiator, sequence, message.length);
        buffer.putBytes(head, message);
        return bytes(head + message.length);
    }

    byte[] exchangeCredit(final long exchangeId, final boolean fromInitiator, final long creditLimit) {
        return bytes(exchanges.credit(buffer, 0, exchangeId, fromInitiator, creditLimit));
    }

    byte[] exchangeClose(final long exchangeId, final boolean fromInitiator, final ExchangeCloseCode code) {
        return bytes(exchanges.close(buffer, 0, exchangeId, fromInitiator, code));
    }

    byte[] query(final long correlation, final int kind, final long root, final String replyTo) {
        return bytes(queries.query(buffer, 0, new Query(correlation, kind, root, 1_000, replyTo)));
    }

    /** Cut off after so many bytes. */
    static byte[] truncated(final byte[] frame, final int length) {
        return Arrays.copyOf(frame, Math.min(length, frame.length));
    }
}
