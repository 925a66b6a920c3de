package io.plumtree.handlers.heartbeat;

import io.plumtree.handlers.spi.BroadcastHandler;
import io.plumtree.handlers.testkit.BroadcastHandlerContract;
import io.plumtree.handlers.testkit.TestMessage;
import io.plumtree.handlers.testkit.TestNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

class HeartbeatContractTest extends BroadcastHandlerContract {
    @Override
    protected BroadcastHandler createHandler() {
        return new Heartbeats();
    }

    @Override
    protected Map<String, String> options() {
        return Map.of("enabled", "true", "interval", "10s", "intervals", "64");
    }

    @Override
    protected byte[] data(final int number) {
        return new byte[] {(byte) number};
    }

    @Override
    protected TestMessage broadcast(final TestNode node, final int number) {
        final int count = node.broadcasts().size();
        node.advance(TimeUnit.SECONDS.toNanos(10));
        return node.broadcasts().size() == count ? null : node.broadcasts().get(count);
    }

    @Override
    protected List<byte[]> refusedData() {
        return List.of(new byte[0], data(1));
    }

    @Override
    protected Object visibleState(final BroadcastHandler handler) {
        return ((Heartbeats) handler).snapshot();
    }

    @Override
    protected boolean knowsIncarnations() {
        return true;
    }
}
