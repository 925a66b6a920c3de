package io.plumtree.engine.agent;

import io.plumtree.api.MessageId;
import io.plumtree.engine.codec.GossipBody;
import io.plumtree.engine.codec.GossipBundle;
import io.plumtree.engine.codec.GossipFrameEncoder;
import io.plumtree.engine.counting.EngineCounter;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.exchange.DuePeers;
import io.plumtree.engine.handlers.HandlerDispatch;
import io.plumtree.engine.handlers.HandlerRegistry;
import io.plumtree.engine.handlers.HandlerSlot;
import io.plumtree.engine.peers.Peer;
import io.plumtree.engine.peers.PeerChannel;
import io.plumtree.engine.peers.PeerTable;
import io.plumtree.engine.ring.RecentBundles;
import io.plumtree.engine.settings.EngineSettings;
import io.plumtree.handlers.spi.GraftPayload;
import io.plumtree.protocol.Broadcast;
import io.plumtree.protocol.ControlMessage;
import io.plumtree.protocol.MessageKey;
import io.plumtree.protocol.Peers;
import io.plumtree.protocol.PlumtreeEffects;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Turns the protocol's effects into frames and calls of handlers. Payloads are sent from where they lie: in a received
 * frame, in the command ring, or with the handler; on the handler's channel. Announcements, their answers and grafts
 * go out in batches, at the end of the duty cycle, on the default channel; what one link does not take stays in its
 * batch.
 */
final class EngineEffects implements PlumtreeEffects {
    /**
     * Longest bundle that a graft is answered with. Fixed, not this node's {@code bundleLength}: the bundle may come
     * from a node with a larger setting.
     */
    private static final int MAX_GRAFTED_BUNDLE_LENGTH = 64 * 1024;

    private final HandlerRegistry registry;
    private final HandlerDispatch dispatch;
    private final GossipFrameEncoder encoder;
    private final UnsafeBuffer head;
    private final GossipHead gossipHead;
    private final RecentBundles recentBundles;
    private final PeerTable peers;
    private final DuePeers due;
    private final EngineEvents events;
    private final EngineCounters counters;
    private final GossipBundle grafted = new GossipBundle(MAX_GRAFTED_BUNDLE_LENGTH);
    private final Broadcast graftedBroadcast = new Broadcast();
    private final int maxMessageLength;
    private long nowNs;

    EngineEffects(
        final HandlerRegistry registry,
        final HandlerDispatch dispatch,
        final RecentBundles recentBundles,
        final PeerTable peers,
        final DuePeers due,
        final EngineEvents events,
        final EngineSettings settings,
        final EngineCounters counters) {
        this.registry = registry;
        this.dispatch = dispatch;
        this.recentBundles = recentBundles;
        this.peers = peers;
        this.due = due;
        this.events = events;
        this.counters = counters;
        this.encoder = new GossipFrameEncoder(settings.clusterHash(), settings.self().id().value());
        this.head = new UnsafeBuffer(new byte[Math.max(
            GossipFrameEncoder.graftedHeadLength(settings.maxIdLength()),
            GossipFrameEncoder.pruneLength(settings.maxIdLength()))]);
        this.gossipHead = new GossipHead(encoder);
        this.maxMessageLength = settings.maxMessageLength();
    }

    void nowNs(final long timeNs) {
        nowNs = timeNs;
    }

    /** Sends what the batches hold. */
    int flush() {
        int workCount = 0;
        for (final Peer peer : peers.all()) {
            if (peer.isUp()) {
                workCount += peer.flush();
            }
        }
        return workCount;
    }

    @Override
    public boolean isWritable(final int peer, final int channel) {
        return peers.at(peer).isWritable(channel, nowNs);
    }

    @Override
    public boolean isAdmissible(final int peer, final int channel) {
        return peers.at(peer).isAdmissible(channel, nowNs);
    }

    @Override
    public void onHeldBack(final int peer, final int channel, final boolean isRelay) {
        peers.at(peer).onHeldBack(channel, isRelay, nowNs);
    }

    @Override
    public long queuePosition(final int peer, final int channel) {
        return peers.at(peer).channel(channel).queuePosition();
    }

    @Override
    public int merge(final Broadcast broadcast) {
        final int delivered = dispatch.merge(broadcast);
        if (delivered <= 0) {
            return delivered == HandlerDispatch.ALL_STALE ? STALE : FAILED;
        }
        counters.add(EngineCounter.MESSAGES_DELIVERED, delivered);
        if (broadcast.count() > 1) {
            recentBundles.add(broadcast);
        }
        return NEW;
    }

    @Override
    public int isStale(final MessageKey key) {
        return dispatch.isStale(key);
    }

