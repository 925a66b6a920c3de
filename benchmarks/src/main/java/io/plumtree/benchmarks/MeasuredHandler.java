package io.plumtree.benchmarks;

import io.plumtree.handlers.pubsub.MessageListener;
import io.plumtree.handlers.pubsub.PubSub;
import io.plumtree.handlers.spi.BroadcastHandler;

/** A handler with which messages are measured, and how many of them it has taken in. */
final class MeasuredHandler {
    private final String name;
    private final BroadcastHandler handler;
    private long delivered;

    /**
     * A handler that is not started.
     *
     * @param name          {@value CountingHandler#NAME}, or that of {@link PubSub}, with one subscription.
     * @param payloadLength of what it answers grafts with, in bytes.
     */
    MeasuredHandler(final String name, final int payloadLength) {
        this.name = name;
        if (name.equals(PubSub.NAME)) {
            final PubSub pubSub = new PubSub();
            final MessageListener listener =
                (origin, incarnation, sequence, buffer, offset, length) -> delivered++;
            pubSub.subscribe(MessageFrame.TOPIC, listener);
            handler = pubSub;
        } else {
            handler = new CountingHandler(payloadLength);
        }
    }

    String name() {
        return name;
    }

    BroadcastHandler handler() {
        return handler;
    }

    /** Messages of other nodes, and with {@link PubSub} the node's own, too. */
    long delivered() {
        return handler instanceof CountingHandler counting ? counting.merged : delivered;
    }
}
