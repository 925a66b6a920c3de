package com.example.lastvalue;

import io.plumtree.handlers.spi.BroadcastHandler;
import io.plumtree.handlers.testkit.BroadcastHandlerContract;
import java.nio.charset.StandardCharsets;

/** The same where all values are of one key, so that a newer one subsumes the older ones. */
class LastValueOfOneKeyContractTest extends BroadcastHandlerContract {
    @Override
    protected BroadcastHandler createHandler() {
        return new LastValue();
    }

    @Override
    protected byte[] data(final int number) {
        return ("key=value " + number).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    protected boolean isSubsuming() {
        return true;
    }
}
