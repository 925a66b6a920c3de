package io.plumtree.engine.codec;

import io.plumtree.engine.codec.sbe.GreetingDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/** Reads the groups and texts after a block one by one, checking each length against the frame before it is used. */
final class TextReader {
    /** Bytes of a group's dimensions. */
    static final int GROUP_HEADER_LENGTH = 4;
    private static final int PREFIX_LENGTH = GreetingDecoder.nodeNameHeaderLength();

    private DirectBuffer buffer;
    /** What is still to be read starts here. */
    private int position;
    /** End of the frame. */
    private int limit;

    /** Starts behind a frame's block. */
    void wrap(final Frame frame) {
        buffer = frame.buffer();
        position = frame.blockEnd();
        limit = frame.limit();
    }

    int position() {
        return position;
    }

    /** Whether there are so many bytes more. */
    boolean has(final int length) {
        return limit - position >= length;
    }

    void skip(final int length) {
        position += length;
    }

    /** An unsigned number of two bytes, so far from here; it must be there. */
    int unsignedShort(final int offset) {
        return buffer.getShort(position + offset, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    /** A name as of a node or a handler; null if there is none. */
    String name() {
        final int length = textLength();
        if (length < 0 || !NameHash.isName(buffer, position + PREFIX_LENGTH, length)) {
            return null;
        }
        return text(length);
    }

    /** Printable ASCII characters without spaces, or none at all; null if it is something else. */
    String endpoint() {
        return printable(Greeting.MAX_ENDPOINT_LENGTH);
    }

    /** As an endpoint: a setting's name or value. */
    String setting() {
        return printable(Greeting.MAX_SETTING_LENGTH);
    }

    private String printable(final int maxLength) {
        final int length = textLength();
        if (length < 0 || length > maxLength) {
            return null;
        }
        for (int i = 0; i < length; i++) {
            if (!Greeting.isEndpointCharacter(buffer.getByte(position + PREFIX_LENGTH + i))) {
                return null;
            }
        }
        return text(length);
    }

    /** The length of the text that starts here; negative if the text does not end within the frame. */
    private int textLength() {
        if (!has(PREFIX_LENGTH)) {
            return -1;
        }
        final int length = buffer.getByte(position) & 0xFF;
        return length <= limit - position - PREFIX_LENGTH ? length : -1;
    }

    private String text(final int length) {
        final String text = buffer.getStringWithoutLengthAscii(position + PREFIX_LENGTH, length);
        position += PREFIX_LENGTH + length;
        return text;
    }
}
