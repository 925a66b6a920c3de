package io.plumtree.engine.codec;

import org.agrona.DirectBuffer;

/**
 * Is told of the frames of exchanges; see {@link FrameListeners}. An exchange is named by the node that initiated it
 * and by {@code exchangeId}, which is positive.
 */
public interface ExchangeFrameListener {
    /**
     * Whether to look at a frame at all. Must do no more than answer.
     *
     * @param cluster what stands for the sender's cluster, see {@link NameHash#ofCluster}.
     * @param sender  value of the sender's id.
     * @return false to drop the frame as a {@link DecodeResult#STRANGER}'s.
     */
    boolean accepts(long cluster, long sender);

    /**
     * A node asks for an exchange.
     *
     * @param sender      the node, its initiator.
     * @param exchangeId  what it calls the exchange.
     * @param creditLimit how far the receiver may send, in bytes; positive.
     * @param handler     the handler, as {@link NameHash#ofHandler} has it.
     */
    void onExchangeOpen(long sender, long exchangeId, long creditLimit, int handler);

    /**
     * A message of an exchange.
     *
     * @param sender        the node at the other side.
     * @param exchangeId    the exchange.
     * @param fromInitiator whether the sender has initiated it.
     * @param sequence      the message's number in its direction, 0 or more.
     * @param buffer        holds the message.
     * @param offset        where it starts.
     * @param length        its length in bytes, 0 or more.
     */
    void onExchangeData(
        long sender,
        long exchangeId,
        boolean fromInitiator,
        int sequence,
        DirectBuffer buffer,
        int offset,
        int length);

    /**
     * The receiver may send more; the first one accepts the exchange.
     *
     * @param sender        the node at the other side.
     * @param exchangeId    the exchange.
     * @param fromInitiator whether the sender has initiated it.
     * @param creditLimit   how far the receiver may send, in bytes; positive.
     */
    void onExchangeCredit(long sender, long exchangeId, boolean fromInitiator, long creditLimit);

    /**
     * An exchange has ended at the other side.
     *
     * @param sender        the node at the other side.
     * @param exchangeId    the exchange.
     * @param fromInitiator whether the sender has initiated it.
     * @param code          why.
     */
    void onExchangeClose(long sender, long exchangeId, boolean fromInitiator, ExchangeCloseCode code);
}
