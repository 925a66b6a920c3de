package io.plumtree.engine.ring;

import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.handlers.HandlerChannels;
import io.plumtree.engine.handlers.HandlerRegistry;
import io.plumtree.engine.handlers.HandlerSlot;

/**
 * A {@link CommandRing} for each channel that handlers are on, so that a broadcast which waits for its channel lets
 * those of other channels pass.
 */
public final class CommandRings {
    private final CommandRing[] byChannel;
    private final CommandRing[] inUse;
    private final Waker waker = new Waker();
    private volatile boolean isClosed;

    /**
     * Empty rings.
     *
     * @param registry         the handlers.
     * @param length           bytes of each, a power of two.
     * @param maxIdLength      longest id, in bytes.
     * @param maxMessageLength longest message, in bytes.
     * @param counters         where to count.
     */
    public CommandRings(
        final HandlerRegistry registry,
        final int length,
        final int maxIdLength,
        final int maxMessageLength,
        final EngineCounters counters) {
        byChannel = new CommandRing[registry.channels().size()];
        inUse = registry.channelsInUse().mapToObj(channel -> {
            byChannel[channel] = new CommandRing(length, maxIdLength, maxMessageLength, waker, counters);
            return byChannel[channel];
        }).toArray(CommandRing[]::new);
    }

    /**
     * The ring of a handler's channel.
     *
     * @param handler the handler.
     * @return the ring.
     */
    public CommandRing of(final HandlerSlot handler) {
        return byChannel[handler.channel];
    }

    /**
     * How far the engine has read the ring of the default channel. Any thread.
     *
     * @return the position; 0 if no handler is on that channel.
     */
    public long consumedPosition() {
        final CommandRing ring = byChannel[HandlerChannels.DEFAULT];
        return ring == null ? 0 : ring.consumedPosition();
    }

    /**
     * Whether claims are refused.
     *
     * @return true if so.
     */
    public boolean isClosed() {
        return isClosed;
    }

    /** Refuses claims from now on, and wakes the engine. Those that are open may be committed still. Any thread. */
    public void close() {
        isClosed = true;
        for (final CommandRing ring : inUse) {
            ring.close();
        }
        waker.wakeUp();
    }

    /** What wakes the engine that reads these rings. */
    public Waker waker() {
        return waker;
    }

    /** Lets one thread claim though the rings are closed; null for none. */
    public void lastWriter(final Thread thread) {
        for (final CommandRing ring : inUse) {
            ring.lastWriter(thread);
        }
    }

    public CommandRing[] inUse() {
        return inUse;
    }

    int channelCount() {
        return byChannel.length;
    }

    /** How many bytes have been claimed but not read. */
    public long size() {
        long size = 0;
        for (final CommandRing ring : inUse) {
            size += ring.size();
        }
        return size;
    }

    /** How many bytes there is room for. */
    public long capacity() {
        long capacity = 0;
        for (final CommandRing ring : inUse) {
            capacity += ring.capacity();
        }
        return capacity;
    }
}
