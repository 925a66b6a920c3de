package io.plumtree.handlers.testkit;

import io.plumtree.api.NodeId;
import io.plumtree.handlers.spi.ExchangeEnd;
import io.plumtree.handlers.spi.ExchangeListener;
import io.plumtree.handlers.spi.ExchangeSession;
import io.plumtree.handlers.spi.ExchangeTask;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** One side of an {@link ExchangePair}'s exchange. What tasks may touch is guarded by the wire. */
final class ExchangeSide implements ExchangeSession {
    private static final int MESSAGES_PER_STEP = 4;

    private final Scratch scratch = new Scratch();
    private final Queue<byte[]> inbox = new ArrayDeque<>();
    private final ExchangeWire wire;
    private final TestNode node;
    private final boolean isInitiator;
    private ExchangeSide other;
    private ExchangeListener listener;
    private TaskRunner runner;
    private boolean isStartable;
    private int inboxLength;
    /** The other side has completed: so will this one, when it has taken in what is left. */
    private boolean isCompleting;
    private ExchangeEnd end;
    private boolean isEndReported;
    private volatile boolean wantsAgain;
    private volatile boolean isUnsettled;

    ExchangeSide(final ExchangeWire wire, final TestNode node, final boolean isInitiator) {
        this.wire = wire;
        this.node = node;
        this.isInitiator = isInitiator;
    }

    void other(final ExchangeSide side) {
        other = side;
    }

    void startable(final boolean isAllowed) {
        isStartable = isAllowed;
    }

    boolean isStarted() {
        return listener != null || runner != null;
    }

    TaskRunner runner() {
        return runner;
    }

    TestNode node() {
        return node;
    }

    ExchangeEnd end() {
        synchronized (wire) {
            return end;
        }
    }

    boolean isEndReported() {
        return isEndReported;
    }

    @Override
    public long id() {
        return wire.id;
    }

    @Override
    public NodeId peer() {
        return other.node.self();
    }

    @Override
    public boolean isInitiator() {
        return isInitiator;
    }

    @Override
    public boolean isNeeded() {
        return isInitiator && wire.isNeeded;
    }

    @Override
    public int maxMessageLength() {
        return wire.maxMessageLength;
    }

    @Override
    public void start(final ExchangeListener newListener) {
        Objects.requireNonNull(newListener, "listener");
        checkStartable();
        listener = newListener;
    }

    @Override
    public void start(final ExchangeTask task) {
        Objects.requireNonNull(task, "task");
        checkStartable();
        runner = new TaskRunner(wire, this, task);
    }

    private void checkStartable() {
        if (isStarted()) {
            throw new IllegalStateException("exchange " + wire.id + " was started already");
        }
        if (!isStartable) {
            throw new IllegalStateException(
                "exchange " + wire.id + " can be started in exchange or acceptExchange only");
        }
    }

    @Override
    public boolean send(final DirectBuffer buffer, final int offset, final int length) {
        buffer.boundsCheck(offset, length);
        if (length > wire.maxMessageLength) {
            throw new IllegalArgumentException(
                "message must have at most " + wire.maxMessageLength + " bytes: " + length);
        }
        synchronized (wire) {
            if (end != null || !wire.isAccepted() || !other.hasRoom(length)) {
                return false;
            }
            final byte[] message = new byte[length];
            buffer.getBytes(offset, message);
            // The other side may have ended, which this one does not know yet: then it gets lost.
            if (other.end == null) {
                other.inbox.add(message);
                other.inboxLength += length;
                wire.notifyAll();
            }
            return true;
        }
    }

    /** A message that is longer than the window has to wait until nothing is on its way. */
    private boolean hasRoom(final int length) {
        return inbox.isEmpty() || inboxLength + length <= wire.windowLength;
    }

    @Override
    public void again() {
        wantsAgain = true;
    }

    boolean wantsAgain() {
        return wantsAgain;
    }

    @Override
    public void unsettled() {
        isUnsettled = true;
    }

    boolean isUnsettled() {
        return isUnsettled;
    }

    @Override
    public void complete() {
        synchronized (wire) {
            if (end == null) {
                end(ExchangeEnd.COMPLETED);
                other.isCompleting = true;
            }
        }
    }

    @Override
    public void fail(final Throwable reason) {
        synchronized (wire) {
            if (end == null) {
                node.context().onError(reason);
                end(ExchangeEnd.FAILED);
                other.end(ExchangeEnd.FAILED);
            }
        }
    }

    @Override
    public boolean isOpen() {
        return end() == null;
    }

    /** Ends this side alone, if it has not ended. */
    void end(final ExchangeEnd how) {
        synchronized (wire) {
            if (end == null) {
                end = how;
                inbox.clear();
                inboxLength = 0;
                wire.notifyAll();
            }
        }
    }

    /** The next message, counted as arrived; null if there is none. */
    byte[] poll() {
        synchronized (wire) {
            if (end == null && wire.isLost()) {
                end(ExchangeEnd.LINK_LOST);
                other.end(ExchangeEnd.LINK_LOST);
            }
            final byte[] message = inbox.poll();
            if (message != null) {
                inboxLength -= message.length;
                wire.notifyAll();
                return wire.arrived(message);
            }
            completeIfEmpty();
            return null;
        }
    }

    private void completeIfEmpty() {
        synchronized (wire) {
            if (isCompleting && inbox.isEmpty()) {
                end(ExchangeEnd.COMPLETED);
            }
        }
    }

    /** One duty cycle: what the engine's thread does for this side. */
    int work() {
        int workCount = 0;
        if (listener != null) {
            workCount = receive();
            if (isOpen()) {
                workCount += guarded(() -> listener.doWork(node.nowNs()));
            }
        } else {
            // The task may be busy sending, and not ask for messages.
            completeIfEmpty();
        }
        if (!isEndReported && end() != null) {
            isEndReported = true;
            workCount++;
            reportEnd();
        }
        return workCount;
    }

    private int receive() {
        int count = 0;
        byte[] message;
        while (count < MESSAGES_PER_STEP && (message = poll()) != null) {
            final byte[] bytes = message;
            guarded(() -> {
                final UnsafeBuffer buffer = scratch.place(bytes);
                try {
                    listener.onMessage(buffer, scratch.firstOffset(), bytes.length);
                } finally {
                    scratch.scribble();
                }
                return 1;
            });
            count++;
        }
        return count;
    }

    private void reportEnd() {
        if (listener != null) {
            final ExchangeEnd how = end();
            guarded(() -> {
                listener.onEnd(how);
                return 1;
            });
        } else if (runner != null) {
            runner.ended(end());
        }
    }

    private int guarded(final Step step) {
        final int[] workCount = new int[1];
        try {
            node.call(() -> workCount[0] = step.run());
        } catch (final AssertionError ex) {
            throw ex;
        } catch (final RuntimeException | Error ex) {
            if (isOpen()) {
                fail(ex);
            } else {
                node.context().onError(ex);
            }
        }
        return workCount[0];
    }

    @FunctionalInterface
    private interface Step {
        int run();
    }
}
