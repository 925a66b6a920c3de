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
import org.agrona.DirectBuffer;

/** Checks the frames of queries and answers whole before anything is told of them; part of {@link FrameDecoder}. */
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
    private DirectBuffer buffer;
    private int blockOffset;
    private int blockLength;
    private int limit;
    private int version;

    /** One entry of a group, whose block has been checked to be there; null if the rest is malformed. */
    @FunctionalInterface
    private interface EntryReader<T> {
        T read(int offset);
    }

    /** Whether strangers may send it. */
    static boolean isQuery(final int templateId) {
        return templateId >= QueryDecoder.TEMPLATE_ID && templateId <= QueryRefusedDecoder.TEMPLATE_ID;
    }

    boolean decode(
        final int templateId,
        final DirectBuffer frameBuffer,
        final int frameBlockOffset,
        final int frameBlockLength,
        final int frameLimit,
        final int frameVersion,
        final QueryFrameListener listener) {
        buffer = frameBuffer;
        blockOffset = frameBlockOffset;
        blockLength = frameBlockLength;
        limit = frameLimit;
        version = frameVersion;
        reader.wrap(buffer, blockOffset + blockLength, limit);
        return switch (templateId) {
            case QueryDecoder.TEMPLATE_ID -> onQuery(listener);
            case MembersAnswerDecoder.TEMPLATE_ID -> onMembers(listener);
            case PeersAnswerDecoder.TEMPLATE_ID -> onPeers(listener);
            case ExchangesAnswerDecoder.TEMPLATE_ID -> onExchanges(listener);
            default -> onRefused(listener);
        };
    }

    private boolean onQuery(final QueryFrameListener listener) {
        if (!agrees(blockLength, QueryDecoder.BLOCK_LENGTH)) {
            return false;
        }
        query.wrap(buffer, blockOffset, blockLength, version);
        final String replyTo = reader.endpoint();
        if (replyTo == null || !Query.isEndpoint(replyTo) || !isAtEnd() || query.timeoutMs() > Query.MAX_TIMEOUT_MS) {
            return false;
        }
        listener.onQuery(query.sender(), new Query(
            query.correlation(), query.kindRaw(), query.root(), query.timeoutMs(), replyTo));
        return true;
    }

    private boolean onMembers(final QueryFrameListener listener) {
        if (!agrees(blockLength, MembersAnswerDecoder.BLOCK_LENGTH)) {
            return false;
        }
        members.wrap(buffer, blockOffset, blockLength, version);
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
        final byte flags = buffer.getByte(offset + MembersDecoder.memberFlagsEncodingOffset());
        final String name = reader.name();
        final String endpoint = name == null ? null : reader.endpoint();
        if (endpoint == null || !Query.isEndpoint(endpoint)) {
            return null;
        }
        return new MemberState(
            new Member(NodeId.of(name), endpoint), (flags & CONNECTED) != 0, (flags & DISTANT) != 0);
    }

    private boolean onPeers(final QueryFrameListener listener) {
        if (!agrees(blockLength, PeersAnswerDecoder.BLOCK_LENGTH)) {
            return false;
        }
        peers.wrap(buffer, blockOffset, blockLength, version);
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
        final byte flags = buffer.getByte(offset + PeersDecoder.peerFlagsEncodingOffset());
        final String name = reader.name();
        return name == null ? null : new TreePeer(NodeId.of(name), (flags & EAGER) != 0, (flags & LAZY) != 0);
    }

    private boolean onExchanges(final QueryFrameListener listener) {
        if (!agrees(blockLength, ExchangesAnswerDecoder.BLOCK_LENGTH)) {
            return false;
        }
        exchanges.wrap(buffer, blockOffset, blockLength, version);
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
        final long id = buffer.getLong(
            offset + ExchangesDecoder.exchangeIdEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
        final long ageNs = buffer.getLong(offset + ExchangesDecoder.ageNsEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
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

    private boolean onRefused(final QueryFrameListener listener) {
        if (!agrees(blockLength, QueryRefusedDecoder.BLOCK_LENGTH) || !isAtEnd()) {
            return false;
        }
        refused.wrap(buffer, blockOffset, blockLength, version);
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
        if (!agrees(entryLength, knownLength) || count > AnswerPart.MAX_ENTRIES) {
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
        return agrees(limit, reader.position());
    }

    private boolean agrees(final int actual, final int known) {
        return Compatibility.agrees(version, actual, known);
    }
}
