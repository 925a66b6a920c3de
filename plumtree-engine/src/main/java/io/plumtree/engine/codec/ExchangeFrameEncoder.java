package io.plumtree.engine.codec;

import io.plumtree.engine.codec.sbe.ExchangeCloseEncoder;
import io.plumtree.engine.codec.sbe.ExchangeCloseReason;
import io.plumtree.engine.codec.sbe.ExchangeCreditEncoder;
import io.plumtree.engine.codec.sbe.ExchangeDataEncoder;
import io.plumtree.engine.codec.sbe.ExchangeOpenEncoder;
import io.plumtree.engine.codec.sbe.MessageHeaderEncoder;
import java.nio.ByteOrder;
import org.agrona.MutableDirectBuffer;

/**
 * Writes the frames of exchanges, of one node. Each method returns the length written, in bytes, and needs that much
 * room at {@code offset}; for one thread at a time.
 */
public final class ExchangeFrameEncoder {
    /** What a message counts for besides its length, where credit is concerned: bytes. */
    public static final int CREDIT_OVERHEAD = 64;
    /** The most that precedes a message, and the length of the longest frame without one. */
    public static final int MAX_HEAD_LENGTH = 64;
    /** What {@link #dataHead} writes. */
    public static final int DATA_HEAD_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH + ExchangeDataEncoder.BLOCK_LENGTH +
        ExchangeDataEncoder.messageHeaderLength();

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ExchangeOpenEncoder open = new ExchangeOpenEncoder();
    private final ExchangeDataEncoder data = new ExchangeDataEncoder();
    private final ExchangeCreditEncoder credit = new ExchangeCreditEncoder();
    private final ExchangeCloseEncoder close = new ExchangeCloseEncoder();
    private final long cluster;
    private final long sender;

    /**
     * An encoder for one node.
     *
     * @param cluster what stands for its cluster, see {@link NameHash#ofCluster}.
     * @param sender  value of its id.
     */
    public ExchangeFrameEncoder(final long cluster, final long sender) {
        this.cluster = cluster;
        this.sender = sender;
    }

    /**
     * How long an ExchangeData frame is.
     *
     * @param messageLength length of the message in bytes.
     * @return bytes.
     */
    public static int dataLength(final int messageLength) {
        return DATA_HEAD_LENGTH + messageLength;
    }

    /**
     * Writes an ExchangeOpen.
     *
     * @param buffer      to write to.
     * @param offset      where to start.
     * @param exchangeId  the exchange, positive.
     * @param creditLimit how far the receiver may send, in bytes; positive.
     * @param handler     the handler.
     * @return the length.
     */
    public int open(
        final MutableDirectBuffer buffer,
        final int offset,
        final long exchangeId,
        final long creditLimit,
        final int handler) {
        open.wrapAndApplyHeader(buffer, offset, header)
            .cluster(cluster)
            .sender(sender)
            .exchangeId(exchangeId)
            .creditLimit(creditLimit)
            .handler(handler);
        return MessageHeaderEncoder.ENCODED_LENGTH + ExchangeOpenEncoder.BLOCK_LENGTH;
    }

    /**
     * Writes what precedes the message in an ExchangeData frame.
     *
     * @param buffer        to write to.
     * @param offset        where to start.
     * @param exchangeId    the exchange, positive.
     * @param fromInitiator whether this node has initiated it.
     * @param sequence      the message's number, 0 or more.
     * @param messageLength length of the message that follows, in bytes.
     * @return {@link #DATA_HEAD_LENGTH}.
     */
    public int dataHead(
        final MutableDirectBuffer buffer,
        final int offset,
        final long exchangeId,
        final boolean fromInitiator,
        final int sequence,
        final int messageLength) {
        data.wrapAndApplyHeader(buffer, offset, header)
            .cluster(cluster)
            .sender(sender)
            .exchangeId(exchangeId)
            .sequence(sequence)
            .flags().clear().fromInitiator(fromInitiator);
        buffer.putInt(data.limit(), messageLength, ByteOrder.LITTLE_ENDIAN);
        return DATA_HEAD_LENGTH;
    }

    /**
     * Writes an ExchangeCredit.
     *
     * @param buffer        to write to.
     * @param offset        where to start.
     * @param exchangeId    the exchange, positive.
     * @param fromInitiator whether this node has initiated it.
     * @param creditLimit   how far the receiver may send, in bytes; positive.
     * @return the length.
     */
    public int credit(
        final MutableDirectBuffer buffer,
        final int offset,
        final long exchangeId,
        final boolean fromInitiator,
        final long creditLimit) {
        credit.wrapAndApplyHeader(buffer, offset, header)
            .cluster(cluster)
            .sender(sender)
            .exchangeId(exchangeId)
            .creditLimit(creditLimit)
            .flags().clear().fromInitiator(fromInitiator);
        return MessageHeaderEncoder.ENCODED_LENGTH + ExchangeCreditEncoder.BLOCK_LENGTH;
    }

    /**
     * Writes an ExchangeClose.
     *
     * @param buffer        to write to.
     * @param offset        where to start.
     * @param exchangeId    the exchange, positive.
     * @param fromInitiator whether this node has initiated it.
     * @param code          why it ends.
     * @return the length.
     */
    public int close(
        final MutableDirectBuffer buffer,
        final int offset,
        final long exchangeId,
        final boolean fromInitiator,
        final ExchangeCloseCode code) {
        close.wrapAndApplyHeader(buffer, offset, header)
            .cluster(cluster)
            .sender(sender)
            .exchangeId(exchangeId)
            .reason(ExchangeCloseReason.get((short) code.ordinal()))
            .flags().clear().fromInitiator(fromInitiator);
        return MessageHeaderEncoder.ENCODED_LENGTH + ExchangeCloseEncoder.BLOCK_LENGTH;
    }
}
