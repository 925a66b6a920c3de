package io.plumtree.handlers.pubsub;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.plumtree.api.MessageId;
import io.plumtree.handlers.spi.GraftPayload;
import io.plumtree.handlers.spi.GraftResult;
import io.plumtree.handlers.spi.Message;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/** A started handler, and a peer that sends it messages of any origin. */
final class Fixture {
    static final long ORIGIN = 77;
    static final long INCARNATION = 5;
    static final String TOPIC = "weather";
    private static final long TICK_MS = 100;

    final FakeContext context = new FakeContext();
    final PubSub pubSub = new PubSub();
    /** In the middle of a buffer, so that a forgotten offset shows. */
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[FakeContext.MAX_MESSAGE_LENGTH]);
    final int idOffset = 40;
    final int payloadOffset = idOffset + MessageLayout.ID_LENGTH + 5;
    private final Message message = new Message();
    private final MessageId id = new MessageId();
    long nowNs = context.startNs;

    /** Starts with options: key, value, key, value ... */
    Fixture(final String... options) {
        for (int i = 0; i < options.length; i += 2) {
            context.options.put(options[i], options[i + 1]);
        }
        context.handler = pubSub;
        pubSub.onStart(context);
        pubSub.doWork(nowNs);
    }

    boolean merge(final long sequence) {
        return merge(ORIGIN, INCARNATION, sequence, TOPIC, "message " + sequence);
    }

    boolean merge(
        final long origin, final long incarnation, final long sequence, final String topic, final String data) {
        final byte[] topicBytes = topic.getBytes(UTF_8);
        final byte[] dataBytes = data.getBytes(UTF_8);
        id(origin, incarnation, sequence);
        MessageLayout.encodeTopic(buffer, payloadOffset, topicBytes);
        buffer.putBytes(payloadOffset + MessageLayout.TOPIC_OFFSET + topicBytes.length, dataBytes);
        return pubSub.merge(message(
            MessageLayout.ID_LENGTH, MessageLayout.TOPIC_OFFSET + topicBytes.length + dataBytes.length));
    }

    boolean isStale(final long sequence) {
        return isStale(ORIGIN, INCARNATION, sequence);
    }

    boolean isStale(final long origin, final long incarnation, final long sequence) {
        id(origin, incarnation, sequence);
        return pubSub.isStale(id(MessageLayout.ID_LENGTH));
    }

    /** Topic and data with a colon between; null if the message is unknown. */
    String graft(final long sequence) {
        return graft(ORIGIN, INCARNATION, sequence);
    }

    String graft(final long origin, final long incarnation, final long sequence) {
        final GraftPayload payload = new GraftPayload();
        id(origin, incarnation, sequence);
        final GraftResult result = pubSub.graft(id(MessageLayout.ID_LENGTH), payload);
        if (result == GraftResult.UNKNOWN) {
            return null;
        }
        final int topicLength = MessageLayout.topicLength(payload.buffer(), payload.offset());
        final int topicOffset = payload.offset() + MessageLayout.TOPIC_OFFSET;
        final int dataLength = payload.length() - MessageLayout.TOPIC_OFFSET - topicLength;
        return payload.buffer().getStringWithoutLengthUtf8(topicOffset, topicLength) + ":"
            + payload.buffer().getStringWithoutLengthUtf8(topicOffset + topicLength, dataLength);
    }

    Message message(final int idLength, final int payloadLength) {
        return message.wrap(buffer, idOffset, idLength, payloadOffset, payloadLength);
    }

    MessageId id(final int idLength) {
        return id.wrap(buffer, idOffset, idLength);
    }

    void id(final long origin, final long incarnation, final long sequence) {
        MessageLayout.encodeId(buffer, idOffset, origin, incarnation, sequence);
    }

    /** Lets time pass, with housekeeping every 100 ms and at its end. */
    void advanceMs(final long ms) {
        for (long left = ms; left > 0; left -= TICK_MS) {
            stallMs(Math.min(left, TICK_MS));
        }
    }

    /** The node stands still for a time, and goes on. */
    void stallMs(final long ms) {
        nowNs += TimeUnit.MILLISECONDS.toNanos(ms);
        pubSub.doWork(nowNs);
    }

    long counter(final String label) {
        return context.counters.get(label).get();
    }
}
