package io.plumtree.engine.agent;

import io.plumtree.engine.codec.BatchKind;
import io.plumtree.engine.codec.FrameEncoder;
import io.plumtree.engine.codec.GossipBody;
import io.plumtree.engine.codec.GossipBundle;
import io.plumtree.engine.counting.EngineCounter;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.exchange.Exchanges;
import io.plumtree.engine.handlers.HandlerDispatch;
import io.plumtree.engine.handlers.HandlerRegistry;
import io.plumtree.engine.handlers.HandlerSlot;
import io.plumtree.engine.peers.Peer;
import io.plumtree.engine.peers.PeerTable;
import io.plumtree.engine.ring.RecentBundles;
import io.plumtree.handlers.spi.GraftPayload;
import io.plumtree.protocol.ControlMessage;
import io.plumtree.protocol.PlumtreeEffects;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Turns the protocol's effects into frames and calls of handlers. Payloads are sent from where they lie: in a received
 * frame, in the command ring, or with the handler; on the handler's channel. Announcements, their answers and grafts
 * go out in batches, at the end of the duty cycle, on the default channel; what one link does not take stays in its
 * batch.
 */
final class EngineEffects implements PlumtreeEffects {
    /** Of another node's, whose bundles may be longer than this one's. */
    private static final int MAX_GRAFTED_BUNDLE_LENGTH = 64 * 1024;

    private final HandlerRegistry registry;
    private final HandlerDispatch dispatch;
    private final FrameEncoder encoder;
    private final UnsafeBuffer head;
    private final GossipHead gossipHead;
    private final RecentBundles recentBundles;
    private final EngineCounters counters;
    private final GossipBundle grafted = new GossipBundle(MAX_GRAFTED_BUNDLE_LENGTH);
    private final int maxMessageLength;
    private final long sendBudgetNs;
    private boolean isGraftedWhole;
    private PeerTable peers;
    private Exchanges exchanges;
    private EngineEvents events;
    private long nowNs;

    EngineEffects(
        final HandlerRegistry registry,
        final HandlerDispatch dispatch,
        final RecentBundles recentBundles,
        final EngineSettings settings,
        final EngineCounters counters) {
        this.registry = registry;
        this.dispatch = dispatch;
        this.recentBundles = recentBundles;
        this.counters = counters;
        this.encoder = new FrameEncoder(settings.clusterHash(), settings.self().id().value());
        this.head = new UnsafeBuffer(new byte[Math.max(
            FrameEncoder.graftedHeadLength(settings.maxIdLength()), FrameEncoder.pruneLength(settings.maxIdLength()))]);
        this.gossipHead = new GossipHead(encoder);
        this.maxMessageLength = settings.maxMessageLength();
        this.sendBudgetNs = settings.sendBudgetNs();
    }

    void peers(final PeerTable table) {
        peers = table;
    }

    void events(final EngineEvents engineEvents) {
        events = engineEvents;
    }

    void exchanges(final Exchanges nodeExchanges) {
        exchanges = nodeExchanges;
    }

    void nowNs(final long timeNs) {
        nowNs = timeNs;
    }

    /** Sends what the batches hold. */
    int flush() {
        int workCount = 0;
        for (final Peer peer : peers.all()) {
            if (peer.isUp) {
                workCount += peer.flush();
            }
        }
        return workCount;
    }

    @Override
    public boolean isWritable(final int peer, final int channel) {
        return peers.at(peer).isWritable(channel, nowNs, sendBudgetNs);
    }

    @Override
    public boolean isAdmissible(final int peer, final int channel) {
        return peers.at(peer).isAdmissible(channel, nowNs, sendBudgetNs);
    }

    @Override
    public long queuePosition(final int peer, final int channel) {
        return peers.at(peer).lane(channel).queuePosition();
    }

    @Override
    public int merge(
        final int handler,
        final DirectBuffer buffer,
        final int idOffset,
        final int idLength,
        final int payloadOffset,
        final int payloadLength) {
        final int bodyOffset = GossipBody.offset(idOffset);
        if (GossipBody.payloadLength(buffer, bodyOffset, idLength) != payloadLength) {
            return mergeBundle(handler, buffer, bodyOffset, payloadOffset + payloadLength);
        }
        final int result = dispatch.merge(handler, buffer, idOffset, idLength, payloadOffset, payloadLength);
        if (result == NEW) {
            counters.increment(EngineCounter.MESSAGES_DELIVERED);
        }
        return result;
    }

