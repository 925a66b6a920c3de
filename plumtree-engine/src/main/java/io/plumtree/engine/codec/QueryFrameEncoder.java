package io.plumtree.engine.codec;

import io.plumtree.api.Exchange;
import io.plumtree.api.NodeId;
import io.plumtree.engine.codec.sbe.ExchangesAnswerEncoder;
import io.plumtree.engine.codec.sbe.ExchangesAnswerEncoder.ExchangesEncoder;
import io.plumtree.engine.codec.sbe.MembersAnswerEncoder;
import io.plumtree.engine.codec.sbe.MembersAnswerEncoder.MembersEncoder;
import io.plumtree.engine.codec.sbe.MessageHeaderEncoder;
import io.plumtree.engine.codec.sbe.PeersAnswerEncoder;
import io.plumtree.engine.codec.sbe.PeersAnswerEncoder.PeersEncoder;
import io.plumtree.engine.codec.sbe.QueryEncoder;
import io.plumtree.engine.codec.sbe.QueryKind;
import io.plumtree.engine.codec.sbe.QueryRefusal;
import io.plumtree.engine.codec.sbe.QueryRefusedEncoder;
import io.plumtree.engine.codec.sbe.ShortTextEncoder;
import org.agrona.MutableDirectBuffer;

/**
 * Writes the queries of one node and its answers. Each method returns the length written, in bytes, and needs that much
 * room at {@code offset}; for one thread at a time.
 */
public final class QueryFrameEncoder {
    /** The most that {@link #query} writes. */
    public static final int MAX_QUERY_LENGTH =
        MessageHeaderEncoder.ENCODED_LENGTH + QueryEncoder.BLOCK_LENGTH + textLength(Greeting.MAX_ENDPOINT_LENGTH);
    /** What {@link #refused} writes. */
    public static final int REFUSED_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH + QueryRefusedEncoder.BLOCK_LENGTH;
    /** What an answer of any type is at most, its entries aside. */
    public static final int MAX_ANSWER_OVERHEAD = MessageHeaderEncoder.ENCODED_LENGTH +
        ExchangesAnswerEncoder.BLOCK_LENGTH + ExchangesEncoder.HEADER_SIZE + textLength(NodeId.MAX_NAME_LENGTH);

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final QueryEncoder query = new QueryEncoder();
    private final MembersAnswerEncoder members = new MembersAnswerEncoder();
    private final PeersAnswerEncoder peers = new PeersAnswerEncoder();
    private final ExchangesAnswerEncoder exchanges = new ExchangesAnswerEncoder();
    private final QueryRefusedEncoder refused = new QueryRefusedEncoder();
    private final long cluster;
    private final long sender;

    /**
     * An encoder for one node.
     *
     * @param cluster what stands for its cluster, see {@link NameHash#ofCluster}.
     * @param sender  value of its id.
     */
    public QueryFrameEncoder(final long cluster, final long sender) {
        this.cluster = cluster;
        this.sender = sender;
    }

    /**
     * How long an entry of a members' answer is.
     *
     * @param entry the entry.
     * @return bytes.
     */
    public static int length(final MemberState entry) {
        return MembersEncoder.sbeBlockLength() + textLength(entry.member().id().name().length()) +
            textLength(entry.member().endpoint().length());
    }

    /**
     * How long an entry of a peers' answer is.
     *
     * @param entry the entry.
     * @return bytes.
     */
    public static int length(final TreePeer entry) {
        return PeersEncoder.sbeBlockLength() + textLength(entry.id().name().length());
    }

    /**
     * How long an entry of an exchanges' answer is.
     *
     * @param entry the entry.
     * @return bytes.
     */
    public static int length(final Exchange entry) {
        return ExchangesEncoder.sbeBlockLength() + textLength(entry.handler().length()) +
            textLength(entry.peer().name().length());
    }

    /**
     * Writes a Query.
     *
     * @param buffer  to write to.
     * @param offset  where to start.
     * @param message what to ask.
     * @return the length, at most {@link #MAX_QUERY_LENGTH}.
     */
    public int query(final MutableDirectBuffer buffer, final int offset, final Query message) {
        query.wrapAndApplyHeader(buffer, offset, header)
            .cluster(cluster)
            .sender(sender)
            .correlation(message.correlation())
            .root(message.root())
            .timeoutMs(message.timeoutMs())
            .kind(QueryKind.NULL_VAL);
        // A code that this version doesn't know has no name to set it by.
        buffer.putByte(query.offset() + QueryEncoder.kindEncodingOffset(), (byte) message.code());
        query.replyTo(message.replyTo());
        return MessageHeaderEncoder.ENCODED_LENGTH + query.encodedLength();
    }

