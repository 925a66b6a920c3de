package io.plumtree.engine.agent;

import io.plumtree.engine.settings.EngineSettings;
import io.plumtree.api.Exchange;
import io.plumtree.api.NodeId;
import io.plumtree.api.transport.FrameHandler;
import io.plumtree.api.transport.Session;
import io.plumtree.api.transport.Transport;
import io.plumtree.engine.codec.AnswerPart;
import io.plumtree.engine.codec.DecodeResult;
import io.plumtree.engine.codec.ExchangeCloseCode;
import io.plumtree.engine.codec.FrameDecoder;
import io.plumtree.engine.codec.FrameListener;
import io.plumtree.engine.codec.Greeting;
import io.plumtree.engine.codec.KnownIncarnation;
import io.plumtree.engine.codec.MemberState;
import io.plumtree.engine.codec.MessageCursor;
import io.plumtree.engine.codec.Namesake;
import io.plumtree.engine.codec.Query;
import io.plumtree.engine.codec.TreePeer;
import io.plumtree.engine.counting.EngineCounter;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.counting.ErrorReporter;
import io.plumtree.engine.counting.ErrorSource;
import io.plumtree.engine.counting.Failures;
import io.plumtree.engine.exchange.PeerFrames;
import io.plumtree.engine.handlers.HandlerChannels;
import io.plumtree.engine.handlers.HandlerRegistry;
import io.plumtree.engine.peers.Agreement;
import io.plumtree.engine.peers.Incarnations;
import io.plumtree.engine.peers.LinkMonitor;
import io.plumtree.engine.peers.Overlay;
import io.plumtree.engine.peers.OwnRun;
import io.plumtree.engine.peers.Peer;
import io.plumtree.engine.peers.PeerTable;
import io.plumtree.handlers.spi.Message;
import io.plumtree.protocol.Broadcast;
import io.plumtree.protocol.ControlMessage;
import io.plumtree.protocol.MessageKey;
import io.plumtree.protocol.Plumtree;
import io.plumtree.protocol.membership.NodeDescriptor;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Takes frames from the transport to the protocol. Whatever is wrong with one is counted, and the frame dropped.
 *
 * <p>A peer's frames are taken in from its greeting to its goodbye, even while the link to it is down: it may not have
 * noticed, and what it pushed would be lost. A peer that has restarted greets before it sends anything else on the
 * default channel.
 */
final class FrameReceiver implements FrameHandler, FrameListener {
    private final FrameDecoder decoder = new FrameDecoder();
    private final MessageCursor cursor = new MessageCursor();
    private final Plumtree plumtree;
    private final PeerTable peers;
    private final LinkMonitor links;
    private final PeerFrames exchanges;
    private final Inspection inspection;
    private final Incarnations incarnations;
    private final OwnRun run;
    /** Null where the members are given. */
    private final Overlay overlay;
    private final HandlerRegistry registry;
    private final Agreement agreement;
    private final EngineCounters counters;
    private final EngineEvents events;
    private final ErrorSource errors;
    private final long cluster;
    private final long self;
    private final int maxIdLength;
    private final int maxMessageLength;
    private Peer sender;
    /** On which the frame came. */
    private Session session;
    /** Whether it has overtaken the greeting of a peer, or seems to have: it is left for later, or asked for again. */
    private boolean isEarly;
    private long nowNs;

    FrameReceiver(
        final Plumtree plumtree,
        final PeerTable peers,
        final LinkMonitor links,
        final PeerFrames exchanges,
        final Inspection inspection,
        final Incarnations incarnations,
        final OwnRun run,
        final Overlay overlay,
        final HandlerRegistry registry,
        final Agreement agreement,
        final EngineSettings settings,
        final EngineCounters counters,
        final EngineEvents events,
        final ErrorReporter reporter) {
        this.plumtree = plumtree;
        this.peers = peers;
        this.links = links;
        this.exchanges = exchanges;
        this.inspection = inspection;
        this.incarnations = incarnations;
        this.run = run;
        this.overlay = overlay;
        this.registry = registry;
        this.agreement = agreement;
        this.counters = counters;
        this.events = events;
        this.errors = reporter.source("engine");
        this.cluster = settings.clusterHash();
        this.self = settings.self().id().value();
        this.maxIdLength = settings.maxIdLength();
        this.maxMessageLength = settings.maxMessageLength();
    }

