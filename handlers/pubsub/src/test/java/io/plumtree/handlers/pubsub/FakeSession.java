package io.plumtree.handlers.pubsub;

import io.plumtree.api.NodeId;
import io.plumtree.handlers.spi.ExchangeListener;
import io.plumtree.handlers.spi.ExchangeSession;
import io.plumtree.handlers.spi.ExchangeTask;
import org.agrona.DirectBuffer;

/** An exchange of which a test is the other side. */
final class FakeSession implements ExchangeSession {
    ExchangeListener listener;
    boolean isUnsettled;

    @Override
    public long id() {
        return 1;
    }

    @Override
    public NodeId peer() {
        return NodeId.of("peer");
    }

    @Override
    public boolean isInitiator() {
        return false;
    }

    @Override
    public boolean isNeeded() {
        return false;
    }

    @Override
    public int maxMessageLength() {
        return FakeContext.MAX_MESSAGE_LENGTH;
    }

    @Override
    public void start(final ExchangeListener newListener) {
        listener = newListener;
    }

    @Override
    public void start(final ExchangeTask task) {
        throw new UnsupportedOperationException("task");
    }

    @Override
    public boolean send(final DirectBuffer buffer, final int offset, final int length) {
        return true;
    }

    @Override
    public void again() {
        throw new UnsupportedOperationException("again");
    }

    @Override
    public void unsettled() {
        isUnsettled = true;
    }

    @Override
    public void complete() {
        throw new UnsupportedOperationException("complete");
    }

    @Override
    public void fail(final Throwable reason) {
        throw new UnsupportedOperationException("fail");
    }

    @Override
    public boolean isOpen() {
        return true;
    }
}
