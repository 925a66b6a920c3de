package io.plumtree.engine.codec;

import static io.plumtree.engine.codec.GossipBody.ID_PREFIX_LENGTH;

import io.plumtree.engine.codec.sbe.GossipBundleEncoder;
import io.plumtree.engine.codec.sbe.GossipEncoder;
import io.plumtree.engine.codec.sbe.MessageHeaderEncoder;
import io.plumtree.engine.codec.sbe.PruneEncoder;
import io.plumtree.engine.codec.sbe.QuenchEncoder;
import io.plumtree.protocol.MessageKey;
import org.agrona.MutableDirectBuffer;

/**
 * Writes what one node broadcasts and relays, and what it says of that but for batches; see {@link FrameBatch} for
 * those. Each method returns the length written, in bytes, and needs that much room at {@code offset}; for one thread
 * at a time.
 */
public final class GossipFrameEncoder {
    /** The highest round; it stands for all beyond it too. */
    public static final int MAX_ROUND = 65534;
    /** What {@link #gossipHead} writes: 38 bytes, which is 6 more than a multiple of 8, see {@link GossipBody}. */
    public static final int GOSSIP_HEAD_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH + GossipEncoder.BLOCK_LENGTH;
    /** What {@link #quench} writes. */
    public static final int QUENCH_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH + QuenchEncoder.BLOCK_LENGTH;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final GossipEncoder gossip = new GossipEncoder();
    private final PruneEncoder prune = new PruneEncoder();
    private final QuenchEncoder quench = new QuenchEncoder();
    private final long cluster;
    private final long sender;

    /**
     * An encoder for one node.
     *
     * @param cluster what stands for its cluster, see {@link NameHash#ofCluster}.
     * @param sender  value of its id.
     */
    public GossipFrameEncoder(final long cluster, final long sender) {
        this.cluster = cluster;
        this.sender = sender;
    }

    /**
     * How long a graft's answer is, but for the payload: what {@link #graftedHead} writes.
     *
     * @param idLength length of the id in bytes.
     * @return bytes.
     */
    public static int graftedHeadLength(final int idLength) {
        return GOSSIP_HEAD_LENGTH + GossipBody.length(idLength, 0);
    }

    /**
     * How long a Gossip frame is.
     *
     * @param idLength      length of the id in bytes.
     * @param payloadLength length of the payload in bytes.
     * @return bytes.
     */
    public static int gossipLength(final int idLength, final int payloadLength) {
        return GOSSIP_HEAD_LENGTH + GossipBody.length(idLength, payloadLength);
    }

    /**
     * How long a Prune is.
     *
     * @param idLength length of the id in bytes.
     * @return bytes.
     */
    public static int pruneLength(final int idLength) {
        return MessageHeaderEncoder.ENCODED_LENGTH + PruneEncoder.BLOCK_LENGTH + ID_PREFIX_LENGTH + idLength;
    }

    /**
     * Writes what precedes the {@link GossipBody} in a Gossip frame.
     *
     * @param buffer  to write to.
     * @param offset  where to start.
     * @param root    the message's root.
     * @param round   the round, 0 or more.
     * @param handler the handler.
     * @return {@link #GOSSIP_HEAD_LENGTH}.
     */
    public int gossipHead(
        final MutableDirectBuffer buffer, final int offset, final long root, final int round, final int handler) {
        gossip.wrapAndApplyHeader(buffer, offset, header)
            .cluster(cluster)
            .sender(sender)
            .root(root)
            .handler(handler)
            .round(Math.min(round, MAX_ROUND));
        return GOSSIP_HEAD_LENGTH;
    }

    /**
     * Writes what precedes the messages of a GossipBundle, and how many they are: as {@link #gossipHead}, under another
     * name.
     *
     * @param buffer  to write to.
     * @param offset  where to start.
     * @param root    the messages' root.
     * @param round   the round, 0 or more.
     * @param handler the handler.
     * @return {@link #GOSSIP_HEAD_LENGTH}.
     */
    public int bundleHead(
        final MutableDirectBuffer buffer, final int offset, final long root, final int round, final int handler) {
        gossipHead(buffer, offset, root, round, handler);
        header.templateId(GossipBundleEncoder.TEMPLATE_ID);
        return GOSSIP_HEAD_LENGTH;
    }

    /**
     * Writes what precedes the payload in a Gossip frame, for an id and a payload that lie in different places.
     *
     * @param buffer        to write to.
     * @param offset        where to start.
     * @param key           the message.
     * @param handler       what stands for its handler on the wire.
     * @param payloadLength length of the payload that follows, in bytes.
     * @return {@link #graftedHeadLength(int)}.
     */
    public int graftedHead(
        final MutableDirectBuffer buffer,
        final int offset,
        final MessageKey key,
        final int handler,
        final int payloadLength) {
        final int bodyOffset = offset + gossipHead(buffer, offset, key.root(), key.round(), handler);
        GossipBody.lengths(buffer, bodyOffset, key.id().length(), payloadLength);
        key.id().copyTo(buffer, GossipBody.idOffset(bodyOffset));
        return graftedHeadLength(key.id().length());
    }

    /**
     * Writes a Prune.
     *
     * @param buffer  to write to.
     * @param offset  where to start.
     * @param key     the duplicate that it answers.
     * @param handler what stands for its handler on the wire.
     * @return {@link #pruneLength(int)}.
     */
    public int prune(
        final MutableDirectBuffer buffer, final int offset, final MessageKey key, final int handler) {
        prune.wrapAndApplyHeader(buffer, offset, header)
            .cluster(cluster)
            .sender(sender)
            .root(key.root())
            .handler(handler)
            .round(Math.min(key.round(), MAX_ROUND))
            .putMessageId(key.id().buffer(), key.id().offset(), key.id().length());
        return pruneLength(key.id().length());
    }

    /**
     * Writes a Quench.
     *
     * @param buffer  to write to.
     * @param offset  where to start.
     * @param root    the root that is to slow down.
     * @param handler a handler on the channel of its messages.
     * @return {@link #QUENCH_LENGTH}.
     */
    public int quench(final MutableDirectBuffer buffer, final int offset, final long root, final int handler) {
        quench.wrapAndApplyHeader(buffer, offset, header).cluster(cluster).sender(sender).root(root).handler(handler);
        return QUENCH_LENGTH;
    }
}
