package com.example.lastvalue;

import io.plumtree.handlers.spi.BroadcastHandler;
import io.plumtree.handlers.spi.BroadcastHandlerProvider;

/** Lets a node find the handler. */
public final class LastValueProvider implements BroadcastHandlerProvider {
    @Override
    public String name() {
        return "last-value";
    }

    @Override
    public BroadcastHandler create() {
        return new LastValue();
    }
}
