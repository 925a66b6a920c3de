package io.plumtree.handlers.pubsub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.handlers.spi.GraftPayload;
import io.plumtree.handlers.spi.MalformedMessageException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MalformedMessageTest {
    private final Fixture fixture = new Fixture("order", "origin");

    @ParameterizedTest
    @CsvSource({
        "0, 1, 1, 24, origin 0",
        "1, 0, 1, 24, incarnation of 1 to 281474976710656: 0",
        "1, -1, 1, 24, incarnation of 1 to 281474976710656: -1",
        "1, 1, 0, 24, 9223372036854775806: 0",
        "1, 1, -7, 24, 9223372036854775806: -7",
        "1, 1, 9223372036854775807, 24, 9223372036854775806: 9223372036854775807",
        "1, 1, 1, 23, 24 bytes: 23",
        "1, 1, 1, 25, 24 bytes: 25",
        "1, 1, 1, 0, 24 bytes: 0",
    })
    void shouldRefuseAnId(
        final long origin, final long incarnation, final long sequence, final int idLength, final String message) {
        fixture.id(origin, incarnation, sequence);
        MessageLayout.encodeTopic(fixture.buffer, fixture.payloadOffset, new byte[] {'t'});
        final GraftPayload payload = new GraftPayload();
        assertRefused(message, () -> fixture.pubSub.isStale(fixture.id(idLength)));
        assertRefused(message, () -> fixture.pubSub.graft(fixture.id(idLength), payload));
        assertRefused(message, () -> merge(idLength, 3));
        assertNull(payload.buffer());
        assertEquals(0, fixture.counter("received"));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0 bytes",
        "1, 1, 1 bytes",
        "1, 2, '2 bytes, topic of 1'",
        "0, 2, '2 bytes, topic of 0'",
        "0, 10, '10 bytes, topic of 0'",
        "9, 10, '10 bytes, topic of 9'",
        "65535, 100, '100 bytes, topic of 65535'",
    })
    void shouldRefuseAPayload(final int topicLength, final int payloadLength, final String message) {
        fixture.id(Fixture.ORIGIN, Fixture.INCARNATION, 1);
        fixture.buffer.putShort(fixture.payloadOffset, (short) topicLength);
        assertRefused(message, () -> merge(MessageLayout.ID_LENGTH, payloadLength));
        assertEquals(false, fixture.isStale(1), "nothing has changed");
        assertNull(fixture.graft(1));
    }

    @Test
    void shouldTakeTheGreatestSequence() {
        assertTrue(fixture.merge(MessageLayout.MAX_SEQUENCE));
        assertEquals("weather:message " + MessageLayout.MAX_SEQUENCE, fixture.graft(MessageLayout.MAX_SEQUENCE));
    }

    @Test
    void shouldSurviveRandomBytes() {
        final long seed = 20_261_122;
        final Random random = new Random(seed);
        final StringBuilder delivered = new StringBuilder();
        final Subscription subscription = fixture.pubSub.subscribeAll(
            (origin, incarnation, sequence, buffer, topicOffset, topicLength, offset, length) -> {
                buffer.boundsCheck(topicOffset, topicLength);
                buffer.boundsCheck(offset, length);
                delivered.append('.');
            });
        final GraftPayload payload = new GraftPayload();
        final byte[] bytes = new byte[128];
        int refused = 0;
        int merged = 0;
        for (int i = 0; i < 100_000; i++) {
            random.nextBytes(bytes);
            fixture.buffer.putBytes(fixture.idOffset, bytes, 0, MessageLayout.ID_LENGTH);
            if (random.nextInt(4) != 0) {
                // Within what a clock can say.
                fixture.buffer.putShort(fixture.idOffset + 14, (short) 0);
            }
            fixture.buffer.putBytes(fixture.payloadOffset, bytes, MessageLayout.ID_LENGTH, 100);
            if (random.nextInt(4) != 0) {
                fixture.buffer.putShort(fixture.payloadOffset, (short) random.nextInt(70));
            }
            final int idLength = random.nextInt(4) == 0 ? random.nextInt(64) : MessageLayout.ID_LENGTH;
            final int payloadLength = random.nextInt(100);
            final long before = received();
            try {
                if (merge(idLength, payloadLength)) {
                    merged++;
                }
            } catch (final MalformedMessageException e) {
                refused++;
                assertEquals(before, received(), "seed " + seed + ", step " + i);
            }
            try {
                fixture.pubSub.isStale(fixture.id(idLength));
                fixture.pubSub.graft(fixture.id(idLength), payload);
            } catch (final MalformedMessageException e) {
                assertEquals(before, received(), "seed " + seed + ", step " + i);
            }
            if (i % 100 == 0) {
                fixture.advanceMs(300);
            }
        }
        subscription.close();
        assertTrue(refused > 10_000 && merged > 1_000, refused + " refused, " + merged + " merged");
        assertEquals(merged, fixture.counter("received"));
        assertTrue(fixture.context.errors.isEmpty(), () -> fixture.context.errors.get(0).toString());
        assertTrue(delivered.length() > merged / 2);
    }

    private long received() {
        return fixture.counter("received") + fixture.counter("duplicates") + fixture.counter("superseded");
    }

    private boolean merge(final int idLength, final int payloadLength) {
        return fixture.pubSub.merge(fixture.message(idLength, payloadLength));
    }

    private static void assertRefused(final String message, final Runnable call) {
        final MalformedMessageException e = assertThrows(MalformedMessageException.class, call::run);
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }
}
