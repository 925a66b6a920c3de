package io.plumtree.engine.peers;

import io.plumtree.api.DownReason;
import io.plumtree.api.Member;
import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import io.plumtree.api.transport.Session;
import io.plumtree.engine.codec.Challenge;
import io.plumtree.engine.codec.Greeting;
import io.plumtree.engine.codec.IncarnationFrameEncoder;
import io.plumtree.engine.codec.KnownIncarnation;
import io.plumtree.engine.codec.LinkFrameEncoder;
import io.plumtree.engine.codec.NameHash;
import io.plumtree.engine.counting.EngineCounter;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.counting.ErrorReporter;
import io.plumtree.engine.counting.ErrorSource;
import io.plumtree.engine.counting.Failures;
import io.plumtree.engine.events.LinkDownEvent;
import io.plumtree.engine.events.LinkUpEvent;
import io.plumtree.engine.exchange.Exchanges;
import io.plumtree.engine.handlers.HandlerChannels;
import io.plumtree.engine.handlers.HandlerRegistry;
import io.plumtree.engine.settings.EngineSettings;
import io.plumtree.engine.settings.Incarnation;
import io.plumtree.engine.settings.PeerObserver;
import io.plumtree.protocol.Plumtree;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Says which links are up. A link is up when the transport has it connected and the peer has greeted since it was last
 * down; it goes down when the transport loses it, when the peer is silent, says goodbye, or shows another incarnation.
 *
 * <p>The transport's word alone is not enough: a peer that restarts within its timeouts looks connected all along, and
 * what was under way is lost. An incarnation that has changed tells.
 *
 * <p>Losing sight of each other need not be mutual. So one whose link comes up again asks to be greeted anew, and that
 * tells the other that its own link went and came: both then announce what is recent.
 */
public final class LinkMonitor {
    private final PeerTable peers;
    private final Plumtree plumtree;
    private final Exchanges exchanges;
    private final HandlerRegistry registry;
    private final Agreement agreement;
    private final EngineCounters counters;
    private final ErrorSource errors;
    private final PeerObserver observer;
    private final String self;
    private final long heartbeatPeriodNs;
    private final long livenessTimeoutNs;
    private final UnsafeBuffer greeting;
    private final UnsafeBuffer heartbeat;
    private final UnsafeBuffer goodbye;
    private final EngineSettings settings;
    private final LinkFrameEncoder encoder;
    private final IncarnationFrameEncoder incarnationEncoder;
    private final Incarnations incarnations;
    private final Neighbours neighbours;
    private long lastCheckNs;

    public LinkMonitor(
        final PeerTable peers,
        final Plumtree plumtree,
        final Exchanges exchanges,
        final HandlerRegistry registry,
        final Agreement agreement,
        final Incarnations incarnations,
        final Neighbours neighbours,
        final EngineSettings settings,
        final EngineCounters counters,
        final ErrorReporter reporter,
        final long nowNs) {
        this.incarnations = incarnations;
        this.neighbours = neighbours;
        this.settings = settings;
        this.peers = peers;
        this.plumtree = plumtree;
        this.exchanges = exchanges;
        this.registry = registry;
        this.agreement = agreement;
        this.counters = counters;
        this.errors = reporter.source("peer listener");
        this.observer = settings.peerObserver();
        this.self = settings.self().id().name();
        this.heartbeatPeriodNs = settings.heartbeatPeriodNs();
        this.livenessTimeoutNs = settings.livenessTimeoutNs();
        this.lastCheckNs = nowNs;
        this.encoder = new LinkFrameEncoder(settings.clusterHash(), settings.self().id().value());
        this.incarnationEncoder = new IncarnationFrameEncoder(settings.clusterHash(), settings.self().id().value());
        this.greeting = new UnsafeBuffer(new byte[LinkFrameEncoder.greetingLength(greeting())]);
        this.heartbeat = new UnsafeBuffer(new byte[LinkFrameEncoder.HEARTBEAT_LENGTH]);
        this.goodbye = new UnsafeBuffer(new byte[LinkFrameEncoder.HEARTBEAT_LENGTH]);
        encode();
    }