    /** New if any message is; stale if all are. */
    private int mergeBundle(final int handler, final DirectBuffer buffer, final int bodyOffset, final int end) {
        final int delivered = dispatch.mergeAll(handler, buffer, bodyOffset, end);
        if (delivered <= 0) {
            return delivered == HandlerDispatch.ALL_STALE ? STALE : FAILED;
        }
        counters.add(EngineCounter.MESSAGES_DELIVERED, delivered);
        recentBundles.add(handler, buffer, bodyOffset, end);
        return NEW;
    }

    @Override
    public int isStale(final int handler, final DirectBuffer buffer, final int idOffset, final int idLength) {
        return dispatch.isStale(handler, buffer, idOffset, idLength);
    }

    /**
     * The payload of one message, or of all that travelled with it. What the handler no longer has of the others is
     * left out; where it is not known whether there were others, or there is no room for them, an exchange has to find
     * them.
     */
    @Override
    public int graft(final int handler, final DirectBuffer buffer, final int idOffset, final int idLength) {
        grafted.clear();
        final int result = graftOne(handler, buffer, idOffset, idLength);
        if (result == FOUND) {
            final int bundle = recentBundles.find(handler, buffer, idOffset, idLength);
            isGraftedWhole = bundle == RecentBundles.NONE ? !recentBundles.hasForgotten() : gather(handler, bundle);
        }
        return result;
    }

    private int graftOne(final int handler, final DirectBuffer buffer, final int idOffset, final int idLength) {
        final int result = dispatch.graft(handler, buffer, idOffset, idLength);
        if (result == FOUND && dispatch.graftPayload().length() > maxMessageLength - idLength) {
            registry.slot(handler).failed("graft", new IllegalStateException("payload of " +
                dispatch.graftPayload().length() + " bytes: a message has " + maxMessageLength + " at most"));
            return FAILED;
        }
        return result;
    }

    /** Gathers a bundle's messages, the first of which has been found; false if there is no room for all. */
    private boolean gather(final int handler, final int bundle) {
        final DirectBuffer ids = recentBundles.buffer();
        int id = recentBundles.first(bundle);
        boolean hasRoom = true;
        for (int i = 0, count = recentBundles.count(bundle); i < count; i++) {
            final int idOffset = GossipBody.idOffset(id);
            final int idLength = recentBundles.idLength(id);
            if (i == 0 || graftOne(handler, ids, idOffset, idLength) == FOUND) {
                final GraftPayload payload = dispatch.graftPayload();
                hasRoom &= grafted.hasRoom(GossipBody.length(idLength, payload.length()));
                if (hasRoom) {
                    grafted.append(ids, idOffset, idLength, payload.buffer(), payload.offset(), payload.length());
                }
            }
            id = recentBundles.next(id);
        }
        return hasRoom;
    }

    @Override
    public boolean sendGrafted(
        final int peer,
        final long root,
        final int round,
        final int handler,
        final DirectBuffer buffer,
        final int idOffset,
        final int idLength) {
        final Peer to = peers.at(peer);
        if (!to.isUp) {
            return false;
        }
        final HandlerSlot slot = registry.slot(handler);
        if (!isGraftedWhole) {
            exchanges.onExchangeNeeded(peer);
        }
        if (grafted.count() > 0) {
            return sendBodies(to, slot, root, round, grafted.buffer(), grafted.offset(), grafted.end());
        }
        final GraftPayload payload = dispatch.graftPayload();
        final int headLength = encoder.graftedHead(
            head, 0, root, round, slot.hash, buffer, idOffset, idLength, payload.length());
        if (!to.lane(slot.channel).send(head, headLength, payload.buffer(), payload.offset(), payload.length())) {
            return false;
        }
        events.graftServed(to, root, round, handler, payload.length());
        return true;
    }

