package io.plumtree.handlers.pubsub;

import io.plumtree.handlers.spi.HandlerContext;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.DirectBuffer;

/** Who gets what. Subscribing and closing is for any thread; all the rest for the engine's. */
final class Subscriptions {
    private final AtomicReference<SubscriptionTable> table = new AtomicReference<>(SubscriptionTable.EMPTY);
    private DeliveryOrder defaultOrder = DeliveryOrder.NONE;
    private PubSubCounters counters;
    private HandlerContext context;

    void start(final DeliveryOrder order, final PubSubCounters pubSubCounters, final HandlerContext handlerContext) {
        defaultOrder = order;
        counters = pubSubCounters;
        context = handlerContext;
    }

    Subscription add(final Subscription subscription) {
        SubscriptionTable current;
        do {
            current = table.get();
        } while (!table.compareAndSet(current, current.with(subscription)));
        return subscription;
    }

    void remove(final Subscription subscription) {
        SubscriptionTable current;
        SubscriptionTable next;
        do {
            current = table.get();
            next = current.without(subscription);
        } while (next != current && !table.compareAndSet(current, next));
    }

    boolean hasOrdered() {
        return table.get().hasOrdered(defaultOrder);
    }

    /** Delivers to the subscriptions that have this order. */
    void deliver(
        final DeliveryOrder order,
        final long origin,
        final long incarnation,
        final long sequence,
        final DirectBuffer buffer,
        final int payloadOffset,
        final int payloadLength) {
        final SubscriptionTable current = table.get();
        if (current.isEmpty()) {
            return;
        }
        final int topicOffset = payloadOffset + MessageLayout.TOPIC_OFFSET;
        final int topicLength = MessageLayout.topicLength(buffer, payloadOffset);
        final int offset = topicOffset + topicLength;
        final int length = payloadOffset + payloadLength - offset;
        for (final Subscription subscription : current.toTopic(buffer, topicOffset, topicLength)) {
            if (isOf(order, subscription)) {
                deliver(
                    subscription, origin, incarnation, sequence, buffer, topicOffset, topicLength, offset, length);
            }
        }
        for (final Subscription subscription : current.toAllTopics()) {
            if (isOf(order, subscription)) {
                deliver(
                    subscription, origin, incarnation, sequence, buffer, topicOffset, topicLength, offset, length);
            }
        }
    }

    /** Tells ordered subscriptions what they go on without. */
    void gap(final long origin, final long incarnation, final long fromSequence, final long toSequence) {
        for (final Subscription subscription : table.get().withGapListener()) {
            if (isOf(DeliveryOrder.ORIGIN, subscription)) {
                try {
                    subscription.gapListener().onGap(origin, incarnation, fromSequence, toSequence);
                } catch (final Throwable t) {
                    onListenerError(t);
                }
            }
        }
    }

    private void deliver(
        final Subscription subscription,
        final long origin,
        final long incarnation,
        final long sequence,
        final DirectBuffer buffer,
        final int topicOffset,
        final int topicLength,
        final int offset,
        final int length) {
        counters.delivered.incrementRelease();
        try {
            subscription.onMessage(
                origin, incarnation, sequence, buffer, topicOffset, topicLength, offset, length);
        } catch (final Throwable t) {
            onListenerError(t);
        }
    }

    private boolean isOf(final DeliveryOrder order, final Subscription subscription) {
        final DeliveryOrder chosen = subscription.order();
        return (chosen == null ? defaultOrder : chosen) == order && !subscription.isClosed();
    }

    private void onListenerError(final Throwable error) {
        counters.listenerErrors.incrementRelease();
        context.onError(error);
    }
}
