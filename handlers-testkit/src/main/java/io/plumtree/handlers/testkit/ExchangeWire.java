package io.plumtree.handlers.testkit;

import java.util.function.UnaryOperator;

/** What lies between both sides of an exchange, and is shared by them; itself the lock for all that tasks touch. */
final class ExchangeWire {
    static final int NEVER = -1;

    final long id;
    final int windowLength;
    final int maxMessageLength;
    final boolean isNeeded;
    private final int lossAfter;
    private final int tamperAt;
    private final UnaryOperator<byte[]> tamper;
    private int messageCount;
    /** Whether the other side has accepted; only then there is room for anything. */
    private boolean isAccepted;

    ExchangeWire(
        final long id,
        final int windowLength,
        final int maxMessageLength,
        final boolean isNeeded,
        final int lossAfter,
        final int tamperAt,
        final UnaryOperator<byte[]> tamper) {
        this.id = id;
        this.windowLength = windowLength;
        this.maxMessageLength = maxMessageLength;
        this.isNeeded = isNeeded;
        this.lossAfter = lossAfter;
        this.tamperAt = tamperAt;
        this.tamper = tamper;
    }

    synchronized void accepted() {
        isAccepted = true;
        notifyAll();
    }

    synchronized boolean isAccepted() {
        return isAccepted;
    }

    synchronized boolean isLost() {
        return messageCount == lossAfter;
    }

    synchronized int messageCount() {
        return messageCount;
    }

    /** Waits a moment for tasks to get on. */
    synchronized void awaitChange() throws InterruptedException {
        wait(1);
    }

    /** A message arrives, perhaps not as it was sent. */
    synchronized byte[] arrived(final byte[] message) {
        return messageCount++ == tamperAt ? tamper.apply(message) : message;
    }
}
