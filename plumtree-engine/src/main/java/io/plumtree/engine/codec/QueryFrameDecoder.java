package io.plumtree.engine.codec;

import io.plumtree.api.Exchange;
import io.plumtree.api.ExchangeHandle;
import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.engine.codec.sbe.ExchangesAnswerDecoder;
import io.plumtree.engine.codec.sbe.ExchangesAnswerDecoder.ExchangesDecoder;
import io.plumtree.engine.codec.sbe.MembersAnswerDecoder;
import io.plumtree.engine.codec.sbe.MembersAnswerDecoder.MembersDecoder;
import io.plumtree.engine.codec.sbe.PeersAnswerDecoder;
import io.plumtree.engine.codec.sbe.PeersAnswerDecoder.PeersDecoder;
import io.plumtree.engine.codec.sbe.QueryDecoder;
import io.plumtree.engine.codec.sbe.QueryRefusedDecoder;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks the frames of queries and answers whole before anything is told of them; the part of a
 * {@link FrameDecoder} that does.
 */
final class QueryFrameDecoder {
    private static final int CONNECTED = 1;
    private static final int DISTANT = 2;
    private static final int EAGER = 1;
    private static final int LAZY = 2;

    private final QueryDecoder query = new QueryDecoder();
    private final MembersAnswerDecoder members = new MembersAnswerDecoder();
    private final PeersAnswerDecoder peers = new PeersAnswerDecoder();
    private final ExchangesAnswerDecoder exchanges = new ExchangesAnswerDecoder();
    private final QueryRefusedDecoder refused = new QueryRefusedDecoder();
    private final TextReader reader = new TextReader();
    private final QueryFrameListener listener;
    private Frame frame;

    /** One entry of a group, whose block has been checked to be there; null if the rest is malformed. */
    @FunctionalInterface
    private interface EntryReader<T> {
        T read(int offset);
    }

    QueryFrameDecoder(final QueryFrameListener listener) {
        this.listener = listener;
    }

    DecodeResult decode(final Frame newFrame) {
        if (!listener.accepts(newFrame.cluster(), newFrame.sender())) {
            return DecodeResult.STRANGER;
        }
        frame = newFrame;
        reader.wrap(frame);
        final boolean isWellFormed = switch (frame.templateId()) {
            case QueryDecoder.TEMPLATE_ID -> onQuery();
            case MembersAnswerDecoder.TEMPLATE_ID -> onMembers();
            case PeersAnswerDecoder.TEMPLATE_ID -> onPeers();
            case ExchangesAnswerDecoder.TEMPLATE_ID -> onExchanges();
            default -> onRefused();
        };
        return isWellFormed ? DecodeResult.CONSUMED : DecodeResult.MALFORMED;
    }

    private boolean onQuery() {
        if (!frame.hasBlock(QueryDecoder.BLOCK_LENGTH)) {
            return false;
        }
        query.wrap(frame.buffer(), frame.blockOffset(), frame.blockLength(), frame.version());
        final String replyTo = reader.endpoint();
        if (replyTo == null || !Query.isEndpoint(replyTo) || !isAtEnd() || query.timeoutMs() > Query.MAX_TIMEOUT_MS) {
            return false;
        }
        listener.onQuery(query.sender(), new Query(
            query.correlation(), query.kindRaw(), query.root(), query.timeoutMs(), replyTo));
        return true;
    }

    private boolean onMembers() {
        if (!frame.hasBlock(MembersAnswerDecoder.BLOCK_LENGTH)) {
            return false;
        }
        members.wrap(frame.buffer(), frame.blockOffset(), frame.blockLength(), frame.version());
        final List<MemberState> entries = entries(MembersDecoder.sbeBlockLength(), this::member);
        final AnswerPart<MemberState> part = part(
            members.sender(), members.correlation(), members.part(), members.flags().isLast(), entries);
        if (part == null) {
            return false;
        }
        listener.onMembersAnswer(part);
        return true;
    }

    private MemberState member(final int offset) {
        final byte flags = frame.buffer().getByte(offset + MembersDecoder.memberFlagsEncodingOffset());
        final String name = reader.name();
        final String endpoint = name == null ? null : reader.endpoint();
        if (endpoint == null || !Query.isEndpoint(endpoint)) {
            return null;
        }
        return new MemberState(
            new Member(NodeId.of(name), endpoint), (flags & CONNECTED) != 0, (flags & DISTANT) != 0);
    }

