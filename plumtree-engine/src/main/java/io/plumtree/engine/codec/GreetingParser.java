package io.plumtree.engine.codec;

import io.plumtree.api.NodeId;
import io.plumtree.engine.codec.sbe.GreetingDecoder;
import io.plumtree.engine.codec.sbe.GreetingDecoder.HandlersDecoder;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** Makes a {@link Greeting} of a frame, checking each length before it is used. */
final class GreetingParser {
    private static final int TEXT_PREFIX_LENGTH = GreetingDecoder.nodeNameHeaderLength();

    private final GreetingDecoder greeting = new GreetingDecoder();
    private DirectBuffer buffer;
    /** What is still to be parsed starts here. */
    private int position;
    /** End of the frame. */
    private int limit;

    /**
     * Parses a Greeting whose block lies within the frame.
     *
     * @param frameBuffer holds the frame.
     * @param blockOffset where the block starts.
     * @param blockLength its length in bytes.
     * @param frameLimit  end of the frame.
     * @param version     the frame's version.
     * @return the greeting; null if it is malformed.
     */
    Greeting parse(
        final DirectBuffer frameBuffer,
        final int blockOffset,
        final int blockLength,
        final int frameLimit,
        final int version) {
        if (!Compatibility.agrees(version, blockLength, GreetingDecoder.BLOCK_LENGTH)) {
            return null;
        }
        buffer = frameBuffer;
        position = blockOffset + blockLength;
        limit = frameLimit;
        greeting.wrap(buffer, blockOffset, blockLength, version);

        final List<String> handlers = handlers(version);
        if (handlers == null || greeting.incarnation() <= 0) {
            return null;
        }
        final NodeId sender = nodeName();
        final String endpoint = endpoint();
        if (sender == null || endpoint == null || !Compatibility.agrees(version, limit, position)) {
            return null;
        }
        return new Greeting(sender, greeting.incarnation(), greeting.flags().wantsReply(), endpoint, handlers);
    }

    private List<String> handlers(final int version) {
        if (limit - position < HandlersDecoder.HEADER_SIZE) {
            return null;
        }
        final int entryLength = buffer.getShort(position, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        final int count = buffer.getShort(position + 2, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        if (!Compatibility.agrees(version, entryLength, HandlersDecoder.sbeBlockLength()) ||
            count > Greeting.MAX_HANDLERS) {
            return null;
        }
        position += HandlersDecoder.HEADER_SIZE;
        final List<String> handlers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            if (limit - position < entryLength) {
                return null;
            }
            final int hash = buffer.getInt(
                position + HandlersDecoder.nameHashEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
            position += entryLength;
            final String handler = name();
            if (handler == null || NameHash.ofHandler(handler) != hash) {
                return null;
            }
            handlers.add(handler);
        }
        return handlers;
    }

    private NodeId nodeName() {
        final String name = name();
        if (name == null) {
            return null;
        }
        final NodeId nodeId = NodeId.of(name);
        return nodeId.value() == greeting.sender() ? nodeId : null;
    }

    private String name() {
        final int length = textLength();
        if (length < 0 || !NameHash.isName(buffer, position + TEXT_PREFIX_LENGTH, length)) {
            return null;
        }
        return text(length);
    }

    private String endpoint() {
        final int length = textLength();
        if (length < 0 || length > Greeting.MAX_ENDPOINT_LENGTH) {
            return null;
        }
        for (int i = 0; i < length; i++) {
            if (!Greeting.isEndpointCharacter(buffer.getByte(position + TEXT_PREFIX_LENGTH + i))) {
                return null;
            }
        }
        return text(length);
    }

    /** The length of the text that starts here; negative if the text does not end within the frame. */
    private int textLength() {
        if (limit - position < TEXT_PREFIX_LENGTH) {
            return -1;
        }
        final int length = buffer.getByte(position) & 0xFF;
        return length <= limit - position - TEXT_PREFIX_LENGTH ? length : -1;
    }

    private String text(final int length) {
        final String text = buffer.getStringWithoutLengthAscii(position + TEXT_PREFIX_LENGTH, length);
        position += TEXT_PREFIX_LENGTH + length;
        return text;
    }
}
