package io.plumtree.handlers.pubsub;

import io.plumtree.api.NodeId;
import io.plumtree.handlers.spi.GraftResult;
import io.plumtree.handlers.testkit.ExchangeOutcome;
import io.plumtree.handlers.testkit.ExchangePair;
import io.plumtree.handlers.testkit.TestMessage;
import io.plumtree.handlers.testkit.TestNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/** A node in memory that notes what its subscribers get. */
final class ExchangeNode {
    static final long ORIGIN = 77;
    static final long INCARNATION = 5;
    private static final long TICK_MS = 100;

    final PubSub pubSub = new PubSub();
    final TestNode node;
    /** Origin, incarnation and sequence of what unordered subscribers got. */
    final List<String> unordered = new ArrayList<>();
    /** Sequences, and gaps, of {@link #ORIGIN} alone. */
    final List<String> ordered = new ArrayList<>();

    /** A started node, with options: key, value, key, value ... */
    ExchangeNode(final String name, final String... options) {
        final Map<String, String> optionByKey = new HashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            optionByKey.put(options[i], options[i + 1]);
        }
        node = new TestNode(NodeId.of(name), INCARNATION, pubSub, optionByKey);
        pubSub.subscribeAll(
            DeliveryOrder.NONE,
            (origin, incarnation, sequence, buffer, topicOffset, topicLength, offset, length) ->
                unordered.add(key(origin, incarnation, sequence)),
            null);
        node.advance(0);
    }

    ExchangeNode withOrdered() {
        pubSub.subscribeAll(
            DeliveryOrder.ORIGIN,
            (origin, incarnation, sequence, buffer, topicOffset, topicLength, offset, length) -> {
                if (origin == ORIGIN) {
                    ordered.add(String.valueOf(sequence));
                }
            },
            (origin, incarnation, from, to) -> {
                if (origin == ORIGIN) {
                    ordered.add("gap " + from + "-" + to);
                }
            });
        return this;
    }

    long id() {
        return node.self().value();
    }

    void publish(final int count) {
        for (int i = 0; i < count; i++) {
            pubSub.publish("t", new byte[10]);
        }
    }

    /** Sequences of {@link #ORIGIN}, both ends included. */
    ExchangeNode merge(final long from, final long to) {
        for (long sequence = from; sequence <= to; sequence++) {
            merge(ORIGIN, INCARNATION, sequence, 10);
        }
        return this;
    }

    boolean merge(final long origin, final long incarnation, final long sequence, final int dataLength) {
        return node.merge(new TestMessage(id(origin, incarnation, sequence), payload(sequence, dataLength)));
    }

    /** Whether the message is retained, as it was made by {@link #merge}. */
    boolean retains(final long origin, final long incarnation, final long sequence) {
        return node.graft(id(origin, incarnation, sequence)) == GraftResult.PAYLOAD;
    }

    boolean retains(final long sequence) {
        return retains(ORIGIN, INCARNATION, sequence);
    }

    boolean isStale(final long origin, final long incarnation, final long sequence) {
        return node.isStale(id(origin, incarnation, sequence));
    }

    int retainedCount() {
        int count = 0;
        for (long sequence = 1; sequence <= 20_000; sequence++) {
            count += retains(sequence) ? 1 : 0;
        }
        return count;
    }

    long counter(final String label) {
        return node.counter(label);
    }

    /** Lets time pass, with housekeeping every 100 ms and at its end. */
    static void advanceMs(final long ms, final ExchangeNode... nodes) {
        for (final ExchangeNode each : nodes) {
            for (long left = ms; left > 0; left -= TICK_MS) {
                each.node.advance(TimeUnit.MILLISECONDS.toNanos(Math.min(left, TICK_MS)));
            }
        }
    }

    ExchangePair with(final ExchangeNode other) {
        return new ExchangePair(node, other.node);
    }

    ExchangeOutcome exchangeWith(final ExchangeNode other) {
        return with(other).run();
    }

    static String key(final long origin, final long incarnation, final long sequence) {
        return origin + "/" + incarnation + "/" + sequence;
    }

    static byte[] id(final long origin, final long incarnation, final long sequence) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[MessageLayout.ID_LENGTH]);
        MessageLayout.encodeId(buffer, 0, origin, incarnation, sequence);
        return buffer.byteArray();
    }

    static byte[] payload(final long sequence, final int dataLength) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[3 + dataLength]);
        buffer.setMemory(3, dataLength, (byte) sequence);
        MessageLayout.encodeTopic(buffer, 0, new byte[] {'t'});
        return buffer.byteArray();
    }
}