    /** Writes what this node says of itself, in its present incarnation. */
    private void encode() {
        final long incarnation = settings.incarnation().get();
        encoder.greeting(greeting, 0, greeting());
        encoder.heartbeat(heartbeat, 0, incarnation);
        encoder.goodbye(goodbye, 0, incarnation);
    }

    private Greeting greeting() {
        return new Greeting(
            settings.self().id(), settings.incarnation().get(), false, settings.self().endpoint(),
            registry.names(), agreement.settings(), Challenge.NONE);
    }

    /** This node goes on in a later incarnation: links that are up are told and stay so, others are greeted anew. */
    void raise(final long former, final long nowNs) {
        encode();
        for (final Peer peer : peers.all()) {
            if (peer.isUp()) {
                peer.raise(former, settings.incarnation().get(), incarnationEncoder);
            }
            peer.speakAt(nowNs);
        }
    }

    /** Looks at every link, greets, and sends heartbeats where they are due. */
    public int check(final long nowNs) {
        forgiveStall(nowNs);
        int workCount = 0;
        for (final Peer peer : peers.all()) {
            workCount += check(peer, nowNs);
        }
        return workCount;
    }

    void onGreeting(final Peer peer, final Greeting greeting, final Session session, final long nowNs) {
        if (isNamesakes(peer, greeting, nowNs) || isOutdated(peer, greeting, nowNs)) {
            return;
        }
        final Challenge challenge = greeting.challenge();
        if (!peer.sessions().isGreeted(session) && challenge.echo() != peer.sessions().nonce) {
            counters.increment(EngineCounter.GREETINGS_UNPROVEN);
            challenge(peer, session, challenge.nonce(), nowNs);
            return;
        }
        if (greeting.incarnation() != peer.incarnation()) {
            restart(peer, greeting.incarnation(), nowNs);
        }
        // A stream that goes on as another has lost something in between, and the peer may not have noticed.
        final boolean isInterrupted = peer.isUp() && !peer.sessions().isGreeted(session);
        if (isInterrupted) {
            down(peer, DownReason.RESET, nowNs);
        }
        peer.prove(session, challenge.nonce(), greeting.endpoint());
        if (!peer.isIntroduced()) {
            compareHandlers(peer, greeting);
            agreement.compare(peer.id, greeting);
        }
        if (!isInterrupted || greeting.wantsReply()) {
            peer.greeted();
        }
        peer.heard(nowNs);
        if (greeting.wantsReply() || challenge.wantsEcho()) {
            peer.askForReply();
        }
        // Greetings cross when links are made; but one that still asks so late has lost sight of us in between.
        if (greeting.wantsReply() && peer.isUp() && nowNs - peer.changedNs() > livenessTimeoutNs) {
            down(peer, DownReason.RESET, nowNs);
            peer.greeted();
        }
        advance(peer, nowNs);
    }

    /** Something comes in a peer's name on another session than the peer's: the peer is asked, it may have made it. */
    void onOtherSession(final Peer peer, final Session session, final long nowNs) {
        challenge(peer, session, peer.sessions().heardNonce, nowNs);
    }

    /** Asks a peer, where it listens, whether a session is its own. Who listens elsewhere does not get to hear it. */
    private void challenge(final Peer peer, final Session session, final long echo, final long nowNs) {
        if (peer.link().isConnected() && peer.sessions().isAnswerDue(session, nowNs) && tellKnown(peer)) {
            sendGreeting(peer, echo, true);
        }
    }

    void onHeartbeat(final Peer peer, final long incarnation, final long nowNs) {
        if (isOfRun(peer, incarnation)) {
            peer.heard(nowNs);
        }
    }