    @Override
    public int messageCount(
        final DirectBuffer buffer,
        final int idOffset,
        final int idLength,
        final int payloadOffset,
        final int payloadLength) {
        final int bodyOffset = GossipBody.offset(idOffset);
        return GossipBody.payloadLength(buffer, bodyOffset, idLength) == payloadLength
            ? 1 : GossipBundle.count(buffer, bodyOffset);
    }

    @Override
    public boolean sendGossip(
        final int peer,
        final long root,
        final int round,
        final int handler,
        final DirectBuffer buffer,
        final int idOffset,
        final int idLength,
        final int payloadOffset,
        final int payloadLength) {
        final Peer to = peers.at(peer);
        if (!to.isUp) {
            return false;
        }
        return sendBodies(
            to, registry.slot(handler), root, round,
            buffer, GossipBody.offset(idOffset), payloadOffset + payloadLength);
    }

    /** Sends messages from where they lie: one as a Gossip, several as a GossipBundle. */
    private boolean sendBodies(
        final Peer to,
        final HandlerSlot slot,
        final long root,
        final int round,
        final DirectBuffer buffer,
        final int bodyOffset,
        final int end) {
        final int from = GossipBundle.offsetToSend(buffer, bodyOffset, end);
        gossipHead.set(from != bodyOffset, root, round, slot.hash);
        return to.lane(slot.channel).send(gossipHead.buffer(), gossipHead.length(), buffer, from, end - from);
    }

    @Override
    public boolean sendControl(
        final ControlMessage type,
        final int peer,
        final long root,
        final int round,
        final int handler,
        final DirectBuffer buffer,
        final int idOffset,
        final int idLength) {
        return switch (type) {
            case I_HAVE -> append(BatchKind.I_HAVE, peer, root, round, handler, buffer, idOffset, idLength);
            case IGNORED_I_HAVE ->
                append(BatchKind.IGNORED_I_HAVE, peer, root, round, handler, buffer, idOffset, idLength);
            case GRAFT -> appendGraft(peer, root, round, handler, buffer, idOffset, idLength);
            case ADOPT -> append(BatchKind.ADOPT, peer, root, round, handler, buffer, idOffset, idLength);
            case GRAFT_FAILED ->
                append(BatchKind.GRAFT_FAILED, peer, root, round, handler, buffer, idOffset, idLength);
            case PRUNE -> sendPrune(peer, root, round, handler, buffer, idOffset, idLength);
        };
    }

    private boolean sendPrune(
        final int peer,
        final long root,
        final int round,
        final int handler,
        final DirectBuffer buffer,
        final int idOffset,
        final int idLength) {
        final Peer to = peers.at(peer);
        // A graft or adoption decided on before must not arrive after the prune, and undo it.
        if (!to.isUp || !to.flush(BatchKind.GRAFT) || !to.flush(BatchKind.ADOPT)) {
            return false;
        }
        final int headLength =
            encoder.prune(head, 0, root, round, registry.slot(handler).hash, buffer, idOffset, idLength);
        if (!to.send(head, headLength, null, 0, 0)) {
            return false;
        }
        events.pruneSent(to, root, round, handler);
        return true;
    }

    private boolean appendGraft(
        final int peer,
        final long root,
        final int round,
        final int handler,
        final DirectBuffer buffer,
        final int idOffset,
        final int idLength) {
        if (!append(BatchKind.GRAFT, peer, root, round, handler, buffer, idOffset, idLength)) {
            return false;
        }
        events.graftSent(peers.at(peer), root, round, handler);
        return true;
    }

    @Override
    public boolean sendQuench(final int peer, final long root, final int handler) {
        final int length = encoder.quench(head, 0, root, registry.slot(handler).hash);
        return peers.at(peer).send(head, length, null, 0, 0);
    }

    @Override
    public void onExchangeNeeded(final int peer) {
        exchanges.onExchangeNeeded(peer);
    }

    private boolean append(
        final BatchKind kind,
        final int peer,
        final long root,
        final int round,
        final int handler,
        final DirectBuffer buffer,
        final int idOffset,
        final int idLength) {
        return peers.at(peer).append(kind, root, round, registry.slot(handler).hash, buffer, idOffset, idLength);
    }
}