    @Override
    public int graft(final int peer, final MessageKey key) {
        final int result = graftOne(key.handler(), key.id());
        return result == FOUND && peer != Peers.NO_PEER && sendGrafted(peers.at(peer), key) ? SERVED : result;
    }

    private int graftOne(final int handler, final MessageId id) {
        final int result = dispatch.graft(handler, id);
        if (result == FOUND && dispatch.graftPayload().length() > maxMessageLength - id.length()) {
            registry.slot(handler).failed("graft", new IllegalStateException("payload of " +
                dispatch.graftPayload().length() + " bytes: a message has " + maxMessageLength + " at most"));
            return FAILED;
        }
        return result;
    }

    /**
     * Sends the payload that was found, or all that travelled with it. What the handler no longer has of the others is
     * left out; where it is not known whether there were others, or there is no room for them, an exchange has to find
     * them.
     */
    private boolean sendGrafted(final Peer to, final MessageKey key) {
        if (!to.isUp()) {
            return false;
        }
        grafted.clear();
        final int bundle = recentBundles.find(key);
        final boolean isWhole =
            bundle == RecentBundles.NONE ? !recentBundles.hasForgotten() : gather(key.handler(), bundle);
        if (!isWhole) {
            due.mark(to.index);
        }
        if (grafted.count() > 0) {
            grafted.wrap(graftedBroadcast);
            graftedBroadcast.key().set(key.root(), key.round(), key.handler());
            return sendGossip(to.index, key.round(), graftedBroadcast);
        }
        final GraftPayload payload = dispatch.graftPayload();
        final HandlerSlot slot = registry.slot(key.handler());
        final int headLength = encoder.graftedHead(head, 0, key, slot.hash, payload.length());
        if (!to.channel(slot.channel).send(head, headLength, payload.buffer(), payload.offset(), payload.length())) {
            return false;
        }
        events.graftServed(to, key, payload.length());
        return true;
    }

    /** Gathers a bundle's messages, the first of which has been found; false if there is no room for all. */
    private boolean gather(final int handler, final int bundle) {
        boolean hasRoom = true;
        int at = recentBundles.first(bundle);
        for (int i = 0, count = recentBundles.count(bundle); i < count; i++) {
            final MessageId id = recentBundles.id(at);
            if (i == 0 || graftOne(handler, id) == FOUND) {
                final GraftPayload payload = dispatch.graftPayload();
                hasRoom &= grafted.hasRoom(GossipBody.length(id.length(), payload.length()));
                if (hasRoom) {
                    grafted.append(id, payload);
                }
            }
            if (grafted.count() == 0) {
                // Without the first all others would go out under its id.
                return false;
            }
            at = recentBundles.next(at);
        }
        return hasRoom;
    }

    /** Sends messages from where they lie: one as a Gossip, several as a GossipBundle. */
    @Override
    public boolean sendGossip(final int peer, final int round, final Broadcast broadcast) {
        final Peer to = peers.at(peer);
        if (!to.isUp()) {
            return false;
        }
        final HandlerSlot slot = registry.slot(broadcast.key().handler());
        gossipHead.set(broadcast.count() > 1, broadcast.key().root(), round, slot.hash);
        final PeerChannel way = to.channel(slot.channel);
        way.onPush(true, nowNs);
        return way.send(
            gossipHead.buffer(), gossipHead.length(), broadcast.buffer(), broadcast.bodyOffset(),
            broadcast.bodyLength());
    }

    @Override
    public boolean sendControl(final ControlMessage type, final int peer, final MessageKey key) {
        final Peer to = peers.at(peer);
        if (type == ControlMessage.PRUNE) {
            return sendPrune(to, key);
        }
        if (!to.append(type, key, registry.slot(key.handler()).hash)) {
            return false;
        }
        if (type == ControlMessage.GRAFT) {
            events.graftSent(to, key);
        }
        return true;
    }

    private boolean sendPrune(final Peer to, final MessageKey key) {
        // A graft or adoption decided on before must not arrive after the prune, and undo it.
        if (!to.isUp() || !to.flush(ControlMessage.GRAFT) || !to.flush(ControlMessage.ADOPT)) {
            return false;
        }
        final int headLength = encoder.prune(head, 0, key, registry.slot(key.handler()).hash);
        if (!to.send(head, headLength, null, 0, 0)) {
            return false;
        }
        events.pruneSent(to, key);
        return true;
    }

    @Override
    public boolean sendQuench(final int peer, final long root, final int handler) {
        final int length = encoder.quench(head, 0, root, registry.slot(handler).hash);
        return peers.at(peer).send(head, length, null, 0, 0);
    }

    @Override
    public void onExchangeNeeded(final int peer) {
        due.mark(peer);
    }
}
