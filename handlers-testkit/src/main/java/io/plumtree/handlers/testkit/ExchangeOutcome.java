package io.plumtree.handlers.testkit;

import io.plumtree.handlers.spi.ExchangeEnd;
import io.plumtree.handlers.spi.ExchangeResult;

/**
 * What became of an exchange.
 *
 * @param answer       what the initiator answered; with anything but {@link ExchangeResult#RUNNING} there was no
 *     exchange, and the ends are null.
 * @param initiatorEnd how it ended at the initiator.
 * @param acceptorEnd  how it ended at the other side; null if that one had not started its session.
 * @param messageCount how many messages have arrived, at both sides together.
 */
public record ExchangeOutcome(
    ExchangeResult answer, ExchangeEnd initiatorEnd, ExchangeEnd acceptorEnd, int messageCount) {

    /**
     * Whether it ran to its end at both sides.
     *
     * @return true if both have ended as {@link ExchangeEnd#COMPLETED}.
     */
    public boolean isCompleted() {
        return initiatorEnd == ExchangeEnd.COMPLETED && acceptorEnd == ExchangeEnd.COMPLETED;
    }
}