    /** A peer goes on in a later incarnation; it has not restarted, and its link stays as it is. */
    void onRaised(final Peer peer, final long former, final long incarnation, final long nowNs) {
        if (peer.isIntroduced() && incarnation <= Incarnation.MAX && isOfRun(peer, former)) {
            neighbours.onPeerRaised(peer, incarnation);
            peer.onRaised(incarnation, nowNs);
        }
    }

    void onGoodbye(final Peer peer, final long incarnation, final long nowNs) {
        if (!isOfRun(peer, incarnation)) {
            return;
        }
        if (peer.isUp()) {
            down(peer, DownReason.GOODBYE, nowNs);
        }
        peer.onGoodbye();
    }

    /**
     * Says goodbye to whom it has not been said yet.
     *
     * @return true if it could be said to every peer whose link is up.
     */
    public boolean sayGoodbye() {
        boolean isDone = true;
        for (final Peer peer : peers.all()) {
            isDone &= sayGoodbye(peer);
        }
        return isDone;
    }

    private boolean sayGoodbye(final Peer peer) {
        return !peer.link().isConnected() || peer.sayGoodbye(goodbye) || !peer.isUp();
    }

    /** A peer is no member any more: it is told so if it can be, and its link goes down. */
    void remove(final Peer peer, final long nowNs) {
        sayGoodbye(peer);
        if (peer.isUp()) {
            down(peer, DownReason.REMOVED, nowNs);
        }
    }

    /** A peer listens elsewhere: the link to where it did goes down. No goodbye, which it may yet get to hear there. */
    void move(final Peer peer, final long nowNs) {
        if (peer.isUp()) {
            down(peer, DownReason.MOVED, nowNs);
        }
    }

    /** Tells the observer of a change that is in effect. */
    public void tellMembersChanged(final Set<Member> joined, final Set<Member> left) {
        try {
            observer.onMembersChanged(joined, left);
        } catch (final Throwable ex) {
            onListenerFailure(ex);
        }
    }

    private int check(final Peer peer, final long nowNs) {
        peer.update(nowNs);
        final boolean isConnected = peer.link().isConnected();
        // Not at first sight: what we send and what it sends end apart, and its goodbye may still be on its way to us.
        final boolean isDisconnected = !isConnected && !peer.isConnected();
        if (isConnected != peer.isConnected()) {
            peer.connectionChanged(nowNs);
        }
        if (peer.isUp() && (isDisconnected || isSilent(peer, nowNs))) {
            down(peer, isDisconnected ? DownReason.DISCONNECTED : DownReason.SILENT, nowNs);
        }
        if (peer.channels().length > 1) {
            checkChannels(peer, nowNs);
        }
        return advance(peer, nowNs);
    }

    private boolean isSilent(final Peer peer, final long nowNs) {
        return nowNs - peer.lastHeardNs() > livenessTimeoutNs;
    }

    /** Greets, brings the link up and keeps it alive, as far as it has come. */
    private int advance(final Peer peer, final long nowNs) {
        if (!peer.link().isConnected()) {
            return 0;
        }
        int workCount = 0;
        if (!peer.hasBeenTold()) {
            return workCount;
        }
        if (peer.isGreetingDue(nowNs)) {
            workCount += greet(peer, nowNs);
        }
        // Not before our own greeting is on its way: the peer drops what comes without.
        if (!peer.isUp() && peer.isGreeted() && !peer.isReplyDue() && !isSilent(peer, nowNs)) {
            up(peer, nowNs);
            workCount++;
        }
        if (nowNs - peer.nextHeartbeatNs() >= 0 && peer.send(heartbeat, heartbeat.capacity(), null, 0, 0)) {
            peer.heartbeatSent(nowNs + heartbeatPeriodNs);
            workCount++;
        }
        return workCount;
    }

