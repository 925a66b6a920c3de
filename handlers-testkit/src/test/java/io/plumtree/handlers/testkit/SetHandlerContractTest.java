package io.plumtree.handlers.testkit;

import io.plumtree.handlers.spi.BroadcastHandler;
import java.util.List;
import java.util.Map;

/** The contract is one that can be fulfilled. */
class SetHandlerContractTest extends BroadcastHandlerContract {
    @Override
    protected BroadcastHandler createHandler() {
        return new SetHandler();
    }

    @Override
    protected byte[] data(final int number) {
        return ("data " + number).getBytes();
    }

    @Override
    protected List<byte[]> refusedData() {
        return List.of(new byte[0]);
    }

    @Override
    protected boolean hasExchanges() {
        return true;
    }

    @Override
    protected Object visibleState(final BroadcastHandler handler) {
        return Map.copyOf(((SetHandler) handler).payloadById).keySet();
    }
}
