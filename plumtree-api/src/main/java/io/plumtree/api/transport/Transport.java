package io.plumtree.api.transport;

import java.util.Map;
import java.util.function.ObjLongConsumer;

/**
 * Moves opaque frames between nodes. It never looks into a frame.
 *
 * <p>All methods are for one thread, the one that drives it, but for those that say otherwise, and for
 * {@link #close()}, which may be called from any thread once that one has stopped.
 *
 * <p>Frames travel on channels, numbered from 0 to {@link Integer#MAX_VALUE}, in any choice and with any gaps. Frames
 * of one sender on one channel arrive in the order in which it sent them, or not at all; between channels there is no
 * order. What is held up on one channel, by a full window or by {@link FrameHandler#onFrame} that refuses a frame,
 * holds up the same sender's other channels no more than other senders. Channels share what the network carries.
 */
public interface Transport extends AutoCloseable {
    /** The channel on which every transport listens from its launch. */
    int DEFAULT_CHANNEL = 0;

    /**
     * The transport's own background work: housekeeping, connection state, recovery from a stall. Bounded.
     *
     * @param nowNs the cycle's time, {@link System#nanoTime()}.
     * @return how much was done; 0 if nothing.
     */
    int doWork(long nowNs);

    /**
     * Hands over frames that have arrived, on whichever channel. Every channel has its turn, however full another is.
     *
     * <p>A frame may hold what many messages would, and then comes in several pieces: as one frame each of them counts,
     * whether or not the last one has come, so that a poll's work is bounded.
     *
     * @param handler    receives them.
     * @param frameLimit at most about this many.
     * @return how many were consumed.
     */
    int poll(FrameHandler handler, int frameLimit);

    /**
     * Listens on a channel too, for as long as the transport lives: its frames come through {@link #poll}. Harmless
     * when it does already. Returns at once; senders connect soon after. What fails later is reported to the error
     * handler once and tried again. May be called from {@link FrameHandler#onFrame}.
     *
     * @param channel the channel, 0 or more.
     * @throws io.plumtree.api.PlumtreeException if the channel is one that can't be, there are as many as the
     *     transport allows, or the transport is closed.
     */
    void listen(int channel);

    /**
     * Makes a way to a peer on {@link #DEFAULT_CHANNEL}.
     *
     * @param endpoint {@code host:port} on which the peer listens.
     * @return the link, still to connect.
     * @throws io.plumtree.api.PlumtreeException as {@link #connect(String, int)} does.
     */
    default Link connect(final String endpoint) {
        return connect(endpoint, DEFAULT_CHANNEL);
    }

    /**
     * Makes a way to a peer. Returns at once; the peer need not be there yet, nor its host's name be known: what fails
     * later is reported to the error handler once and tried again. This node need not listen on the channel itself.
     *
     * @param endpoint {@code host:port} on which the peer listens.
     * @param channel  the channel, 0 or more; the link connects only once the peer listens on it.
     * @return the link, still to connect.
     * @throws io.plumtree.api.PlumtreeException if the endpoint is malformed, the channel is one that can't be, or the
     *     transport has no room for it.
     */
    Link connect(String endpoint, int channel);

    /**
     * As {@link #connect}, for a few short frames: the link is closed soon, so that it should cost little to make,
     * here and there. Frames of up to 4 KiB go through, one by one; longer ones may not.
     *
     * @param endpoint {@code host:port} on which the peer listens.
     * @return the link, still to connect.
     * @throws io.plumtree.api.PlumtreeException if the endpoint is malformed or the transport has no room for it.
     */
    default Link connectBriefly(final String endpoint) {
        return connect(endpoint);
    }

    /**
     * Where this node listens, with the port resolved if it was given as 0.
     *
     * @return {@code host:port}.
     */
    String localEndpoint();

    /**
     * The longest frame that can be sent.
     *
     * @return bytes.
     */
    int maxFrameLength();

    /**
     * The longest frame that travels in one piece.
     *
     * @return bytes.
     */
    int maxUnfragmentedLength();

    /**
     * Settings of the transport that should be the same on all nodes. Peers tell each other, and say where they differ.
     *
     * @return values by name of the option, few and short: up to 100 printable ASCII characters each.
     */
    default Map<String, String> commonSettings() {
        return Map.of();
    }

    /**
     * Waits until there may be something to do: something arrives, {@link #wakeUp()} is called or has been since the
     * last wait, or the time is over. What the transport has to do by itself is not late for it. On the thread that
     * drives it, after {@link #doWork} and {@link #poll} had nothing more to do. An interrupt ends it, and stays set.
     *
     * @param timeoutNs how long to wait at most, in nanoseconds; it may take a millisecond longer.
     * @return false if it can't wait, or not now, and nothing was waited for: the caller has to idle by itself. So it
     *     is always unless said otherwise.
     */
    default boolean awaitWork(final long timeoutNs) {
        return false;
    }

    /** Ends the {@link #awaitWork} that runs, or the next one at once. Any thread; harmless when closed. */
    default void wakeUp() {
    }

    /**
     * Tells the value of each of the transport's counters. For any thread; the values are a little late.
     *
     * @param consumer takes a counter's name, which starts with the transport's name and a dot, and its value.
     */
    default void forEachCounter(final ObjLongConsumer<String> consumer) {
    }

    /** Says goodbye as far as the transport can, frees everything, leaves no file behind. Harmless when closed. */
    @Override
    void close();
}