    /** Channels come and go by themselves while a link is up; what was under way on one is lost then. */
    private void checkChannels(final Peer peer, final long nowNs) {
        final PeerChannel[] channels = peer.channels();
        for (int channel = HandlerChannels.DEFAULT + 1; channel < channels.length; channel++) {
            final PeerChannel way = channels[channel];
            if (way.link.isConnected() != way.isConnected()) {
                way.connectionChanged(nowNs);
                if (peer.isUp() && way.isConnected()) {
                    plumtree.onChannelUp(peer.index, channel, nowNs);
                } else if (peer.isUp()) {
                    counters.increment(EngineCounter.CHANNELS_LOST);
                    exchanges.onChannelDown(peer.index, channel, nowNs);
                }
            } else if (peer.isUp() && !way.isConnected() && !way.isMissing() &&
                nowNs - way.changedNs() > livenessTimeoutNs && nowNs - peer.changedNs() > livenessTimeoutNs) {
                way.giveUp();
                onChannelMissing(peer, channel);
            }
        }
    }

    private void onChannelMissing(final Peer peer, final int channel) {
        counters.increment(EngineCounter.CHANNELS_MISSING);
        final HandlerChannels channels = registry.channels();
        registry.byName(channels.handler(channel)).errors.onError(new PlumtreeException(Category.HANDLER, "node '" +
            peer.id + "' is up, but does not listen on channel '" + channels.name(channel) + "': has it the handler '" +
            channels.handler(channel) + "', on the same channel?"));
    }

    private int greet(final Peer peer, final long nowNs) {
        if (!tellKnown(peer)) {
            return 0;
        }
        if (!sendGreeting(peer, peer.sessions().heardNonce, false)) {
            return 0;
        }
        peer.greetingSent(nowNs + heartbeatPeriodNs);
        return 1;
    }

    private boolean sendGreeting(final Peer peer, final long echo, final boolean wantsEcho) {
        encoder.greetingAgain(greeting, 0, !peer.isGreeted(), peer.sessions().nonce, echo, wantsEcho);
        return peer.send(greeting, greeting.capacity(), null, 0, 0);
    }

    /** Before a peer is greeted it is told what is known of it: it greets, and is up, above that. */
    private boolean tellKnown(final Peer peer) {
        if (peer.isGreeted()) {
            return true;
        }
        final long known = Math.max(peer.incarnation(), incarnations.latest(peer.value));
        return known == 0 || incarnations.tellKnown(peer, known);
    }

    /**
     * Whether somebody else greets under the name of a peer that is up: from another endpoint, where it is told of the
     * one that is here. If that one has just died, its link goes down, and the next greeting is taken in.
     */
    private boolean isNamesakes(final Peer peer, final Greeting greeting, final long nowNs) {
        if (!peer.isUp() || isSilent(peer, nowNs) || greeting.incarnation() == peer.incarnation() ||
            !Incarnations.isElsewhere(greeting.endpoint(), peer.greetedEndpoint())) {
            return false;
        }
        counters.increment(EngineCounter.NAMESAKES_REFUSED);
        incarnations.tell(
            greeting.endpoint(),
            new KnownIncarnation(
                peer.value, peer.incarnation(), true, peer.member().endpoint(), greeting.challenge().nonce()), nowNs);
        return true;
    }

    /** Whether a greeting is of an incarnation below one that is known here; the peer is told then. */
    private boolean isOutdated(final Peer peer, final Greeting greeting, final long nowNs) {
        return incarnations.refuses(
            peer.value, greeting.endpoint().isEmpty() ? peer.member().endpoint() : greeting.endpoint(),
            greeting.incarnation(), Math.max(peer.incarnation(), incarnations.latest(peer.value)),
            peer.greetedEndpoint(), greeting.incarnation() < peer.incarnation(), greeting.challenge().nonce(), nowNs);
    }

    /** Whether a frame is of the run that has greeted: another one has to greet first. */
    private boolean isOfRun(final Peer peer, final long incarnation) {
        if (incarnation != peer.incarnation()) {
            counters.increment(EngineCounter.STALE_INCARNATIONS);
            return false;
        }
        return true;
    }

