package io.plumtree.handlers.testkit;

import io.plumtree.api.MessageId;
import io.plumtree.api.NodeId;
import io.plumtree.handlers.spi.BroadcastHandler;
import io.plumtree.handlers.spi.GraftPayload;
import io.plumtree.handlers.spi.GraftResult;
import io.plumtree.handlers.spi.HandlerContext;
import io.plumtree.handlers.spi.Message;
import io.plumtree.handlers.spi.MutableMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A node in memory with one handler, without an engine: calls the handler as an engine does, on the thread that made
 * the node, which stands for the engine's. What the handler broadcasts is kept, and goes nowhere else.
 *
 * <p>Buffers are like the engine's: outside the heap, with messages at other offsets than 0 and at their very end, and
 * overwritten after each call. A handler that keeps a buffer, or reads beyond a message, won't do so unnoticed.
 *
 * <p>All methods are for the thread that made the node, but for {@link #errors}. What the handler throws is thrown on.
 */
public final class TestNode implements AutoCloseable {
    /** The longest message, id and payload together, in bytes. */
    public static final int MAX_MESSAGE_LENGTH = 64 * 1024;
    /** The longest id, in bytes: the most that any node allows. */
    public static final int MAX_ID_LENGTH = 1024;

    private final Thread thread = Thread.currentThread();
    private final Scratch scratch = new Scratch();
    private final Queue<TestMessage> committed = new ConcurrentLinkedQueue<>();
    private final List<TestMessage> broadcasts = new ArrayList<>();
    private final AtomicLong position = new AtomicLong();
    /** One of each, as an engine has it: a handler that keeps one finds the next message in it. */
    private final Message merged = new Message();
    private final MessageId asked = new MessageId();
    private final MutableMessage own = new MutableMessage();
    private final TestContext context;
    private final BroadcastHandler handler;
    private volatile long claimResult;
    private byte[] grafted;
    private long nowNs;
    private int callDepth;

    /**
     * A node whose handler is started.
     *
     * @param self        the node.
     * @param incarnation its run, positive.
     * @param handler     the handler, not started.
     * @param options     its options, by what follows {@code handler.NAME.}
     */
    public TestNode(
        final NodeId self, final long incarnation, final BroadcastHandler handler, final Map<String, String> options) {
        this.handler = handler;
        nowNs = System.nanoTime();
        context = new TestContext(this, self, incarnation, nowNs, options);
        call(() -> handler.onStart(context));
        context.started();
    }

    /**
     * The node's identity.
     *
     * @return who it is.
     */
    public NodeId self() {
        return context.self();
    }

    /**
     * The handler.
     *
     * @return the handler, as it was given.
     */
    public BroadcastHandler handler() {
        return handler;
    }

    /**
     * What the handler sees of the node.
     *
     * @return the context.
     */
    public HandlerContext context() {
        return context;
    }

    /**
     * The node's time: at first {@link HandlerContext#startNs()}, and then what {@link #advance} makes of it.
     *
     * @return nanoseconds.
     */
    public long nowNs() {
        return nowNs;
    }

    /**
     * Lets time pass, and the handler do its housekeeping once, after it.
     *
     * @param durationNs how much, in nanoseconds; may be 0.
     * @return how much the handler did.
     */
    public int advance(final long durationNs) {
        nowNs += durationNs;
        final int[] workCount = new int[1];
        call(() -> workCount[0] = handler.doWork(nowNs));
        return workCount[0];
    }

    /**
     * Says whether an exchange is still to come, by {@link HandlerContext#isExchangePending}; none is at first.
     *
     * @param isPending true if so.
     */
    public void exchangePending(final boolean isPending) {
        context.exchangePending(isPending);
    }

    /**
     * Another node becomes known as a member, or tells another run, by {@link HandlerContext#isMember} and
     * {@link HandlerContext#confirmedIncarnation}; none is at first.
     *
     * @param member      the node.
     * @param incarnation its run; 0 if it is not known yet.
     */
    public void confirm(final NodeId member, final long incarnation) {
        context.confirm(member, incarnation);
    }

    /**
     * How often the handler has asked for an exchange, by {@link HandlerContext#requestExchange}.
     *
     * @return the number.
     */
    public int exchangeRequests() {
        return context.exchangeRequests();
    }

    /**
     * Broadcasts an application's data, as {@code broadcast} does on a node.
     *
     * @param data the data.
     * @return the message that the handler made of it; null if it made none.
     */
    public TestMessage broadcast(final byte[] data) {
        final int count = broadcasts.size();
        final TestClaim claim = new TestClaim(this);
        final UnsafeBuffer buffer = scratch.place(data);
        call(() -> {
            try {
                handler.broadcastData(buffer, scratch.firstOffset(), data.length, claim);
            } catch (final RuntimeException | Error ex) {
                if (claim.isOpen()) {
                    claim.abort();
                }
                throw ex;
            } finally {
                scratch.scribble();
            }
            if (claim.isOpen()) {
                claim.commit();
            }
        });
        return broadcasts.size() == count ? null : broadcasts.get(count);
    }

    /**
     * What the handler has broadcast, from whatever occasion: ids and payloads as they are pushed to peers.
     *
     * @return all messages in their order.
     */
    public List<TestMessage> broadcasts() {
        return List.copyOf(broadcasts);
    }

    /**
     * Makes claims fail, or succeed again.
     *
     * @param result what they return from now on, a code of {@link io.plumtree.api.BroadcastResult}; 0 to succeed.
     */
    public void claimResult(final long result) {
        claimResult = result;
    }

    /**
     * A message arrives from another node.
     *
     * @param message the message.
     * @return true if it was new.
     */
    public boolean merge(final TestMessage message) {
        final byte[] id = message.id();
        final byte[] payload = message.payload();
        final UnsafeBuffer buffer = scratch.place(id, payload);
        final boolean[] isNew = new boolean[1];
        call(() -> {
            try {
                isNew[0] = handler.merge(merged.wrap(
                    buffer, scratch.firstOffset(), id.length, scratch.secondOffset(id.length), payload.length));
            } finally {
                scratch.scribble();
            }
        });
        return isNew[0];
    }

    /**
     * Whether the handler takes an id for that of a message that it has, or that is subsumed.
     *
     * @param id the id.
     * @return true if so.
     */
    public boolean isStale(final byte[] id) {
        final UnsafeBuffer buffer = scratch.place(id);
        final boolean[] isStale = new boolean[1];
        call(() -> {
            try {
                isStale[0] = handler.isStale(asked.wrap(buffer, scratch.firstOffset(), id.length));
            } finally {
                scratch.scribble();
            }
        });
        return isStale[0];
    }

    /**
     * Goes on in a later incarnation, as a node does that is told of a later run of its name.
     *
     * @param incarnation later than the one until now.
     * @param isHeard     whether others may have seen what was broadcast. If not, the handler may broadcast it again,
     *     see {@link #broadcasts}.
     */
    public void raise(final long incarnation, final boolean isHeard) {
        final long former = context.incarnation();
        context.incarnation(incarnation);
        call(() -> handler.onIncarnation(former, isHeard, this::rebroadcast));
    }

    private void rebroadcast(final Message message) {
        final byte[] id = new byte[message.id().length()];
        final byte[] payload = new byte[message.payloadLength()];
        message.id().buffer().getBytes(message.id().offset(), id);
        message.buffer().getBytes(message.payloadOffset(), payload);
        broadcasts.add(new TestMessage(id, payload));
    }

    /**
     * Asks for a message, as a peer does.
     *
     * @param id the message's id.
     * @return what was found; {@link #grafted} then has the payload.
     * @throws IllegalStateException if the handler says that there is a payload, and has given none.
     */
    public GraftResult graft(final byte[] id) {
        final UnsafeBuffer buffer = scratch.place(id);
        final GraftPayload payload = new GraftPayload();
        final GraftResult[] result = new GraftResult[1];
        grafted = null;
        call(() -> {
            try {
                result[0] = handler.graft(asked.wrap(buffer, scratch.firstOffset(), id.length), payload);
                scratch.scribble();
                copyGrafted(result[0], payload);
            } finally {
                scratch.scribble();
            }
        });
        return result[0];
    }

    /**
     * What the last {@link #graft} has found.
     *
     * @return a copy of the payload; null if none was found.
     */
    public byte[] grafted() {
        return grafted == null ? null : grafted.clone();
    }

    /**
     * A counter of the handler.
     *
     * @param label what it counts.
     * @return its value.
     * @throws IllegalArgumentException if the handler has no such counter.
     */
    public long counter(final String label) {
        return context.counterValue(label);
    }

    /**
     * Errors that the handler has reported, and those that failed its exchanges. Any thread.
     *
     * @return all of them in their order.
     */
    public List<Throwable> errors() {
        return context.errors();
    }

    /** Closes the handler. */
    @Override
    public void close() {
        handler.onClose();
    }

    /** Where ids begin in the buffers that the handler gets. */
    void firstOffset(final int offset) {
        scratch.firstOffset(offset);
    }

    /** Calls the handler; what it commits meanwhile is broadcast afterwards, as an engine does. */
    void call(final Runnable action) {
        callDepth++;
        try {
            action.run();
        } finally {
            callDepth--;
            flush();
        }
    }

    /** The position that a claim returns, or a code. */
    long claimed(final int length) {
        return claimResult == 0 ? position.addAndGet(length) : claimResult;
    }

    void committed(final TestMessage message) {
        committed.add(message);
        if (Thread.currentThread() == thread) {
            flush();
        }
    }

    private void flush() {
        TestMessage message;
        while (callDepth == 0 && (message = committed.poll()) != null) {
            final byte[] id = message.id();
            final byte[] payload = message.payload();
            final UnsafeBuffer buffer = scratch.place(id, payload);
            final int payloadOffset = scratch.secondOffset(id.length);
            callDepth++;
            try {
                handler.onBroadcast(
                    own.wrap(buffer, scratch.firstOffset(), id.length, payloadOffset, payload.length));
                buffer.getBytes(scratch.firstOffset(), id);
                buffer.getBytes(payloadOffset, payload);
                broadcasts.add(new TestMessage(id, payload));
            } finally {
                callDepth--;
                scratch.scribble();
            }
        }
    }

    private void copyGrafted(final GraftResult result, final GraftPayload payload) {
        if (result == GraftResult.PAYLOAD) {
            if (payload.buffer() == null) {
                throw new IllegalStateException("graft answered PAYLOAD, but has not wrapped the payload");
            }
            grafted = new byte[payload.length()];
            payload.buffer().getBytes(payload.offset(), grafted);
        }
    }
}
