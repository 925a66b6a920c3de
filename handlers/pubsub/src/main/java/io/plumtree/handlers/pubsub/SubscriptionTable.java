package io.plumtree.handlers.pubsub;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;

/** All subscriptions at one moment, by topic. Immutable: whoever subscribes or closes makes the next one. */
final class SubscriptionTable {
    static final SubscriptionTable EMPTY = new SubscriptionTable(new Subscription[0]);

    private static final Subscription[] NONE = new Subscription[0];

    private final Subscription[] all;
    private final Subscription[] toAllTopics;
    private final Subscription[] withGapListener;
    private final Topic[] topics;
    private final int orderedCount;
    private final int defaultedCount;

    private SubscriptionTable(final Subscription[] all) {
        this.all = all;
        final Map<String, List<Subscription>> byTopic = new HashMap<>();
        final List<Subscription> withoutTopic = new ArrayList<>();
        final List<Subscription> withGaps = new ArrayList<>();
        int ordered = 0;
        int defaulted = 0;
        for (final Subscription subscription : all) {
            if (subscription.topic() == null) {
                withoutTopic.add(subscription);
            } else {
                byTopic.computeIfAbsent(subscription.topic(), topic -> new ArrayList<>(1)).add(subscription);
            }
            if (subscription.gapListener() != null) {
                withGaps.add(subscription);
            }
            ordered += subscription.order() == DeliveryOrder.ORIGIN ? 1 : 0;
            defaulted += subscription.order() == null ? 1 : 0;
        }
        toAllTopics = withoutTopic.toArray(new Subscription[0]);
        withGapListener = withGaps.toArray(new Subscription[0]);
        orderedCount = ordered;
        defaultedCount = defaulted;
        topics = new Topic[BitUtil.findNextPositivePowerOfTwo(byTopic.size() * 2 + 1)];
        byTopic.forEach(this::put);
    }

    SubscriptionTable with(final Subscription subscription) {
        final Subscription[] next = Arrays.copyOf(all, all.length + 1);
        next[all.length] = subscription;
        return new SubscriptionTable(next);
    }

    /** This table if the subscription is not in it. */
    SubscriptionTable without(final Subscription subscription) {
        for (int i = 0; i < all.length; i++) {
            if (all[i] == subscription) {
                final Subscription[] next = new Subscription[all.length - 1];
                System.arraycopy(all, 0, next, 0, i);
                System.arraycopy(all, i + 1, next, i, next.length - i);
                return new SubscriptionTable(next);
            }
        }
        return this;
    }

    boolean isEmpty() {
        return all.length == 0;
    }

    boolean hasOrdered(final DeliveryOrder defaultOrder) {
        return orderedCount > 0 || defaultedCount > 0 && defaultOrder == DeliveryOrder.ORIGIN;
    }

    Subscription[] toAllTopics() {
        return toAllTopics;
    }

    Subscription[] withGapListener() {
        return withGapListener;
    }

    Subscription[] toTopic(final DirectBuffer buffer, final int offset, final int length) {
        int hash = 0;
        for (int i = 0; i < length; i++) {
            hash = hash * 31 + buffer.getByte(offset + i);
        }
        int position = position(hash);
        Topic topic;
        while ((topic = topics[position]) != null) {
            if (topic.hash == hash && topic.isNamed(buffer, offset, length)) {
                return topic.subscriptions;
            }
            position = position + 1 & topics.length - 1;
        }
        return NONE;
    }

    private void put(final String name, final List<Subscription> subscriptions) {
        final byte[] bytes = name.getBytes(UTF_8);
        final Topic topic = new Topic(bytes, hash(bytes), subscriptions.toArray(new Subscription[0]));
        int position = position(topic.hash);
        while (topics[position] != null) {
            position = position + 1 & topics.length - 1;
        }
        topics[position] = topic;
    }

    private int position(final int hash) {
        return (hash ^ hash >>> 16) & topics.length - 1;
    }

    private static int hash(final byte[] bytes) {
        int hash = 0;
        for (final byte b : bytes) {
            hash = hash * 31 + b;
        }
        return hash;
    }

    private record Topic(byte[] name, int hash, Subscription[] subscriptions) {
        boolean isNamed(final DirectBuffer buffer, final int offset, final int length) {
            if (length != name.length) {
                return false;
            }
            for (int i = 0; i < length; i++) {
                if (buffer.getByte(offset + i) != name[i]) {
                    return false;
                }
            }
            return true;
        }
    }
}
