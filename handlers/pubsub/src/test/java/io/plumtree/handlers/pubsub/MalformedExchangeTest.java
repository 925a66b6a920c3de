package io.plumtree.handlers.pubsub;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.handlers.spi.ExchangeEnd;
import io.plumtree.handlers.spi.MalformedMessageException;
import io.plumtree.handlers.testkit.ExchangeOutcome;
import java.util.Arrays;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MalformedExchangeTest {
    private static final long MAX = MessageLayout.MAX_SEQUENCE;

    private final FakeContext context = new FakeContext();
    private final PubSub pubSub = new PubSub();
    private final FakeSession session = new FakeSession();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[200_000]);
    private int length;

    @ParameterizedTest
    @CsvSource({
        "0, 1, 1, 1",
        "1, 0, 1, 1",
        "1, -1, 1, 1",
        "1, 281474976710657, 1, 1",
        "1, 1, 0, 1",
        "1, 1, -5, 1",
        "1, 1, 2, 1",
        "1, 1, 1, 9223372036854775807",
        "1, 1, 4, 4",
    })
    void shouldLeaveOutOfADigestWhatCannotBe(
        final long origin, final long incarnation, final long from, final long to) {
        start();
        digest(false);
        stream(1, 1, 1);
        run(4, 9);
        send();
        digest(true);
        stream(origin, incarnation, 1);
        run(from, to);
        stream(2, 1, 1);
        run(3, 3);
        send();
        done();
        send();
        assertEquals(1, malformed());
    }

    @Test
    void shouldTakeFromADigestAboutItselfOnlyWhatItHasPublished() {
        start();
        pubSub.publish("t", new byte[1]);
        digest(true);
        stream(context.self().value(), FakeContext.INCARNATION, 2);
        run(1, 2);
        run(1_000, 1_000);
        send();
        assertEquals(1, malformed());
        done();
        send();
        assertEquals(1, malformed());
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "2", "2147483647"})
    void shouldRefuseADigestWithoutRoomForItsRuns(final int runs) {
        start();
        digest(true);
        stream(1, 1, runs);
        run(1, 1);
        assertRefused("no room for the runs that it announces: " + runs);
    }

    @Test
    void shouldRefuseADigestThatEndsAmidst() {
        start();
        digest(true);
        stream(1, 1, 1);
        run(1, 1);
        length++;
        assertRefused("digest ends in a stream, bytes: 1");
    }

    @Test
    void shouldLeaveOutOfADigestTooManyIncarnations() {
        start();
        digest(true);
        for (int incarnation = 1; incarnation <= 9; incarnation++) {
            stream(1, incarnation, 1);
            run(1, 1);
        }
        send();
        assertEquals(1, malformed());
    }

    @Test
    void shouldRefuseWhatIsOutOfTurn() {
        start();
        done();
        assertRefused("before the end of the digest, of type 5");
        digest(true);
        send();
        digest(true);
        assertRefused("goes on after its end");
        message(ExchangeLayout.BODY);
        assertRefused("body without head, of type 4");
        head(1, 1, 1, 0);
        send();
        done();
        assertRefused("head without body, or body without head, of type 5");
    }

    @Test
    void shouldRefuseWhatComesAfterTheLast() {
        start();
        digest(true);
        send();
        done();
        send();
        done();
        assertRefused("after the last one, of type 5");
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 1, 0", "1, 0, 1, 0", "1, 281474976710657, 1, 0", "1, 1, 0, 0", "1, 1, 1, -1"})
    void shouldLeaveOutAMessageWhoseIdCannotBe(
        final long origin, final long incarnation, final long sequence, final int ageMs) {
        startMessages();
        head(origin, incarnation, sequence, ageMs);
        send();
        body();
        send();
        assertEquals(1, malformed());
        entry(origin, incarnation, sequence, ageMs, 3);
        more(1, 1, 7, 0, 3);
        send();
        assertEquals(2, malformed());
        assertEquals(1, context.counters.get("received").get(), "the one behind it");
    }

    @Test
    void shouldLeaveOutAMessageWhosePayloadCannotBe() {
        startMessages();
        entry(1, 1, 1, 0, 2);
        length--;
        more(1, 1, 7, 0, 3);
        send();
        assertEquals(1, malformed());
        assertEquals(1, context.counters.get("received").get(), "the one behind it");
    }

    @ParameterizedTest
    @CsvSource({"-1", "4", "2147483647"})
    void shouldAskAgainForWhatIsBehindALengthThatCannotBe(final int payloadLength) {
        startMessages();
        entry(1, 1, 7, 0, 3);
        more(1, 1, 1, 0, payloadLength);
        send();
        assertEquals(1, malformed());
        assertEquals(1, context.counters.get("received").get(), "the one before it");
        done();
        send();
        assertTrue(session.isUnsettled);
    }

    @Test
    void shouldLeaveOutMessagesOfItsOwnThatWereNeverPublished() {
        startMessages();
        entry(context.self().value(), FakeContext.INCARNATION, 1, 0, 3);
        more(1, 1, 7, 0, 3);
        send();
        assertEquals(1, malformed());
        assertEquals(1, context.counters.get("received").get(), "the one behind it");
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 2, unknown version 0", "2, 1, 2, unknown version 2", "1, 0, 2, unknown type 0",
        "1, 6, 2, unknown type 6", "1, -1, 2, unknown type -1", "1, 1, 2, 'no flags, its length is 2'",
        "1, 1, 1, 'no version and type, its length is 1'", "1, 1, 0, 'no version and type, its length is 0'"})
    void shouldRefuseAMessage(final int version, final int type, final int messageLength, final String message) {
        start();
        buffer.putByte(0, (byte) version);
        buffer.putByte(1, (byte) type);
        length = messageLength;
        assertRefused(message);
    }

    @Test
    void shouldTakeTheGreatestSequences() {
        start();
        digest(true);
        stream(1, MessageLayout.MAX_INCARNATION, 2);
        run(1, MAX - 2);
        run(MAX, MAX);
        send();
        entry(1, MessageLayout.MAX_INCARNATION, MAX, Integer.MAX_VALUE, 3);
        send();
        assertEquals(1, context.counters.get("exchange-messages-received").get());
    }

    @Test
    void shouldKeepOfADigestNoMoreThanItsBounds() {
        final PubSubCounters counters = new PubSubCounters(context);
        final MessageStore store = new MessageStore(
            PubSubOptions.read(context),
            counters,
            new Subscriptions(),
            (streamOrigin, incarnation, from, to, bornNs, sinceNs) -> false,
            context,
            0);
        final PeerDigest digest = new PeerDigest(store, counters, 4);
        int origin = 1;
        for (int i = 0; i < 100; i++) {
            digest(false);
            for (int j = 0; j < 100; j++) {
                stream(origin++, 1, 5);
                for (int run = 0; run < 5; run++) {
                    run(1 + run * 3, 1 + run * 3);
                }
            }
            digest.onMessage(buffer, 0, length);
        }
        assertEquals(17, digest.streamCount());
        assertTrue(digest.lacks(1, 1, 2));
        assertFalse(digest.lacks(18, 1, 2), "it is not known what was seen of these");
        assertFalse(digest.lacks(100_000, 1, 2));
        long sequence = 1;
        digest(false);
        stream(1, 1, 1);
        run(sequence, sequence);
        digest.onMessage(buffer, 0, length);
        for (int i = 0; i < 100; i++) {
            digest(false);
            stream(1, 1, 1_000);
            for (int run = 0; run < 1_000; run++) {
                sequence += 2;
                run(sequence, sequence);
            }
            digest.onMessage(buffer, 0, length);
        }
        assertTrue(digest.lacks(1, 1, 2) && digest.lacks(1, 1, 2 * 60_000));
        assertFalse(digest.lacks(1, 1, 2 * 66_000), "holes beyond the bound count as seen");
        assertTrue(digest.lacks(1, 1, sequence + 1));
    }

    @Test
    void shouldSurviveAnyBytes() {
        final long seed = 20_261_122;
        final Random random = new Random(seed);
        int failed = 0;
        for (int i = 0; i < 500; i++) {
            final ExchangeNode a = new ExchangeNode("a", "retained.bytes", "256k", "retained.messages", "500");
            final ExchangeNode b = new ExchangeNode("b", "retained.bytes", "256k", "retained.messages", "500");
            a.withOrdered().merge(1, 20).merge(30, 40);
            b.withOrdered().merge(15, 35);
            ExchangeNode.advanceMs(3_000, a, b);
            final ExchangeOutcome outcome =
                a.with(b).timeoutNs(100_000_000).tamper(random.nextInt(6), bytes -> tampered(bytes, random)).run();
            final String name = "seed " + seed + ", exchange " + i + ": " + outcome;
            failed += outcome.initiatorEnd() == ExchangeEnd.FAILED ? 1 : 0;
            a.node.errors().forEach(error -> assertInstanceOf(MalformedMessageException.class, error, name));
            b.node.errors().forEach(error -> assertInstanceOf(MalformedMessageException.class, error, name));
            assertTrue(a.exchangeWith(b).isCompleted() && b.exchangeWith(a).isCompleted(), name);
        }
        assertTrue(failed > 100, failed + " failed");
    }

    private static byte[] tampered(final byte[] bytes, final Random random) {
        final byte[] result = switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 50));
            case 1 -> new byte[random.nextInt(200)];
            default -> bytes.clone();
        };
        for (int i = 1 + random.nextInt(4); i > 0 && result.length > 0; i--) {
            final int value = random.nextBoolean() ? random.nextInt() : random.nextInt(6);
            result[random.nextInt(result.length)] = (byte) value;
        }
        if (random.nextBoolean() && result.length > 2) {
            result[0] = 1;
        }
        return result;
    }

    private void start() {
        context.handler = pubSub;
        pubSub.onStart(context);
        pubSub.doWork(0);
        pubSub.acceptExchange(session.peer(), session);
    }

    private void startMessages() {
        start();
        digest(true);
        send();
    }

    private long malformed() {
        return context.counters.get("exchange-malformed").get();
    }

    private void message(final byte type) {
        ExchangeLayout.encodeType(buffer, 0, type);
        length = ExchangeLayout.TYPE_LENGTH;
    }

    private void digest(final boolean isLast) {
        ExchangeLayout.encodeFlags(buffer, 0, ExchangeLayout.DIGEST, isLast);
        length = ExchangeLayout.FLAGS_LENGTH;
    }

    private void done() {
        ExchangeLayout.encodeFlags(buffer, 0, ExchangeLayout.DONE, false);
        length = ExchangeLayout.FLAGS_LENGTH;
    }

    private void stream(final long origin, final long incarnation, final int runs) {
        buffer.putLong(length, origin, LITTLE_ENDIAN);
        buffer.putLong(length + 8, incarnation, LITTLE_ENDIAN);
        buffer.putInt(length + 16, runs, LITTLE_ENDIAN);
        length += ExchangeLayout.STREAM_LENGTH;
    }

    private void run(final long from, final long to) {
        ExchangeLayout.encodeRun(buffer, length, from, to);
        length += ExchangeLayout.RUN_LENGTH;
    }

    private void head(final long origin, final long incarnation, final long sequence, final int ageMs) {
        message(ExchangeLayout.HEAD);
        id(origin, incarnation, sequence, ageMs);
    }

    private void body() {
        message(ExchangeLayout.BODY);
        buffer.putShort(length, (short) 1, LITTLE_ENDIAN);
        length += 3;
    }

    private void entry(
        final long origin, final long incarnation, final long sequence, final int ageMs, final int payloadLength) {
        message(ExchangeLayout.MESSAGES);
        more(origin, incarnation, sequence, ageMs, payloadLength);
    }

    private void more(
        final long origin, final long incarnation, final long sequence, final int ageMs, final int payloadLength) {
        id(origin, incarnation, sequence, ageMs);
        buffer.putInt(length, payloadLength, LITTLE_ENDIAN);
        length += 4;
        buffer.putShort(length, (short) 1, LITTLE_ENDIAN);
        length += 3;
    }

    private void id(final long origin, final long incarnation, final long sequence, final int ageMs) {
        MessageLayout.encodeId(buffer, length, origin, incarnation, sequence);
        ExchangeLayout.encodeAge(buffer, length, ageMs);
        length += ExchangeLayout.AGE_OFFSET + 4;
    }

    private void send() {
        session.listener.onMessage(buffer, 0, length);
    }

    private void assertRefused(final String message) {
        final MalformedMessageException e = assertThrows(MalformedMessageException.class, this::send);
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }
}