    void nowNs(final long timeNs) {
        nowNs = timeNs;
    }

    @Override
    public boolean onFrame(
        final Session newSession, final DirectBuffer buffer, final int offset, final int length) {
        session = newSession;
        try {
            final DecodeResult result = decoder.decode(buffer, offset, length, this);
            count(result);
            return result.isDone();
        } catch (final Throwable ex) {
            // A fault of the engine's own. Given again, the frame would lead to the same one.
            Failures.rethrowIfFatal(ex);
            counters.increment(EngineCounter.FRAMES_FAILED);
            errors.report("a frame", ex);
            return true;
        }
    }

    @Override
    public boolean accepts(final long frameCluster, final long frameSender) {
        if (frameCluster != cluster) {
            onForeignFrame(frameSender);
            return false;
        }
        sender = peers.byValue(frameSender);
        if (sender == null) {
            counters.increment(frameSender == self ?
                EngineCounter.FRAMES_IMPOSTORS : EngineCounter.FRAMES_STRANGERS);
            return false;
        }
        isEarly = false;
        return sender.sessions().has(session) || isJoining();
    }

    /** Whether a frame in a peer's name that comes on none of its sessions is to be looked at all the same. */
    private boolean isJoining() {
        if (session.channel() != Transport.DEFAULT_CHANNEL) {
            if (sender.sessions().admits(session)) {
                return true;
            }
            isEarly = sender.sessions().isClaimed(session, nowNs);
            if (isEarly) {
                return true;
            }
        }
        if (sender.sessions().isKnown()) {
            counters.increment(EngineCounter.FRAMES_OTHER_SESSION);
            links.onOtherSession(sender, session, nowNs);
        } else {
            counters.increment(EngineCounter.FRAMES_UNGREETED);
        }
        return false;
    }

    @Override
    public boolean acceptsStranger(final long frameCluster, final long frameSender) {
        if (frameCluster != cluster) {
            onForeignFrame(frameSender);
            return false;
        }
        if (frameSender == self) {
            counters.increment(EngineCounter.FRAMES_IMPOSTORS);
            return false;
        }
        return true;
    }

    @Override
    public boolean acceptsOverlay(final long frameCluster, final long frameSender) {
        if (frameCluster != cluster) {
            onForeignFrame(frameSender);
            return false;
        }
        if (overlay == null) {
            counters.increment(EngineCounter.FRAMES_STRANGERS);
            agreement.onOverlayFrame(name(frameSender));
            return false;
        }
        return true;
    }

    private void onForeignFrame(final long frameSender) {
        counters.increment(EngineCounter.FRAMES_FOREIGN);
        agreement.onForeignFrame(name(frameSender));
    }

    /** Of a member; null if it is none. */
    private NodeId name(final long value) {
        final Peer peer = peers.byValue(value);
        return peer == null ? null : peer.id;
    }

    @Override
    public boolean acceptsGreeting(final long frameCluster, final long frameSender) {
        sender = peers.byValue(frameSender);
        if (frameCluster == cluster && frameSender != self && (sender != null || overlay != null)) {
            return true;
        }
        return accepts(frameCluster, frameSender);
    }

    @Override
    public boolean acceptsNamesake(final long frameCluster, final long frameSender) {
        if (frameCluster != cluster) {
            counters.increment(EngineCounter.FRAMES_FOREIGN);
            return false;
        }
        if (frameSender != self) {
            counters.increment(EngineCounter.FRAMES_STRANGERS);
            return false;
        }
        return true;
    }

    @Override
    public void onKnown(final long from, final KnownIncarnation known) {
        run.onKnown(from, known, session, nowNs);
    }

