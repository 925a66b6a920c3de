package io.plumtree.handlers.heartbeat;

import io.plumtree.handlers.spi.BroadcastHandler;
import io.plumtree.handlers.spi.BroadcastHandlerProvider;

/** Makes {@link Heartbeats}. */
public final class HeartbeatProvider implements BroadcastHandlerProvider {
    /** A provider, as {@link java.util.ServiceLoader} needs it. */
    public HeartbeatProvider() {
    }

    @Override
    public String name() {
        return Heartbeats.NAME;
    }

    @Override
    public BroadcastHandler create() {
        return new Heartbeats();
    }
}
