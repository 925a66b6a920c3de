package io.plumtree.engine.options;

import io.plumtree.api.options.OptionChecks;
import java.util.concurrent.TimeUnit;
import org.agrona.BitUtil;

/**
 * The rings through which broadcasts reach the engine, and how those that wait there travel.
 *
 * <p>Set before the launch, not changed afterwards.
 */
public final class RingOptions {
    /** Property name of {@link #claimTimeoutNs(long)}, a duration. */
    public static final String CLAIM_TIMEOUT_PROPERTY = "plumtree.claim.timeout";
    /** Default of {@link #claimTimeoutNs(long)}: 1 s. */
    public static final long CLAIM_TIMEOUT_DEFAULT_NS = TimeUnit.SECONDS.toNanos(1);
    /** Property name of {@link #commandRingLength(int)}, a size such as {@code 16m}. */
    public static final String COMMAND_RING_LENGTH_PROPERTY = "plumtree.command.ring.length";
    /** Default of {@link #commandRingLength(int)}: 16 MiB. */
    public static final int COMMAND_RING_LENGTH_DEFAULT = 16 * 1024 * 1024;
    /** Property name of {@link #broadcastLimit(int)}. */
    public static final String BROADCAST_LIMIT_PROPERTY = "plumtree.broadcast.limit";
    /** Default of {@link #broadcastLimit(int)}. */
    public static final int BROADCAST_LIMIT_DEFAULT = 256;
    /** Property name of {@link #bundleLength(int)}. */
    public static final String BUNDLE_LENGTH_PROPERTY = "plumtree.bundle.length";
    /** Default of {@link #bundleLength(int)}: 16 KiB. */
    public static final int BUNDLE_LENGTH_DEFAULT = 16 * 1024;
    /** Property name of {@link #recentBundlesLength(int)}. */
    public static final String RECENT_BUNDLES_LENGTH_PROPERTY = "plumtree.recent.bundles.length";
    /** Default of {@link #recentBundlesLength(int)}: 4 MiB. */
    public static final int RECENT_BUNDLES_LENGTH_DEFAULT = 4 * 1024 * 1024;

    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private long claimTimeoutNs = CLAIM_TIMEOUT_DEFAULT_NS;
    private int commandRingLength = COMMAND_RING_LENGTH_DEFAULT;
    private int broadcastLimit = BROADCAST_LIMIT_DEFAULT;
    private int bundleLength = BUNDLE_LENGTH_DEFAULT;
    private int recentBundlesLength = RECENT_BUNDLES_LENGTH_DEFAULT;

    /** The defaults. */
    public RingOptions() {
    }

    /**
     * Checks every range and relation.
     *
     * @return these options.
     * @throws IllegalArgumentException naming the option, its value and what is allowed.
     */
    public RingOptions conclude() {
        OptionChecks.checkTime(CLAIM_TIMEOUT_PROPERTY, claimTimeoutNs, MS, 10 * MINUTE);
        OptionChecks.checkRange(COMMAND_RING_LENGTH_PROPERTY, commandRingLength, 64 * 1024, 1 << 30);
        checkPowerOfTwo(COMMAND_RING_LENGTH_PROPERTY, commandRingLength);
        OptionChecks.checkRange(BROADCAST_LIMIT_PROPERTY, broadcastLimit, 1, 1 << 16);
        OptionChecks.checkRange(BUNDLE_LENGTH_PROPERTY, bundleLength, 0, 1 << 16);
        OptionChecks.checkRange(RECENT_BUNDLES_LENGTH_PROPERTY, recentBundlesLength, 1 << 16, 1 << 28);
        checkPowerOfTwo(RECENT_BUNDLES_LENGTH_PROPERTY, recentBundlesLength);
        return this;
    }

    /**
     * Sets how long a claim may stay open before it is looked at: one whose thread has died is given up then, one
     * whose thread lives is reported, and waited for.
     *
     * @param timeoutNs 1 ms to 10 minutes, in nanoseconds.
     * @return these options.
     */
    public RingOptions claimTimeoutNs(final long timeoutNs) {
        this.claimTimeoutNs = timeoutNs;
        return this;
    }

    /**
     * How long a claim may stay open before it is looked at.
     *
     * @return nanoseconds.
     */
    public long claimTimeoutNs() {
        return claimTimeoutNs;
    }

    /**
     * Sets the length of the ring through which broadcasts reach the engine: of one for each channel that handlers are
     * on.
     *
     * @param length bytes: a power of two, 64 KiB to 1 GiB.
     * @return these options.
     */
    public RingOptions commandRingLength(final int length) {
        this.commandRingLength = length;
        return this;
    }

    /**
     * The length of the ring through which broadcasts of a channel reach the engine.
     *
     * @return bytes.
     */
    public int commandRingLength() {
        return commandRingLength;
    }

    /**
     * Sets how many broadcasts of this node's own one duty cycle takes on.
     *
     * @param limit 1 to 65,536.
     * @return these options.
     */
    public RingOptions broadcastLimit(final int limit) {
        this.broadcastLimit = limit;
        return this;
    }

    /**
     * How many broadcasts of this node's own one duty cycle takes on.
     *
     * @return the number.
     */
    public int broadcastLimit() {
        return broadcastLimit;
    }

    /**
     * Sets how long a frame may be in which messages travel together that one duty cycle takes from the command ring.
     * To the protocol they are one message then. It never makes a message wait for others. A frame is longer than what
     * the transport sends in one piece only if 16 times as much is waiting.
     *
     * @param length bytes, up to 65,536, and to what the transport can send. 0 has every message travel alone.
     * @return these options.
     */
    public RingOptions bundleLength(final int length) {
        this.bundleLength = length;
        return this;
    }

    /**
     * How long a frame may be in which messages travel together.
     *
     * @return bytes.
     */
    public int bundleLength() {
        return bundleLength;
    }

    /**
     * Sets how much is kept of which messages travelled together, so that a graft gets all of them: about ten bytes
     * more than its id for each message. What is forgotten is left to an exchange.
     *
     * @param length bytes, a power of two, 65,536 to 2^28.
     * @return these options.
     */
    public RingOptions recentBundlesLength(final int length) {
        this.recentBundlesLength = length;
        return this;
    }

    /**
     * How much is kept of which messages travelled together.
     *
     * @return bytes.
     */
    public int recentBundlesLength() {
        return recentBundlesLength;
    }

    private static void checkPowerOfTwo(final String key, final int value) {
        if (!BitUtil.isPowerOfTwo(value)) {
            throw new IllegalArgumentException(key + " (" + value + ") must be a power of two");
        }
    }
}
