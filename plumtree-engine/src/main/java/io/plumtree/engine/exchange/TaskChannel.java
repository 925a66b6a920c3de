package io.plumtree.engine.exchange;

import io.plumtree.api.NodeId;
import io.plumtree.handlers.spi.ExchangeChannel;
import io.plumtree.handlers.spi.ExchangeEnd;
import io.plumtree.handlers.spi.ExchangeTask;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.ManyToOneConcurrentLinkedQueue;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What lies between the engine's thread and that of a task: a queue each way, bounded in bytes (inwards by the credit
 * that the peer has, outwards by the same window), and how far each side has come with them. The task's thread parks;
 * the engine's never waits.
 *
 * <p>Each position has one writer. The engine writes one and then looks whether the task waits; the task says that it
 * waits and then looks at the positions; all of them are volatile, so one of the two sees the other.
 */
final class TaskChannel implements ExchangeChannel, Runnable {
    private static final int DRAIN_LIMIT = 32;

    private final ManyToOneConcurrentLinkedQueue<UnsafeBuffer> inbound = new ManyToOneConcurrentLinkedQueue<>();
    private final ManyToOneConcurrentLinkedQueue<UnsafeBuffer> outbound = new ManyToOneConcurrentLinkedQueue<>();
    private final RunningExchange session;
    private final ExchangeTask task;
    private final long outboundLimit;
    /** Written by the engine. */
    private volatile long arrivedPosition;
    private volatile long sentPosition;
    private volatile ExchangeEnd end;
    /** Written by the task. */
    private volatile long takenPosition;
    private volatile long queuedPosition;
    private volatile boolean isWaiting;
    private volatile boolean isDone;
    /** Written before {@link #isDone}. */
    private Throwable failure;
    /** The engine's alone. */
    private Thread thread;
    private UnsafeBuffer unsent;

    TaskChannel(final RunningExchange session, final ExchangeTask task, final long outboundLimit) {
        this.session = session;
        this.task = task;
        this.outboundLimit = outboundLimit;
    }

    // ---- the engine's side

    void startThread(final String name) {
        thread = new Thread(this, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Whether there is a thread that has not come to its end. */
    boolean isAlive() {
        return thread != null && !isDone;
    }

    /** Whether the task has come to its end; what it had sent may be here still. */
    boolean isDone() {
        return isDone;
    }

    /** What the task threw; null if it returned. Where it {@link #isDone}. */
    Throwable failure() {
        return failure;
    }

    /** Bytes of messages that the task has taken, with what each counts for besides. */
    long takenPosition() {
        return takenPosition;
    }

    void onMessage(final DirectBuffer buffer, final int offset, final int length) {
        inbound.offer(copy(buffer, offset, length));
        arrivedPosition += RunningExchange.cost(length);
        wake();
    }

    /** Sends what waits, as far as there is room. */
    int drain(final Exchanges exchanges) {
        int count = 0;
        while (count < DRAIN_LIMIT) {
            if (unsent == null) {
                unsent = outbound.poll();
            }
            if (unsent == null || !exchanges.sendMessage(session, unsent, 0, unsent.capacity())) {
                break;
            }
            sentPosition += RunningExchange.cost(unsent.capacity());
            unsent = null;
            count++;
        }
        if (count > 0) {
            wake();
        }
        return count;
    }

    /** Whether all that the task has sent so far has gone. */
    boolean isDrained() {
        return sentPosition == queuedPosition;
    }

    /** The exchange has ended. */
    void onEnd(final ExchangeEnd exchangeEnd) {
        end = exchangeEnd;
        if (thread != null) {
            if (exchangeEnd == ExchangeEnd.COMPLETED) {
                wake();
            } else {
                thread.interrupt();
            }
        }
    }

    private void wake() {
        if (isWaiting) {
            LockSupport.unpark(thread);
        }
    }

    // ---- the task's side

    @Override
    public void run() {
        try {
            task.run(this);
        } catch (final VirtualMachineError ex) {
            failure = new IllegalStateException("its thread ended with " + ex, ex);
        } catch (final Throwable ex) {
            failure = ex;
        } finally {
            isDone = true;
        }
    }

    @Override
    public long id() {
        return session.id;
    }

    @Override
    public NodeId peer() {
        return session.peerId;
    }

    @Override
    public boolean isInitiator() {
        return session.isInitiator;
    }

    @Override
    public boolean isNeeded() {
        return session.isNeeded();
    }

    @Override
    public int maxMessageLength() {
        return session.maxMessageLength();
    }

    @Override
    public boolean send(final DirectBuffer buffer, final int offset, final int length) throws InterruptedException {
        session.checkLength(length);
        buffer.boundsCheck(offset, length);
        final long cost = RunningExchange.cost(length);
        while (true) {
            checkInterrupt();
            if (end != null) {
                return false;
            }
            if (hasRoom(cost)) {
                // The position comes first: while it is ahead of the queue, the task can't be taken for drained.
                queuedPosition += cost;
                outbound.offer(copy(buffer, offset, length));
                return true;
            }
            isWaiting = true;
            if (!hasRoom(cost) && end == null) {
                LockSupport.park(this);
            }
            isWaiting = false;
        }
    }

    @Override
    public DirectBuffer receive() throws InterruptedException {
        while (true) {
            checkInterrupt();
            final UnsafeBuffer message = inbound.poll();
            if (message != null) {
                takenPosition += RunningExchange.cost(message.capacity());
                return message;
            }
            final ExchangeEnd ended = end;
            if (ended != null && arrivedPosition == takenPosition) {
                if (ended == ExchangeEnd.COMPLETED) {
                    return null;
                }
                throw new InterruptedException(session + " has ended: " + ended);
            }
            isWaiting = true;
            if (arrivedPosition == takenPosition && end == null) {
                LockSupport.park(this);
            }
            isWaiting = false;
        }
    }

    @Override
    public void again() {
        session.again();
    }

    @Override
    public void unsettled() {
        session.unsettled();
    }

    @Override
    public boolean isOpen() {
        return end == null;
    }

    private boolean hasRoom(final long cost) {
        final long waiting = queuedPosition - sentPosition;
        return waiting == 0 || waiting + cost <= outboundLimit;
    }

    private static void checkInterrupt() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private static UnsafeBuffer copy(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return new UnsafeBuffer(bytes);
    }
}
