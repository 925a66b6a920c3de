package io.plumtree.engine.view;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.plumtree.api.Member;
import io.plumtree.api.MessageId;
import io.plumtree.api.NodeId;
import io.plumtree.handlers.spi.MalformedMessageException;
import io.plumtree.handlers.spi.Message;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Where things are in an announcement; all little-endian.
 * <pre>
 * id:       0      8             16        24
 *           | node | incarnation | version |
 * payload:  status u8 | name's length u8 | name | endpoint's length u8 | endpoint
 * </pre>
 */
final class AnnouncementLayout {
    static final int ID_LENGTH = 24;
    static final int MAX_ENDPOINT_LENGTH = 254;
    static final int MAX_PAYLOAD_LENGTH = 3 + NodeId.MAX_NAME_LENGTH + MAX_ENDPOINT_LENGTH;
    /** More than any node makes; far enough from the end of a long for arithmetic. */
    static final long MAX_VERSION = 1L << 48;
    /** More than a node makes in a century; it goes above no other. */
    static final long MAX_BELIEVED_VERSION = 1L << 40;
    /** The highest incarnation that a node raises its own to. */
    static final long MAX_INCARNATION = 1L << 48;

    private static final int INCARNATION_OFFSET = 8;
    private static final int VERSION_OFFSET = 16;
    private static final int NAME_OFFSET = 2;

    private AnnouncementLayout() {
    }

    static long node(final MessageId id) {
        return id.buffer().getLong(id.offset(), LITTLE_ENDIAN);
    }

    static long incarnation(final MessageId id) {
        return id.buffer().getLong(id.offset() + INCARNATION_OFFSET, LITTLE_ENDIAN);
    }

    static long version(final MessageId id) {
        return id.buffer().getLong(id.offset() + VERSION_OFFSET, LITTLE_ENDIAN);
    }

    static void encodeId(
        final MutableDirectBuffer buffer,
        final int idOffset,
        final long node,
        final long incarnation,
        final long version) {
        buffer.putLong(idOffset, node, LITTLE_ENDIAN);
        buffer.putLong(idOffset + INCARNATION_OFFSET, incarnation, LITTLE_ENDIAN);
        buffer.putLong(idOffset + VERSION_OFFSET, version, LITTLE_ENDIAN);
    }

    static void encodeIncarnation(
        final MutableDirectBuffer buffer, final int idOffset, final long incarnation) {
        buffer.putLong(idOffset + INCARNATION_OFFSET, incarnation, LITTLE_ENDIAN);
    }

    static int payloadLength(final Member member) {
        return NAME_OFFSET + member.id().name().length() + 1 + member.endpoint().length();
    }

    static void encodePayload(
        final MutableDirectBuffer buffer, final int offset, final Member member, final MemberStatus status) {
        final String name = member.id().name();
        final String endpoint = member.endpoint();
        buffer.putByte(offset, status.code);
        buffer.putByte(offset + 1, (byte) name.length());
        buffer.putStringWithoutLengthAscii(offset + NAME_OFFSET, name);
        final int endpointOffset = offset + NAME_OFFSET + name.length();
        buffer.putByte(endpointOffset, (byte) endpoint.length());
        buffer.putStringWithoutLengthAscii(endpointOffset + 1, endpoint);
    }

    /** Checks an id, alone. */
    static void checkId(final MessageId id) {
        check(id.length() == ID_LENGTH, "member's id must have " + ID_LENGTH + " bytes: ", id.length());
        check(node(id) != 0, "member's value must not be ", 0);
        final long incarnation = incarnation(id);
        check(incarnation > 0, "member's incarnation must be positive: ", incarnation);
        final long version = version(id);
        check(version > 0 && version <= MAX_VERSION, "member's version is out of range: ", version);
    }

    /** The length of a payload with something behind it; it may reach up to the limit. */
    static int payloadLength(final DirectBuffer buffer, final int offset, final int limit) {
        check(limit - offset >= NAME_OFFSET, "member's payload is cut off, bytes: ", limit - offset);
        final int endpointOffset = offset + NAME_OFFSET + (buffer.getByte(offset + 1) & 0xFF);
        check(endpointOffset < limit, "member's payload is cut off, bytes: ", limit - offset);
        final int end = endpointOffset + 1 + (buffer.getByte(endpointOffset) & 0xFF);
        check(end <= limit, "member's payload is cut off, bytes: ", limit - offset);
        return end - offset;
    }

    /** Reads an announcement whose id is checked. */
    static Announcement read(final Message message) {
        final MessageId id = message.id();
        final DirectBuffer buffer = message.buffer();
        final int payloadOffset = message.payloadOffset();
        final int payloadLength = message.payloadLength();
        final int length = payloadLength(buffer, payloadOffset, payloadOffset + payloadLength);
        check(length == payloadLength, "member's payload has bytes too many: ", payloadLength - length);
        final MemberStatus status = MemberStatus.of(buffer.getByte(payloadOffset));
        check(status != null, "member's status is unknown: ", buffer.getByte(payloadOffset));
        return new Announcement(
            member(buffer, payloadOffset + 1, node(id)),
            incarnation(id),
            version(id),
            status);
    }

    private static Member member(final DirectBuffer buffer, final int offset, final long value) {
        final int nameLength = buffer.getByte(offset) & 0xFF;
        final int endpointOffset = offset + 1 + nameLength;
        final int endpointLength = buffer.getByte(endpointOffset) & 0xFF;
        check(endpointLength <= MAX_ENDPOINT_LENGTH, "member's endpoint is too long: ", endpointLength);
        for (int i = 1; i <= endpointLength; i++) {
            final byte character = buffer.getByte(endpointOffset + i);
            check(isEndpointCharacter(character), "member's endpoint has the character ", character);
        }
        final Member member;
        try {
            member = new Member(
                NodeId.of(buffer.getStringWithoutLengthAscii(offset + 1, nameLength)),
                buffer.getStringWithoutLengthAscii(endpointOffset + 1, endpointLength));
        } catch (final IllegalArgumentException ex) {
            throw new MalformedMessageException("member: " + ex.getMessage());
        }
        check(member.id().value() == value, "member's name has not the value ", value);
        check(!member.endpoint().endsWith(":0"), "member's port must not be ", 0);
        return member;
    }

    static boolean isEndpointCharacter(final int character) {
        return character > ' ' && character < 0x7F;
    }

    static void check(final boolean isGood, final String problem, final long value) {
        if (!isGood) {
            throw new MalformedMessageException(problem + value);
        }
    }
}
