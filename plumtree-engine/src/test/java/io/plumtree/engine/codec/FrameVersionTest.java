package io.plumtree.engine.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumtree.api.NodeId;
import io.plumtree.protocol.ControlMessage;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** A newer version has longer blocks, longer entries, and more at the end. */
class FrameVersionTest {
    private static final NodeId SELF = NodeId.of("a");
    private static final int HEADER_LENGTH = 8;
    private static final int VERSION_OFFSET = 6;
    private static final int ADDED_LENGTH = 5;

    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[1024]);
    private final UnsafeBuffer id = new UnsafeBuffer("identity".getBytes(StandardCharsets.US_ASCII));
    private final GossipFrameEncoder encoder = new GossipFrameEncoder(11, SELF.value());
    private final LinkFrameEncoder linkEncoder = new LinkFrameEncoder(11, SELF.value());
    private int length;

    @Test
    void shouldUnderstandANewerHeartbeatAndGoodbye() {
        length = linkEncoder.heartbeat(frame, 0, 7);
        assertUnderstoodWhenNewer();
        length = linkEncoder.goodbye(frame, 0, 7);
        assertUnderstoodWhenNewer();
    }

    @Test
    void shouldUnderstandANewerQuench() {
        length = encoder.quench(frame, 0, 1, 2);
        assertUnderstoodWhenNewer();
    }

    @Test
    void shouldUnderstandANewerGossip() {
        length = encoder.graftedHead(frame, 0, Keys.key(1, 2, 3, id, 0, 8), 3, 20) + 20;
        assertUnderstoodWhenNewer();
    }

    @Test
    void shouldUnderstandANewerPrune() {
        length = encoder.prune(frame, 0, Keys.key(1, 2, 3, id, 0, 8), 3);
        assertUnderstoodWhenNewer();
    }

    @Test
    void shouldUnderstandANewerGreetingWithLongerEntries() {
        length = linkEncoder.greeting(frame, 0, new Greeting(SELF, 1, true, "host:1", List.of("kv", "pubsub")));
        assertUnderstoodWhenNewer(HEADER_LENGTH + 41, 3);
    }

    @Test
    void shouldUnderstandANewerGreetingWithLongerSettings() {
        length = linkEncoder.greeting(frame, 0, new Greeting(
            SELF, 1, true, "host:1", List.of(), new TreeMap<>(Map.of("a.setting", "17", "b.setting", "18")),
            new Challenge(19, 20, false)));
        assertUnderstoodWhenNewer(HEADER_LENGTH + 41 + 4, 1 + 9 + 1 + 2);
    }

    @Test
    void shouldUnderstandANewerBatchWithLongerEntries() {
        final FrameBatch batch = new FrameBatch(ControlMessage.I_HAVE, 11, SELF.value(), 200);
        batch.append(Keys.key(1, 2, 3, id, 0, 2), 3);
        batch.append(Keys.key(4, 5, 6, id, 0, 8), 6);
        length = batch.length();
        frame.putBytes(0, batch.buffer(), 0, length);
        assertUnderstoodWhenNewer(HEADER_LENGTH + 16, 4);
    }

    /** For a group of two, whose first entry's var data is so long, its prefix included. */
    private void assertUnderstoodWhenNewer(final int groupOffset, final int firstDataLength) {
        final List<String> expected = decode(DecodeResult.CONSUMED);
        final int entryLength = frame.getShort(groupOffset, ByteOrder.LITTLE_ENDIAN);
        final int firstEnd = groupOffset + 4 + entryLength;
        insert(firstEnd + firstDataLength + entryLength);
        insert(firstEnd);
        frame.putShort(groupOffset, (short) (entryLength + ADDED_LENGTH), ByteOrder.LITTLE_ENDIAN);
        decode(DecodeResult.MALFORMED);
        newer();
        assertEquals(expected, decode(DecodeResult.CONSUMED));
        assertUnderstoodWhenNewer();
    }

    private void assertUnderstoodWhenNewer() {
        final List<String> expected = decode(DecodeResult.CONSUMED);
        newer();
        length += ADDED_LENGTH;
        assertEquals(expected, decode(DecodeResult.CONSUMED), "more at the end");

        final int blockLength = frame.getShort(0, ByteOrder.LITTLE_ENDIAN);
        insert(HEADER_LENGTH + blockLength);
        frame.putShort(0, (short) (blockLength + ADDED_LENGTH), ByteOrder.LITTLE_ENDIAN);
        assertEquals(expected, decode(DecodeResult.CONSUMED), "a longer block");

        frame.putShort(0, (short) (blockLength - 1), ByteOrder.LITTLE_ENDIAN);
        decode(DecodeResult.MALFORMED);
    }

    private void insert(final int offset) {
        final byte[] tail = new byte[length - offset];
        frame.getBytes(offset, tail);
        frame.setMemory(offset, ADDED_LENGTH, (byte) 0xEE);
        frame.putBytes(offset + ADDED_LENGTH, tail);
        length += ADDED_LENGTH;
    }

    private void newer() {
        frame.putShort(VERSION_OFFSET, (short) 1, ByteOrder.LITTLE_ENDIAN);
    }

    private List<String> decode(final DecodeResult expected) {
        final RecordingListener listener = new RecordingListener();
        assertEquals(expected, listener.decoder().decode(frame, 0, length));
        return new ArrayList<>(listener.events);
    }
}
