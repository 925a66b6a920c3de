package io.plumtree.benchmarks;

import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.engine.NodeContext;
import io.plumtree.engine.codec.Challenge;
import io.plumtree.engine.codec.FrameBatch;
import io.plumtree.engine.codec.GossipFrameEncoder;
import io.plumtree.engine.codec.Greeting;
import io.plumtree.engine.codec.LinkFrameEncoder;
import io.plumtree.engine.codec.NameHash;
import io.plumtree.engine.codec.sbe.GossipDecoder;
import io.plumtree.engine.codec.sbe.GreetingDecoder;
import io.plumtree.engine.codec.sbe.HeartbeatDecoder;
import io.plumtree.engine.codec.sbe.IHaveDecoder;
import io.plumtree.engine.codec.sbe.IgnoredIHaveDecoder;
import io.plumtree.engine.codec.sbe.IgnoredIHaveEncoder;
import io.plumtree.engine.codec.sbe.MessageHeaderDecoder;
import io.plumtree.engine.codec.sbe.MessageHeaderEncoder;
import io.plumtree.protocol.ControlMessage;
import io.plumtree.protocol.MessageKey;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The other end of a link, with as little of a node as the measured one needs: it counts what it gets, answers
 * heartbeats with its own, and announcements with acknowledgements, if it is one that does.
 */
final class MemoryPeer {
    static final long CLUSTER = NameHash.ofCluster(NodeContext.CLUSTER_DEFAULT);

    private static final long INCARNATION = 1;
    private static final int TEMPLATE_OFFSET = 2;
    private static final int COUNT_OFFSET = MessageHeaderDecoder.ENCODED_LENGTH + IHaveDecoder.BLOCK_LENGTH + 2;

    final NodeId id;
    final GossipFrameEncoder encoder;
    final LinkFrameEncoder linkEncoder;
    /** Whether it acknowledges announcements. */
    boolean isAcknowledging = true;
    long payloads;
    long announcements;
    long acknowledgements;
    /** Frames that no benchmark expects. */
    long others;

    private final Member member;
    private final UnsafeBuffer heartbeat = new UnsafeBuffer(new byte[LinkFrameEncoder.HEARTBEAT_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final IgnoredIHaveEncoder acknowledgement = new IgnoredIHaveEncoder();
    private MemoryTransport transport;
    /** Null until it greets. */
    private List<String> handlers;
    private boolean isKnown;

    MemoryPeer(final String name) {
        id = NodeId.of(name);
        member = new Member(id, name + ":1");
        encoder = new GossipFrameEncoder(CLUSTER, id.value());
        linkEncoder = new LinkFrameEncoder(CLUSTER, id.value());
        linkEncoder.heartbeat(heartbeat, 0, INCARNATION);
    }

    Member member() {
        return member;
    }

    void transport(final MemoryTransport toNode) {
        transport = toNode;
    }

    /** An empty batch of its own. */
    FrameBatch batch(final ControlMessage kind) {
        return new FrameBatch(kind, CLUSTER, id.value(), MemoryTransport.MAX_UNFRAGMENTED_LENGTH);
    }

    /** Introduces itself to the node, whose handlers it has, too, when it is asked who it is. */
    void greet(final List<String> names) {
        handlers = names;
        greet(0);
    }

    private void greet(final long echo) {
        final Greeting greeting = new Greeting(
            id, INCARNATION, true, member.endpoint(), handlers, Collections.emptySortedMap(),
            new Challenge(id.value(), echo, false));
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[LinkFrameEncoder.greetingLength(greeting)]);
        transport.deliver(frame, 0, linkEncoder.greeting(frame, 0, greeting));
    }

    /** Tells the node that it gets a root's messages from elsewhere. */
    void prune(final MessageFrame message) {
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[GossipFrameEncoder.pruneLength(MessageFrame.ID_LENGTH)]);
        final MessageKey key = new MessageKey().set(message.root(), MessageFrame.ROUND + 1, message.handler());
        key.id().wrap(message.buffer(), MessageFrame.ID_OFFSET, MessageFrame.ID_LENGTH);
        transport.deliver(frame, 0, encoder.prune(frame, 0, key, message.handler()));
    }

    /** A frame from the node, where the link has put it. */
    void onFrame(final UnsafeBuffer log, final int offset, final int length) {
        switch (unsignedShort(log, offset + TEMPLATE_OFFSET)) {
            case GossipDecoder.TEMPLATE_ID -> payloads++;
            case IHaveDecoder.TEMPLATE_ID -> onAnnouncements(log, offset, length);
            case IgnoredIHaveDecoder.TEMPLATE_ID -> acknowledgements += unsignedShort(log, offset + COUNT_OFFSET);
            case HeartbeatDecoder.TEMPLATE_ID -> transport.deliver(heartbeat, 0, LinkFrameEncoder.HEARTBEAT_LENGTH);
            case GreetingDecoder.TEMPLATE_ID -> onGreeting(log, offset);
            default -> others++;
        }
    }

    /** The node asks where this peer listens, and that is here: once is enough. */
    private void onGreeting(final UnsafeBuffer log, final int offset) {
        if (handlers != null && !isKnown) {
            isKnown = true;
            greet(log.getLong(
                offset + MessageHeaderDecoder.ENCODED_LENGTH + GreetingDecoder.nonceEncodingOffset(),
                ByteOrder.LITTLE_ENDIAN));
        }
    }

    /** Announcements and acknowledgements have one layout: with another head the frame is sent back from its place. */
    private void onAnnouncements(final UnsafeBuffer log, final int offset, final int length) {
        announcements += unsignedShort(log, offset + COUNT_OFFSET);
        if (isAcknowledging) {
            acknowledgement.wrapAndApplyHeader(log, offset, header).cluster(CLUSTER).sender(id.value());
            transport.deliver(log, offset, length);
        }
    }

    private static int unsignedShort(final UnsafeBuffer buffer, final int offset) {
        return buffer.getShort(offset, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }
}