    @Override
    public void onRaised(final long from, final long former, final long incarnation) {
        links.onRaised(sender, former, incarnation, nowNs);
    }

    @Override
    public void onNamesake(final Namesake namesake) {
        incarnations.namesakes().onNamesake(namesake, nowNs);
    }

    @Override
    public void onJoin(final NodeDescriptor from, final long nonce) {
        if (overlay.isOther(from, nonce) && !incarnations.refuses(from, nonce, nowNs)) {
            overlay.hyParView().onJoin(from, nonce, nowNs);
        }
    }

    @Override
    public void onForwardJoin(final NodeDescriptor from, final NodeDescriptor joined, final int timeToLive) {
        overlay.hyParView().onForwardJoin(from, joined, timeToLive, nowNs);
    }

    @Override
    public void onNeighbor(final NodeDescriptor from, final long nonce, final boolean isHighPriority) {
        if (overlay.isOther(from, nonce) && !incarnations.refuses(from, nonce, nowNs)) {
            overlay.hyParView().onNeighbor(from, nonce, isHighPriority, nowNs);
        }
    }

    @Override
    public void onNeighborReply(final NodeDescriptor from, final long nonce, final boolean isAccepted) {
        overlay.hyParView().onNeighborReply(from, nonce, isAccepted, nowNs);
    }

    @Override
    public void onDisconnect(final NodeDescriptor from, final boolean isLeaving) {
        final Peer peer = peers.byValue(from.id().value());
        if (peer != null && peer.isUp() && !peer.sessions().has(session)) {
            counters.increment(EngineCounter.FRAMES_OTHER_SESSION);
            return;
        }
        overlay.hyParView().onDisconnect(from, isLeaving, nowNs);
    }

    @Override
    public void onShuffle(
        final NodeDescriptor from,
        final NodeDescriptor origin,
        final int timeToLive,
        final List<NodeDescriptor> sample) {
        overlay.hyParView().onShuffle(from, origin, timeToLive, sample, nowNs);
    }

    @Override
    public void onShuffleReply(final NodeDescriptor from, final List<NodeDescriptor> sample) {
        overlay.hyParView().onShuffleReply(from, sample, nowNs);
    }

    @Override
    public void onQuery(final long from, final Query query) {
        inspection.responder().onQuery(from, query, nowNs);
    }

    @Override
    public void onMembersAnswer(final AnswerPart<MemberState> part) {
        confirmAnswer(part.correlation());
        inspection.asker().onMembersAnswer(part);
    }

    @Override
    public void onPeersAnswer(final AnswerPart<TreePeer> part) {
        confirmAnswer(part.correlation());
        inspection.asker().onPeersAnswer(part);
    }

    @Override
    public void onExchangesAnswer(final long incarnation, final AnswerPart<Exchange> part) {
        confirmAnswer(part.correlation());
        inspection.asker().onExchangesAnswer(part);
    }

    @Override
    public void onQueryRefused(final long from, final long correlation, final int code) {
        inspection.asker().onQueryRefused(from, correlation, code);
    }

    /** Who was asked is to be heard to the end of its answer, however long it is. */
    private void confirmAnswer(final long correlation) {
        if (inspection.asker().isPending(correlation)) {
            session.confirm();
        }
    }

    @Override
    public void onGreeting(final Greeting greeting) {
        if (sender == null) {
            overlay.onStrangersGreeting(greeting);
        } else if (greeting.sender().equals(sender.id)) {
            links.onGreeting(sender, greeting, session, nowNs);
        } else {
            counters.increment(EngineCounter.FRAMES_STRANGERS);
        }
    }

    @Override
    public void onHeartbeat(final long from, final long incarnation) {
        links.onHeartbeat(sender, incarnation, nowNs);
    }

    @Override
    public void onGoodbye(final long from, final long incarnation) {
        links.onGoodbye(sender, incarnation, nowNs);
    }