    private boolean onPeers() {
        if (!frame.hasBlock(PeersAnswerDecoder.BLOCK_LENGTH)) {
            return false;
        }
        peers.wrap(frame.buffer(), frame.blockOffset(), frame.blockLength(), frame.version());
        final List<TreePeer> entries = entries(PeersDecoder.sbeBlockLength(), this::peer);
        final AnswerPart<TreePeer> part =
            part(peers.sender(), peers.correlation(), peers.part(), peers.flags().isLast(), entries);
        if (part == null) {
            return false;
        }
        listener.onPeersAnswer(part);
        return true;
    }

    private TreePeer peer(final int offset) {
        final byte flags = frame.buffer().getByte(offset + PeersDecoder.peerFlagsEncodingOffset());
        final String name = reader.name();
        return name == null ? null : new TreePeer(NodeId.of(name), (flags & EAGER) != 0, (flags & LAZY) != 0);
    }

    private boolean onExchanges() {
        if (!frame.hasBlock(ExchangesAnswerDecoder.BLOCK_LENGTH)) {
            return false;
        }
        exchanges.wrap(frame.buffer(), frame.blockOffset(), frame.blockLength(), frame.version());
        final long incarnation = exchanges.incarnation();
        final List<Running> entries = entries(ExchangesDecoder.sbeBlockLength(), this::exchange);
        final AnswerPart<Running> part = part(
            exchanges.sender(), exchanges.correlation(), exchanges.part(), exchanges.flags().isLast(), entries);
        if (part == null || incarnation <= 0) {
            return false;
        }
        listener.onExchangesAnswer(incarnation, new AnswerPart<>(
            part.node(), part.correlation(), part.part(), part.isLast(), named(part.node(), incarnation, entries)));
        return true;
    }

    private Running exchange(final int offset) {
        final long id = frame.buffer().getLong(
            offset + ExchangesDecoder.exchangeIdEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
        final long ageNs = frame.buffer().getLong(
            offset + ExchangesDecoder.ageNsEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
        final String handler = reader.name();
        final String peer = handler == null ? null : reader.name();
        return peer == null || id <= 0 || ageNs < 0 ? null : new Running(id, ageNs, handler, NodeId.of(peer));
    }

    /** An exchange whose initiator, which comes last in the frame, is not known yet. */
    private record Running(long id, long ageNs, String handler, NodeId peer) {
    }

    private static List<Exchange> named(final NodeId initiator, final long incarnation, final List<Running> running) {
        final List<Exchange> named = new ArrayList<>(running.size());
        for (final Running exchange : running) {
            named.add(new Exchange(
                new ExchangeHandle(initiator, incarnation, exchange.id()),
                exchange.handler(),
                exchange.peer(),
                Duration.ofNanos(exchange.ageNs())));
        }
        return named;
    }

    private boolean onRefused() {
        if (!frame.hasBlock(QueryRefusedDecoder.BLOCK_LENGTH) || !isAtEnd()) {
            return false;
        }
        refused.wrap(frame.buffer(), frame.blockOffset(), frame.blockLength(), frame.version());
        listener.onQueryRefused(refused.sender(), refused.correlation(), refused.reasonRaw());
        return true;
    }

    /** Reads a group; null if it is malformed. */
    private <T> List<T> entries(final int knownLength, final EntryReader<T> entry) {
        if (!reader.has(TextReader.GROUP_HEADER_LENGTH)) {
            return null;
        }
        final int entryLength = reader.unsignedShort(0);
        final int count = reader.unsignedShort(2);
        if (!frame.agrees(entryLength, knownLength) || count > AnswerPart.MAX_ENTRIES) {
            return null;
        }
        reader.skip(TextReader.GROUP_HEADER_LENGTH);
        final List<T> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (!reader.has(entryLength)) {
                return null;
            }
            final int offset = reader.position();
            reader.skip(entryLength);
            final T read = entry.read(offset);
            if (read == null) {
                return null;
            }
            entries.add(read);
        }
        return entries;
    }

    /** Reads what comes after the group of an answer; null if anything is malformed. */
    private <T> AnswerPart<T> part(
        final long sender, final long correlation, final int part, final boolean isLast, final List<T> entries) {
        final String name = entries == null ? null : reader.name();
        if (name == null || part > AnswerPart.MAX_PART || !isAtEnd()) {
            return null;
        }
        final NodeId node = NodeId.of(name);
        return node.value() == sender ? new AnswerPart<>(node, correlation, part, isLast, entries) : null;
    }

    private boolean isAtEnd() {
        return frame.endsAt(reader.position());
    }
}
