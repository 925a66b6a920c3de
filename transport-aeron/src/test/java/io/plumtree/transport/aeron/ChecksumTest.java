package io.plumtree.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.protocol.DataHeaderFlyweight;
import io.aeron.protocol.HeaderFlyweight;
import io.plumtree.api.transport.Link;
import io.plumtree.api.transport.SendResult;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A bit that flips on the way, and is not noticed by UDP. */
class ChecksumTest {
    private static final int FRAMES = 500;
    private static final int LENGTH = 100;

    private final DatagramChecksum checksum = new DatagramChecksum();
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(256);
    private final UnsafeBuffer datagram = new UnsafeBuffer(bytes);

    private enum Order {
        LITTLE(ByteOrder.LITTLE_ENDIAN), BIG(ByteOrder.BIG_ENDIAN);

        private final ByteOrder order;

        Order(final ByteOrder order) {
            this.order = order;
        }
    }

    @AfterEach
    void shouldLeaveNoDirectory() {
        Directories.assertNoneLeft();
    }

    @ParameterizedTest
    @EnumSource
    void shouldSeeEveryBitThatIsFlippedInOneDatagram(final Order order) {
        bytes.order(order.order);
        fill(HeaderFlyweight.HDR_TYPE_DATA);
        write();
        assertTrue(checksum.isIntact(datagram, LENGTH));
        for (int bit = 0; bit < LENGTH * Byte.SIZE; bit++) {
            flip(bit);
            // A flipped mark is a datagram without a checksum, and else as it was sent.
            final boolean isOfMark = bit / Byte.SIZE >= DataHeaderFlyweight.RESERVED_VALUE_OFFSET + Integer.BYTES
                && bit / Byte.SIZE < DataHeaderFlyweight.HEADER_LENGTH;
            assertEquals(isOfMark, checksum.isIntact(datagram, LENGTH), "bit " + bit);
            flip(bit);
        }
        assertTrue(checksum.isIntact(datagram, LENGTH));
        assertFalse(checksum.isIntact(datagram, LENGTH - 1));
    }

    @Test
    void shouldLeaveABufferAsItWasButForTheValue() {
        fill(HeaderFlyweight.HDR_TYPE_PAD);
        bytes.limit(200).position(50);
        datagram.putByte(50 + HeaderFlyweight.TYPE_FIELD_OFFSET, (byte) HeaderFlyweight.HDR_TYPE_DATA);
        final byte[] before = new byte[256];
        datagram.getBytes(0, before);
        checksum.write(bytes);
        assertEquals(50, bytes.position());
        assertEquals(200, bytes.limit());
        final byte[] after = new byte[256];
        datagram.getBytes(0, after);
        System.arraycopy(before, 74, after, 74, Long.BYTES);
        assertArrayEquals(before, after);
    }

    @ParameterizedTest
    @ValueSource(ints = {HeaderFlyweight.HDR_TYPE_SETUP, HeaderFlyweight.HDR_TYPE_SM, HeaderFlyweight.HDR_TYPE_NAK})
    void shouldWriteNothingIntoWhatHasNoPlaceForIt(final int type) {
        fill(type);
        final byte[] before = new byte[256];
        datagram.getBytes(0, before);
        write();
        final byte[] after = new byte[256];
        datagram.getBytes(0, after);
        assertArrayEquals(before, after);
    }

    @Test
    void shouldTakeWhatHasNoChecksumAsItIs() {
        fill(HeaderFlyweight.HDR_TYPE_DATA);
        datagram.putLong(DataHeaderFlyweight.RESERVED_VALUE_OFFSET, 0);
        assertTrue(checksum.isIntact(datagram, LENGTH));
    }

    @Test
    void shouldLoseNothingAndTakeInNothingWrongWhenBitsFlip() {
        assertEquals(0, wrongOrMissing(true));
    }

    /** That the bits which are flipped do harm otherwise. */
    @Test
    void shouldTakeInWhatIsWrongWithoutAChecksum() {
        assertTrue(wrongOrMissing(false) > 0);
    }

    /** How many of the frames did not come as they had been sent; some that may not come at all are not waited for. */
    private static int wrongOrMissing(final boolean isChecked) {
        final AeronTransportOptions options = new AeronTransportOptions().closeTimeoutNs(0).checksum(isChecked);
        try (TestNode sender = TestNode.launch("127.0.0.1:0", options);
            TestNode receiver = TestNode.launch("127.0.0.1:0", options);
            FlippingRelay relay = new FlippingRelay(receiver, 42)) {
            final Link link = sender.transport.connect(relay.endpoint());
            receiver.handler = (session, buffer, offset, length) -> {
                session.confirm();
                final byte[] frame = new byte[length];
                buffer.getBytes(offset, frame);
                receiver.received.add(frame);
                return true;
            };
            for (int i = 0; i < FRAMES; i++) {
                final byte[] frame = frame(i);
                TestNode.await("frame " + i + " sent", () -> {
                    relay.pump();
                    return TestNode.send(link, frame) == SendResult.ACCEPTED;
                }, sender, receiver);
            }
            TestNode.await(isChecked ? "all frames" : "a frame that is wrong, or all of them", () -> {
                relay.pump();
                return receiver.received.size() >= FRAMES || !isChecked && wrong(receiver) > 0;
            }, sender, receiver);
            assertTrue(relay.flipped > 0);
            if (isChecked) {
                assertTrue(receiver.counter(TransportCounter.DATAGRAMS_CORRUPT) > 0);
                assertEquals(FRAMES, receiver.received.size());
            }
            return wrong(receiver);
        }
    }

    private static int wrong(final TestNode receiver) {
        int wrong = 0;
        for (int i = 0; i < receiver.received.size(); i++) {
            wrong += Arrays.equals(frame(i), receiver.received.get(i)) ? 0 : 1;
        }
        return wrong;
    }

    private static byte[] frame(final int number) {
        final byte[] frame = new byte[LENGTH + number];
        new SplittableRandom(number).nextBytes(frame);
        return frame;
    }

    private void fill(final int type) {
        final SplittableRandom random = new SplittableRandom(17);
        for (int i = 0; i < bytes.capacity(); i++) {
            datagram.putByte(i, (byte) random.nextInt());
        }
        datagram.putByte(HeaderFlyweight.TYPE_FIELD_OFFSET, (byte) type);
    }

    private void write() {
        bytes.limit(LENGTH).position(0);
        checksum.write(bytes);
        bytes.clear();
    }

    private void flip(final int bit) {
        final int at = bit / Byte.SIZE;
        datagram.putByte(at, (byte) (datagram.getByte(at) ^ 1 << bit % Byte.SIZE));
    }
}
