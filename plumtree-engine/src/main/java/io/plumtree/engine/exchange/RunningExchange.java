package io.plumtree.engine.exchange;

import io.plumtree.api.NodeId;
import io.plumtree.engine.codec.ExchangeFrameEncoder;
import io.plumtree.handlers.spi.ExchangeEnd;
import io.plumtree.handlers.spi.ExchangeListener;
import io.plumtree.handlers.spi.ExchangeSession;
import io.plumtree.handlers.spi.ExchangeTask;
import java.util.Objects;
import org.agrona.DirectBuffer;

/**
 * One side of an exchange. What a handler asks of it in a callback, an end for example, is done when the callback has
 * returned, so that no callback comes amid another.
 */
final class RunningExchange implements ExchangeSession {
    enum State {
        /** The handler is being asked. */
        NEW,
        /** The initiator's request, or the other side's acceptance, is not through yet. */
        OPENING,
        /** Messages may be sent. */
        OPEN,
        /** It is over. */
        ENDED
    }

    final long id;
    final int peer;
    final NodeId peerId;
    final int handler;
    final boolean isInitiator;
    final Occasion occasion;
    final long startNs;
    State state = State.NEW;
    /** Whether the initiator's request has been sent. */
    boolean isRequested;
    /** How the handler wants it to end; null if it goes on. */
    ExchangeEnd requestedEnd;
    /** Set while it runs on the engine's thread. */
    ExchangeListener listener;
    /** Set while it has a thread of its own. */
    TaskChannel channel;

    /** How far the peer lets this side send, and how far it has. */
    long sendLimit;
    long sendPosition;
    int sendSequence;
    /** How far this side has let the peer send, how far that one has, and how much of it has been taken in. */
    long receiveLimit;
    long receivePosition;
    long takenPosition;
    int receiveSequence;
    private final Exchanges exchanges;
    private final ExchangeSettings settings;
    private int maxMessageLength;
    /** Written by the thread that the exchange runs on; looked at when it has ended. */
    private volatile boolean wantsAgain;
    private volatile boolean isUnsettled;

    RunningExchange(
        final Exchanges exchanges,
        final ExchangeSettings settings,
        final long id,
        final int peer,
        final NodeId peerId,
        final int handler,
        final boolean isInitiator,
        final Occasion occasion,
        final long startNs) {
        this.exchanges = exchanges;
        this.settings = settings;
        this.id = id;
        this.peer = peer;
        this.peerId = peerId;
        this.handler = handler;
        this.isInitiator = isInitiator;
        this.occasion = occasion;
        this.startNs = startNs;
        this.maxMessageLength = settings.maxMessageLength();
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public NodeId peer() {
        return peerId;
    }

    @Override
    public boolean isInitiator() {
        return isInitiator;
    }

    @Override
    public boolean isNeeded() {
        return occasion == Occasion.NEEDED;
    }

    @Override
    public int maxMessageLength() {
        return maxMessageLength;
    }

    @Override
    public void start(final ExchangeListener exchangeListener) {
        checkStartable();
        listener = Objects.requireNonNull(exchangeListener, "listener");
    }

    @Override
    public void start(final ExchangeTask task) {
        checkStartable();
        channel = new TaskChannel(this, Objects.requireNonNull(task, "task"), settings.windowLength());
    }

    @Override
    public boolean send(final DirectBuffer buffer, final int offset, final int length) {
        checkLength(length);
        buffer.boundsCheck(offset, length);
        if (channel != null) {
            throw new IllegalStateException("exchange " + id + " has a thread of its own, which alone may send");
        }
        return isOpen() && exchanges.sendMessage(this, buffer, offset, length);
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

    /** Whether the handler has learnt nothing of what the peer will have. */
    boolean isUnsettled() {
        return isUnsettled;
    }

    @Override
    public void complete() {
        request(ExchangeEnd.COMPLETED);
    }

    @Override
    public void fail(final Throwable reason) {
        if (isOpen()) {
            exchanges.onFailure(this, "an exchange with '" + peerId + "'", reason);
        }
    }

    @Override
    public boolean isOpen() {
        return state != State.ENDED && requestedEnd == null;
    }

    /** Asks for an end, unless it has ended or is about to. */
    void request(final ExchangeEnd end) {
        if (isOpen()) {
            requestedEnd = end;
        }
    }

    boolean isStarted() {
        return listener != null || channel != null;
    }

    /** The first credit shows how much the peer has room for. */
    void peerWindow(final long windowLength) {
        sendLimit = windowLength;
        maxMessageLength = Math.min(settings.maxMessageLength(), ExchangeSettings.longestFor(windowLength));
    }

    void checkLength(final int length) {
        if (length < 0 || length > maxMessageLength) {
            throw new IllegalArgumentException("a message of an exchange has 0 to " + maxMessageLength +
                " bytes: " + length);
        }
    }

    private void checkStartable() {
        if (state != State.NEW) {
            throw new IllegalStateException("exchange " + id + " is not being asked for any more");
        }
        if (isStarted()) {
            throw new IllegalStateException("exchange " + id + " was started already");
        }
    }

    static long cost(final int length) {
        return (long) length + ExchangeFrameEncoder.CREDIT_OVERHEAD;
    }

    @Override
    public String toString() {
        return (isInitiator ? "exchange " : "inbound exchange ") + id + " with '" + peerId + "'";
    }
}
