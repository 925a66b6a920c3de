package io.plumtree.engine.exchange;

import io.plumtree.engine.codec.ExchangeFrameEncoder;
import io.plumtree.engine.options.ExchangeOptions;
import io.plumtree.engine.options.ExchangeSelection;
import java.util.function.LongSupplier;

/**
 * What exchanges need to know, checked.
 *
 * @param cluster          what stands for the cluster.
 * @param incarnation      this run of the node.
 * @param maxMessageLength longest message of an exchange, in bytes.
 * @param windowLength     how much may be under way to this node on one exchange, in bytes.
 * @param limit            how many exchanges of this node's own may run.
 * @param inboundLimit     how many of peers may run.
 * @param timeoutNs        how long one may take.
 * @param tickPeriodNs     how often to start some; 0 for never.
 * @param selection        with whom.
 */
public record ExchangeSettings(
    long cluster,
    LongSupplier incarnation,
    int maxMessageLength,
    long windowLength,
    int limit,
    int inboundLimit,
    long timeoutNs,
    long tickPeriodNs,
    ExchangeSelection selection) {
    /** What a message of an exchange may have beyond a broadcast's: for what a handler puts around one. In bytes. */
    public static final int MESSAGE_HEADROOM = 128;

    /**
     * Settings from options.
     *
     * @param options     the options, concluded.
     * @param cluster     what stands for the cluster.
     * @param incarnation this run of the node.
     * @param maxLength   longest broadcast message, in bytes.
     * @return the settings.
     */
    public static ExchangeSettings of(
        final ExchangeOptions options, final long cluster, final LongSupplier incarnation, final int maxLength) {
        final int maxMessageLength = maxMessageLength(maxLength);
        // Credit is given back in quarters, so three of them must be enough for the longest message.
        final long longest = (long) maxMessageLength + ExchangeFrameEncoder.CREDIT_OVERHEAD;
        return new ExchangeSettings(
            cluster,
            incarnation,
            maxMessageLength,
            Math.max(options.windowLength(), (4 * longest + 2) / 3),
            options.limit(),
            options.inboundLimit(),
            options.timeoutNs(),
            options.tickPeriodNs(),
            options.selection());
    }

    /**
     * The longest message of an exchange.
     *
     * @param maxLength longest broadcast message, in bytes.
     * @return bytes.
     */
    public static int maxMessageLength(final int maxLength) {
        return maxLength + MESSAGE_HEADROOM;
    }

    /**
     * The longest message that a side with a given window surely has room for, whatever it has given back.
     *
     * @param windowLength the window, in bytes.
     * @return bytes, 0 or more.
     */
    static int longestFor(final long windowLength) {
        return (int) Math.max(
            0, Math.min(Integer.MAX_VALUE, windowLength - windowLength / 4 - ExchangeFrameEncoder.CREDIT_OVERHEAD));
    }
}
