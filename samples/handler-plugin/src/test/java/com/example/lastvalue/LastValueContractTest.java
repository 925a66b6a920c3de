package com.example.lastvalue;

import io.plumtree.handlers.spi.BroadcastHandler;
import io.plumtree.handlers.testkit.BroadcastHandlerContract;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What every handler must keep to; the tests are inherited. */
class LastValueContractTest extends BroadcastHandlerContract {
    @Override
    protected BroadcastHandler createHandler() {
        return new LastValue();
    }

    @Override
    protected byte[] data(final int number) {
        return ("key-" + number + "=value " + number).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    protected List<byte[]> refusedData() {
        return List.of("no key".getBytes(StandardCharsets.UTF_8), "=no key".getBytes(StandardCharsets.UTF_8));
    }
}
