package io.plumtree.engine.agent;

import io.plumtree.engine.codec.GossipFrameListener;
import io.plumtree.engine.codec.MessageCursor;
import io.plumtree.engine.counting.EngineCounter;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.handlers.HandlerRegistry;
import io.plumtree.engine.peers.FrameOrigin;
import io.plumtree.engine.settings.EngineSettings;
import io.plumtree.handlers.spi.Message;
import io.plumtree.protocol.Broadcast;
import io.plumtree.protocol.ControlMessage;
import io.plumtree.protocol.MessageKey;
import io.plumtree.protocol.Plumtree;

/** Takes messages and what is said about them to the protocol, with the handler's number for its hash. */
final class GossipReceiver implements GossipFrameListener {
    private final FrameOrigin origin;
    private final Plumtree plumtree;
    private final HandlerRegistry registry;
    private final EngineEvents events;
    private final EngineCounters counters;
    private final MessageCursor cursor = new MessageCursor();
    private final int maxIdLength;
    private final int maxMessageLength;

    GossipReceiver(
        final FrameOrigin origin,
        final Plumtree plumtree,
        final HandlerRegistry registry,
        final EngineEvents events,
        final EngineSettings settings,
        final EngineCounters counters) {
        this.origin = origin;
        this.plumtree = plumtree;
        this.registry = registry;
        this.events = events;
        this.counters = counters;
        this.maxIdLength = settings.maxIdLength();
        this.maxMessageLength = settings.maxMessageLength();
    }

    @Override
    public boolean accepts(final long cluster, final long sender) {
        return origin.acceptsPeer(cluster, sender);
    }

    @Override
    public boolean onGossip(final long sender, final Broadcast broadcast) {
        if (origin.isEarly()) {
            return false;
        }
        final int index = admit(broadcast);
        if (index < 0) {
            return true;
        }
        broadcast.key().handler(index);
        return plumtree.onGossip(origin.peer().index, broadcast, origin.nowNs());
    }

    @Override
    public void onControl(final long sender, final ControlMessage type, final MessageKey key) {
        final int index = admit(key.handler(), key.id().length());
        if (index < 0) {
            return;
        }
        key.handler(index);
        if (type == ControlMessage.PRUNE) {
            events.pruneReceived(origin.peer(), key);
        }
        plumtree.onControl(type, origin.peer().index, key, origin.nowNs());
    }

    @Override
    public void onQuench(final long sender, final long root, final int handler) {
        final int index = admit(handler, 0);
        if (index >= 0) {
            plumtree.onQuench(origin.peer().index, root, index, origin.nowNs());
        }
    }

    /** Number of the handler, or a negative value if the message must be dropped. */
    private int admit(final int handler, final int idLength) {
        return origin.admit() ? withinLimits(registry.indexOf(handler), idLength, 0) : HandlerRegistry.NONE;
    }

    /** As above, but payloads that may have overtaken a greeting or a goodbye are taken in all the same. */
    private int admit(final Broadcast broadcast) {
        int index = registry.indexOf(broadcast.key().handler());
        if (!registry.isUnordered(index) && !origin.admit()) {
            return HandlerRegistry.NONE;
        }
        if (broadcast.count() == 1) {
            return withinLimits(index, broadcast.id().length(), broadcast.payloadLength());
        }
        cursor.begin(broadcast);
        do {
            final Message message = cursor.next();
            index = withinLimits(index, message.id().length(), message.payloadLength());
        } while (index >= 0 && cursor.hasNext());
        return index;
    }

    private int withinLimits(final int index, final int idLength, final int payloadLength) {
        if (idLength > maxIdLength || (long) idLength + payloadLength > maxMessageLength) {
            counters.increment(EngineCounter.FRAMES_TOO_LONG);
            return HandlerRegistry.NONE;
        }
        if (index < 0) {
            counters.increment(EngineCounter.FRAMES_UNKNOWN_HANDLER);
        }
        return index;
    }
}