    /** Another run of the peer has greeted. */
    private void restart(final Peer peer, final long incarnation, final long nowNs) {
        if (peer.isUp()) {
            down(peer, DownReason.RESTARTED, nowNs);
        }
        peer.restart(incarnation, nowNs);
    }

    private void up(final Peer peer, final long nowNs) {
        LinkUpEvent.emit(self, peer.id.name(), peer.incarnation(), nowNs - peer.changedNs());
        peer.up(nowNs);
        counters.increment(EngineCounter.LINKS_UP);
        incarnations.onLinkUp();
        plumtree.onLinkUp(peer.index, nowNs);
        exchanges.onLinkUp(peer.index, nowNs);
        neighbours.onLinkUp(peer);
        try {
            observer.onPeerUp(peer.id, peer.incarnation());
        } catch (final Throwable ex) {
            onListenerFailure(ex);
        }
    }

    private void down(final Peer peer, final DownReason reason, final long nowNs) {
        LinkDownEvent.emit(self, peer.id.name(), reason, nowNs - peer.changedNs(), nowNs - peer.lastHeardNs());
        peer.down(reason, nowNs);
        counters.increment(EngineCounter.LINKS_DOWN);
        counters.increment(counter(reason));
        plumtree.onLinkDown(peer.index, nowNs);
        exchanges.onLinkDown(peer.index, mayReturn(reason), nowNs);
        // One that was reset comes up again at once: the peer has not gone.
        if (reason != DownReason.RESET) {
            neighbours.onLinkDown(peer);
        }
        try {
            observer.onPeerDown(peer.id, reason);
        } catch (final Throwable ex) {
            onListenerFailure(ex);
        }
    }

    private static EngineCounter counter(final DownReason reason) {
        return switch (reason) {
            case GOODBYE -> EngineCounter.LINKS_GOODBYES;
            case DISCONNECTED -> EngineCounter.LINKS_DISCONNECTED;
            case SILENT -> EngineCounter.LINKS_SILENT;
            case RESTARTED -> EngineCounter.LINKS_RESTARTED;
            case RESET -> EngineCounter.LINKS_RESET;
            case REMOVED -> EngineCounter.LINKS_REMOVED;
            case MOVED -> EngineCounter.LINKS_MOVED;
        };
    }

    /** Whether the same run of the peer may come back, with all that it has. */
    private static boolean mayReturn(final DownReason reason) {
        return switch (reason) {
            case DISCONNECTED, SILENT, RESET, MOVED -> true;
            case GOODBYE, RESTARTED, REMOVED -> false;
        };
    }

    /** Who was away can't tell who was silent meanwhile. */
    private void forgiveStall(final long nowNs) {
        final long elapsedNs = nowNs - lastCheckNs;
        lastCheckNs = nowNs;
        if (elapsedNs > livenessTimeoutNs / 2) {
            counters.increment(EngineCounter.STALLS);
            for (final Peer peer : peers.all()) {
                peer.forgive(elapsedNs, nowNs);
            }
        }
    }

    private void compareHandlers(final Peer peer, final Greeting greeting) {
        for (final String name : greeting.handlers()) {
            final int index = registry.indexOf(NameHash.ofHandler(name));
            if (index != HandlerRegistry.NONE && !registry.slot(index).name.equals(name)) {
                counters.increment(EngineCounter.HANDLER_MISMATCHES);
                registry.slot(index).errors.onError(new PlumtreeException(Category.HANDLER, "node '" + peer.id +
                    "' has handler '" + name + "', whose hash is that of '" + registry.slot(index).name + "' here"));
            }
        }
    }

    private void onListenerFailure(final Throwable error) {
        Failures.rethrowIfFatal(error);
        counters.increment(EngineCounter.LISTENER_FAILURES);
        errors.onError(error);
    }
}