    /**
     * Writes a MembersAnswer.
     *
     * @param buffer to write to.
     * @param offset where to start.
     * @param part   what to answer; its node is this encoder's.
     * @return the length.
     */
    public int membersAnswer(
        final MutableDirectBuffer buffer, final int offset, final AnswerPart<MemberState> part) {
        members.wrapAndApplyHeader(buffer, offset, header)
            .cluster(cluster)
            .sender(sender)
            .correlation(part.correlation())
            .part(part.part())
            .flags().clear().isLast(part.isLast());
        final MembersEncoder entries = members.membersCount(part.entries().size());
        for (final MemberState entry : part.entries()) {
            entries.next().memberFlags().clear().isConnected(entry.isConnected()).isDistant(entry.isDistant());
            entries.memberName(entry.member().id().name()).endpoint(entry.member().endpoint());
        }
        members.nodeName(part.node().name());
        return MessageHeaderEncoder.ENCODED_LENGTH + members.encodedLength();
    }

    /**
     * Writes a PeersAnswer.
     *
     * @param buffer to write to.
     * @param offset where to start.
     * @param part   what to answer; its node is this encoder's.
     * @return the length.
     */
    public int peersAnswer(final MutableDirectBuffer buffer, final int offset, final AnswerPart<TreePeer> part) {
        peers.wrapAndApplyHeader(buffer, offset, header)
            .cluster(cluster)
            .sender(sender)
            .correlation(part.correlation())
            .part(part.part())
            .flags().clear().isLast(part.isLast());
        final PeersEncoder entries = peers.peersCount(part.entries().size());
        for (final TreePeer entry : part.entries()) {
            entries.next().peerFlags().clear().isEager(entry.isEager()).isLazy(entry.isLazy());
            entries.peerName(entry.id().name());
        }
        peers.nodeName(part.node().name());
        return MessageHeaderEncoder.ENCODED_LENGTH + peers.encodedLength();
    }

    /**
     * Writes an ExchangesAnswer.
     *
     * @param buffer      to write to.
     * @param offset      where to start.
     * @param incarnation this node's run, positive.
     * @param part        what to answer; its node is this encoder's.
     * @return the length.
     */
    public int exchangesAnswer(
        final MutableDirectBuffer buffer, final int offset, final long incarnation, final AnswerPart<Exchange> part) {
        exchanges.wrapAndApplyHeader(buffer, offset, header)
            .cluster(cluster)
            .sender(sender)
            .correlation(part.correlation())
            .incarnation(incarnation)
            .part(part.part())
            .flags().clear().isLast(part.isLast());
        final ExchangesEncoder entries = exchanges.exchangesCount(part.entries().size());
        for (final Exchange entry : part.entries()) {
            entries.next()
                .exchangeId(entry.id())
                .ageNs(entry.age().toNanos())
                .handlerName(entry.handler())
                .peerName(entry.peer().name());
        }
        exchanges.nodeName(part.node().name());
        return MessageHeaderEncoder.ENCODED_LENGTH + exchanges.encodedLength();
    }

    /**
     * Writes a QueryRefused.
     *
     * @param buffer      to write to.
     * @param offset      where to start.
     * @param correlation of the query.
     * @param code        why, see {@link RefusalReason#code()}: 0 to 255.
     * @return {@link #REFUSED_LENGTH}.
     */
    public int refused(final MutableDirectBuffer buffer, final int offset, final long correlation, final int code) {
        refused.wrapAndApplyHeader(buffer, offset, header)
            .cluster(cluster)
            .sender(sender)
            .correlation(correlation)
            .reason(QueryRefusal.NULL_VAL);
        buffer.putByte(refused.offset() + QueryRefusedEncoder.reasonEncodingOffset(), (byte) code);
        return REFUSED_LENGTH;
    }

    private static int textLength(final int length) {
        return ShortTextEncoder.lengthEncodingLength() + length;
    }
}
