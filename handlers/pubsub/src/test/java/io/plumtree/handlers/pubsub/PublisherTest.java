package io.plumtree.handlers.pubsub;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.BroadcastResult;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublisherTest {
    private final Fixture fixture = new Fixture();
    private final FakeContext context = fixture.context;

    @Test
    void shouldLayTheMessageOutAsDocumented() {
        final UnsafeBuffer data = new UnsafeBuffer("xxhelloxx".getBytes(UTF_8));
        assertTrue(fixture.pubSub.publisher("tøp").publish(data, 2, 5) > 0);
        assertEquals(context.self().value(), context.buffer.getLong(0, LITTLE_ENDIAN));
        assertEquals(FakeContext.INCARNATION, context.buffer.getLong(8, LITTLE_ENDIAN));
        assertEquals(1, context.buffer.getLong(16, LITTLE_ENDIAN));
        assertEquals(4, context.buffer.getShort(24, LITTLE_ENDIAN));
        assertEquals("tøphello", context.buffer.getStringWithoutLengthUtf8(26, 9));
        assertEquals(11, context.payloadLength);
    }

    @Test
    void shouldNumberMessagesFrom1OverAllTopicsAndDeliverThemHere() {
        final List<String> received = new ArrayList<>();
        for (final DeliveryOrder order : DeliveryOrder.values()) {
            fixture.pubSub.subscribeAll(
                order,
                (origin, incarnation, sequence, buffer, topicOffset, topicLength, offset, length) ->
                    received.add(order + " " + sequence + " "
                        + buffer.getStringWithoutLengthUtf8(topicOffset, topicLength) + " " + length),
                null);
        }
        fixture.pubSub.publisher("a").publish(new byte[3]);
        fixture.pubSub.publish("b", new byte[0]);
        assertEquals(List.of("NONE 1 a 3", "ORIGIN 1 a 3", "NONE 2 b 0", "ORIGIN 2 b 0"), received);
        assertEquals(2, fixture.counter("published"));
    }

    @ParameterizedTest
    @ValueSource(longs = {BroadcastResult.BACK_PRESSURED, BroadcastResult.CLOSED})
    void shouldReturnTheCodeOfAClaimThatFails(final long code) {
        context.claimResult = code;
        final Publisher publisher = fixture.pubSub.publisher("a");
        assertEquals(code, publisher.publish(new byte[3]));
        assertEquals(code, publisher.publish(new UnsafeBuffer(new byte[3]), 0, 3));
        context.claimResult = 0;
        assertTrue(publisher.publish(new byte[3]) > 0);
        assertEquals(1, fixture.counter("published"));
    }

    @Test
    void shouldRefuseWhatIsTooLong() {
        final Publisher publisher = fixture.pubSub.publisher("a");
        final int maxLength = FakeContext.MAX_MESSAGE_LENGTH - MessageLayout.ID_LENGTH - 3;
        assertEquals(BroadcastResult.PAYLOAD_TOO_LONG, publisher.publish(new byte[maxLength + 1]));
        assertTrue(publisher.publish(new byte[maxLength]) > 0);
    }

    @Test
    void shouldClaimNothingWhenTheRangeIsOutsideTheBuffer() {
        final Publisher publisher = fixture.pubSub.publisher("a");
        final UnsafeBuffer data = new UnsafeBuffer(new byte[10]);
        assertThrows(IndexOutOfBoundsException.class, () -> publisher.publish(data, 5, 6));
        assertThrows(IndexOutOfBoundsException.class, () -> publisher.publish(data, 0, -1));
        assertEquals(0, context.commitCount);
        assertTrue(publisher.publish(data, 5, 5) > 0);
    }

    @Test
    void shouldNotPublishBeforeTheNodeStarts() {
        assertThrows(IllegalStateException.class, () -> new PubSub().publisher("a"));
    }

    @Test
    void shouldMakeAMessageOfEncodedData() {
        final List<String> received = new ArrayList<>();
        fixture.pubSub.subscribe("topic", (origin, incarnation, sequence, buffer, offset, length) ->
            received.add(sequence + " " + buffer.getStringWithoutLengthUtf8(offset, length)));
        final UnsafeBuffer data = new UnsafeBuffer("..\5\0topichello..".getBytes(UTF_8));
        final FakeContext.Claim claim = (FakeContext.Claim) context.newClaim();
        fixture.pubSub.broadcastData(data, 2, 12, claim);
        assertTrue(claim.isOpen(), "the engine commits");
        claim.commit();
        assertEquals(List.of("1 hello"), received);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\5", "\0\0", "\0\0data", "\5\0topi", "\1\1topi"})
    void shouldClaimNothingForMalformedData(final String text) {
        final UnsafeBuffer data = new UnsafeBuffer(text.getBytes(UTF_8));
        final FakeContext.Claim claim = (FakeContext.Claim) context.newClaim();
        fixture.pubSub.broadcastData(data, 0, data.capacity(), claim);
        assertFalse(claim.isOpen());
    }

    @Test
    void shouldClaimNothingForATopicThatIsTooLong() {
        final UnsafeBuffer data = new UnsafeBuffer(new byte[2_000]);
        MessageLayout.encodeTopic(data, 0, new byte[1_025]);
        final FakeContext.Claim claim = (FakeContext.Claim) context.newClaim();
        fixture.pubSub.broadcastData(data, 0, data.capacity(), claim);
        assertFalse(claim.isOpen());
    }
}
