package io.plumtree.handlers.pubsub;

import io.plumtree.handlers.spi.BroadcastHandler;
import io.plumtree.handlers.testkit.BroadcastHandlerContract;
import java.util.List;
import java.util.Map;

/** What every handler must keep to. */
class PubSubContractTest extends BroadcastHandlerContract {
    @Override
    protected BroadcastHandler createHandler() {
        return new PubSub();
    }

    @Override
    protected Map<String, String> options() {
        return Map.of("exchange.settle", "0", "retained.messages", "4096", "retained.bytes", "256k");
    }

    @Override
    protected byte[] data(final int number) {
        return ExchangeNode.payload(number, 1 + number % 50);
    }

    @Override
    protected List<byte[]> refusedData() {
        return List.of(new byte[0], new byte[] {1}, new byte[] {1, 0}, new byte[] {0, 0, 1}, new byte[] {2, 0, 1});
    }

    @Override
    protected boolean hasExchanges() {
        return true;
    }

    @Override
    protected boolean knowsIncarnations() {
        return true;
    }
}