    @Override
    public boolean onGossip(final long from, final Broadcast broadcast) {
        if (isEarly) {
            return false;
        }
        final int index = admit(broadcast);
        if (index < 0) {
            return true;
        }
        broadcast.key().handler(index);
        return plumtree.onGossip(sender.index, broadcast, nowNs);
    }

    @Override
    public void onControl(final long from, final ControlMessage type, final MessageKey key) {
        final int index = admit(key.handler(), key.id().length());
        if (index < 0) {
            return;
        }
        key.handler(index);
        if (type == ControlMessage.PRUNE) {
            events.pruneReceived(sender, key);
        }
        plumtree.onControl(type, sender.index, key, nowNs);
    }

    @Override
    public void onQuench(final long from, final long root, final int handler) {
        final int index = admit(handler, 0);
        if (index >= 0) {
            plumtree.onQuench(sender.index, root, index, nowNs);
        }
    }

    @Override
    public void onExchangeOpen(final long from, final long exchangeId, final long creditLimit, final int handler) {
        // One that has overtaken the greeting is told to come again.
        if (isUnordered(registry.indexOf(handler)) || admit()) {
            exchanges.onOpen(sender.index, exchangeId, creditLimit, handler, nowNs);
        }
    }

    @Override
    public void onExchangeData(
        final long from,
        final long exchangeId,
        final boolean fromInitiator,
        final int sequence,
        final DirectBuffer buffer,
        final int offset,
        final int length) {
        if (admit()) {
            exchanges.onData(
                sender.index, exchangeId, fromInitiator, sequence, buffer, offset, length, nowNs);
        }
    }

    @Override
    public void onExchangeCredit(
        final long from, final long exchangeId, final boolean fromInitiator, final long creditLimit) {
        if (admit()) {
            exchanges.onCredit(sender.index, exchangeId, fromInitiator, creditLimit, nowNs);
        }
    }

    @Override
    public void onExchangeClose(
        final long from, final long exchangeId, final boolean fromInitiator, final ExchangeCloseCode code) {
        if (admit()) {
            exchanges.onClose(sender.index, exchangeId, fromInitiator, code, nowNs);
        }
    }

    /** Whether the sender has introduced itself. */
    private boolean admit() {
        if (isEarly || !sender.isIntroduced()) {
            counters.increment(EngineCounter.FRAMES_UNGREETED);
            return false;
        }
        // Even a frame that is left for later shows that the peer is not to blame for its silence.
        sender.heard(nowNs);
        return true;
    }

    /** Number of the handler, or a negative value if the message must be dropped. */
    private int admit(final int handler, final int idLength) {
        return admit() ? withinLimits(registry.indexOf(handler), idLength, 0) : HandlerRegistry.NONE;
    }

    /** As above, but payloads that may have overtaken a greeting or a goodbye are taken in all the same. */
    private int admit(final Broadcast broadcast) {
        int index = registry.indexOf(broadcast.key().handler());
        if (!isUnordered(index) && !admit()) {
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

    /**
     * Whether a handler's payloads and exchanges come on another channel than greetings and goodbyes do, so that they
     * come in no order with these. They say nothing of the default channel either, by which a peer is judged.
     */
    private boolean isUnordered(final int handler) {
        return handler >= 0 && registry.slot(handler).channel != HandlerChannels.DEFAULT;
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

    private void count(final DecodeResult result) {
        switch (result) {
            case CONSUMED -> counters.increment(EngineCounter.FRAMES);
            case ABORTED -> counters.increment(EngineCounter.FRAMES_ABORTED);
            case STRANGER -> {
                // Counted where it was refused.
            }
            case TOO_SHORT -> counters.increment(EngineCounter.FRAMES_TOO_SHORT);
            case OTHER_SCHEMA -> counters.increment(EngineCounter.FRAMES_OTHER_SCHEMA);
            case UNKNOWN_TEMPLATE -> counters.increment(EngineCounter.FRAMES_UNKNOWN_TEMPLATE);
            default -> counters.increment(EngineCounter.FRAMES_MALFORMED);
        }
    }
}
