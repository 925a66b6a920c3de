package io.plumtree.engine.view;

import io.plumtree.engine.options.FullViewOptions;
import io.plumtree.handlers.spi.BroadcastHandler;
import io.plumtree.handlers.testkit.BroadcastHandlerContract;
import io.plumtree.handlers.testkit.TestMessage;
import io.plumtree.handlers.testkit.TestNode;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What every handler must keep to. */
class FullViewContractTest extends BroadcastHandlerContract {
    private static final long PERIOD_NS = TimeUnit.SECONDS.toNanos(1);

    @Override
    protected BroadcastHandler createHandler() {
        final FullViewOptions options = new FullViewOptions()
            .refreshPeriodNs(PERIOD_NS)
            .expiryNs(TimeUnit.HOURS.toNanos(1))
            .tombstoneTimeNs(TimeUnit.HOURS.toNanos(1));
        return new FullView(options, () -> "localhost:7100", (joined, left) -> { }, 0);
    }

    @Override
    protected byte[] data(final int number) {
        return new byte[] {(byte) number};
    }

    @Override
    protected TestMessage broadcast(final TestNode node, final int number) {
        final int count = node.broadcasts().size();
        ((FullView) node.handler()).announce();
        node.advance(PERIOD_NS);
        return node.broadcasts().size() == count ? null : node.broadcasts().get(count);
    }

    @Override
    protected List<byte[]> refusedData() {
        return List.of(new byte[0], data(1));
    }

    @Override
    protected boolean hasExchanges() {
        return true;
    }

    @Override
    protected boolean isSubsuming() {
        return true;
    }

    @Override
    protected Object visibleState(final BroadcastHandler handler) {
        return ((FullView) handler).details();
    }

    @Override
    protected boolean knowsIncarnations() {
        return true;
    }
}
