package io.plumtree.handlers.testkit;

import io.plumtree.api.NodeId;
import io.plumtree.handlers.spi.ExchangeChannel;
import io.plumtree.handlers.spi.ExchangeEnd;
import io.plumtree.handlers.spi.ExchangeTask;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Runs one side's task on a thread of its own, and is what the task talks through. */
final class TaskRunner implements ExchangeChannel {
    private static final long JOIN_TIMEOUT_S = 5;

    private final ExchangeWire wire;
    private final ExchangeSide side;
    private final ExchangeTask task;
    private final Thread thread;

    TaskRunner(final ExchangeWire wire, final ExchangeSide side, final ExchangeTask task) {
        this.wire = wire;
        this.side = side;
        this.task = task;
        thread = new Thread(this::run, "exchange " + side.id() + " at " + side.node().self());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    void ended(final ExchangeEnd end) {
        if (end != ExchangeEnd.COMPLETED) {
            thread.interrupt();
        }
    }

    /** Waits until the task is done, which must be soon as the exchange has ended. */
    void join() {
        try {
            TimeUnit.SECONDS.timedJoin(thread, JOIN_TIMEOUT_S);
        } catch (final InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            throw new AssertionError("the task of " + thread.getName() + " still runs " + JOIN_TIMEOUT_S
                + " s after its exchange has ended as " + side.end()
                + ": it must return when it is interrupted, when receive returns null and when send returns false");
        }
    }

    @Override
    public long id() {
        return side.id();
    }

    @Override
    public NodeId peer() {
        return side.peer();
    }

    @Override
    public boolean isInitiator() {
        return side.isInitiator();
    }

    @Override
    public void again() {
        side.again();
    }

    @Override
    public void unsettled() {
        side.unsettled();
    }

    @Override
    public boolean isNeeded() {
        return side.isNeeded();
    }

    @Override
    public int maxMessageLength() {
        return side.maxMessageLength();
    }

    @Override
    public boolean send(final DirectBuffer buffer, final int offset, final int length) throws InterruptedException {
        synchronized (wire) {
            while (!side.send(buffer, offset, length)) {
                if (!side.isOpen()) {
                    return false;
                }
                wire.wait();
            }
            return true;
        }
    }

    @Override
    public DirectBuffer receive() throws InterruptedException {
        synchronized (wire) {
            byte[] message;
            while ((message = side.poll()) == null) {
                if (!side.isOpen()) {
                    return endOfMessages();
                }
                wire.wait();
            }
            return new UnsafeBuffer(message);
        }
    }

    /** Null if the other side has completed; the interrupt that follows any other end may not have come yet. */
    private DirectBuffer endOfMessages() throws InterruptedException {
        if (side.end() != ExchangeEnd.COMPLETED) {
            throw new InterruptedException("the exchange has ended: " + side.end());
        }
        return null;
    }

    @Override
    public boolean isOpen() {
        return side.isOpen();
    }

    private void run() {
        try {
            task.run(this);
            side.complete();
        } catch (final Throwable ex) {
            side.fail(ex);
        }
    }
}
