package io.plumtree.handlers.pubsub;

import org.agrona.DirectBuffer;

/** A listener's place at a topic, or at all topics, until it is closed. */
public final class Subscription implements AutoCloseable {
    private final Subscriptions subscriptions;
    private final String topic;
    private final DeliveryOrder order;
    private final MessageListener messageListener;
    private final TopicListener topicListener;
    private final GapListener gapListener;
    private volatile boolean isClosed;

    Subscription(
        final Subscriptions subscriptions,
        final String topic,
        final DeliveryOrder order,
        final MessageListener messageListener,
        final TopicListener topicListener,
        final GapListener gapListener) {
        this.subscriptions = subscriptions;
        this.topic = topic;
        this.order = order;
        this.messageListener = messageListener;
        this.topicListener = topicListener;
        this.gapListener = gapListener;
    }

    /**
     * The topic.
     *
     * @return its name; null for all topics.
     */
    public String topic() {
        return topic;
    }

    /**
     * Whether it was closed.
     *
     * @return true if it was.
     */
    public boolean isClosed() {
        return isClosed;
    }

    /**
     * Ends it. Any thread, the listener's included; more than once does no harm. A call of the listener that runs
     * already comes to its end; none follows.
     */
    @Override
    public void close() {
        isClosed = true;
        subscriptions.remove(this);
    }

    /** Null if the handler's order applies. */
    DeliveryOrder order() {
        return order;
    }

    GapListener gapListener() {
        return gapListener;
    }

    void onMessage(
        final long origin,
        final long incarnation,
        final long sequence,
        final DirectBuffer buffer,
        final int topicOffset,
        final int topicLength,
        final int offset,
        final int length) {
        if (messageListener != null) {
            messageListener.onMessage(origin, incarnation, sequence, buffer, offset, length);
        } else {
            topicListener.onMessage(
                origin, incarnation, sequence, buffer, topicOffset, topicLength, offset, length);
        }
    }
}
