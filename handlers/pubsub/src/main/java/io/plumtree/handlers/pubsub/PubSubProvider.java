package io.plumtree.handlers.pubsub;

import io.plumtree.handlers.spi.BroadcastHandler;
import io.plumtree.handlers.spi.BroadcastHandlerProvider;

/** Makes {@link PubSub}. */
public final class PubSubProvider implements BroadcastHandlerProvider {
    /** A provider, as {@link java.util.ServiceLoader} needs it. */
    public PubSubProvider() {
    }

    @Override
    public String name() {
        return PubSub.NAME;
    }

    @Override
    public BroadcastHandler create() {
        return new PubSub();
    }
}
