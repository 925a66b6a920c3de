package io.plumtree.engine.peers;

import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import io.plumtree.api.transport.Link;
import io.plumtree.api.transport.Transport;
import io.plumtree.engine.counting.EngineCounter;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.counting.ErrorReporter;
import io.plumtree.engine.counting.ErrorSource;
import io.plumtree.engine.counting.Failures;
import io.plumtree.engine.exchange.Exchanges;
import io.plumtree.engine.handlers.HandlerChannels;
import io.plumtree.engine.peers.UpdateMailbox.Update;
import io.plumtree.engine.settings.EngineSettings;
import io.plumtree.protocol.Plumtree;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Who the members are: makes the peers at the start, and takes over updates (the reference's {@code update/1}) on the
 * engine's thread.
 *
 * <p>All that can fail in an update, checking and making links, comes before anything is changed, so that a failed
 * update has changed nothing. For that a node needs for a moment the links to its old peers and to its new ones.
 */
public final class Membership {
    /** How often each session that greets in a peer's name is answered. */
    private static final int ANSWERS_PER_HEARTBEAT = 8;

    private final UpdateMailbox mailbox = new UpdateMailbox();
    private final EngineSettings settings;
    private final Transport transport;
    private final HandlerChannels channels;
    private final Plumtree plumtree;
    private final PeerTable peers;
    private final LinkMonitor links;
    private final Exchanges exchanges;
    private final EngineCounters counters;
    private final ErrorSource errors;
    private final int batchLength;
    /** Whoever is sent one must not be able to tell another's. */
    private final SecureRandom nonces = new SecureRandom();
    private volatile List<Member> members;

    public Membership(
        final EngineSettings settings,
        final Transport transport,
        final HandlerChannels channels,
        final Plumtree plumtree,
        final PeerTable peers,
        final LinkMonitor links,
        final Exchanges exchanges,
        final EngineCounters counters,
        final ErrorReporter reporter,
        final int batchLength) {
        this.settings = settings;
        this.transport = transport;
        this.channels = channels;
        this.plumtree = plumtree;
        this.peers = peers;
        this.links = links;
        this.exchanges = exchanges;
        this.counters = counters;
        this.errors = reporter.source(null);
        this.batchLength = batchLength;
    }

    /** Listens on the handlers' channels, starts the protocol, and connects links to the first peers. */
    public void start(final long nowNs) {
        for (int channel = HandlerChannels.DEFAULT + 1; channel < channels.size(); channel++) {
            listen(channel);
        }
        final List<Member> first = settings.peers();
        plumtree.start(values(first), settings.startingLinks().eagers(), settings.startingLinks().lazys());
        addPeers(first, connect(first), nowNs);
        publish();
    }

    /** Every member, by name, this node included. Any thread. */
    public List<Member> members() {
        return settings.view().members(members);
    }

    /** Takes an update for the engine to take over. Any thread. */
    public CompletableFuture<Void> update(final List<Member> newPeers) {
        return mailbox.put(newPeers);
    }

    /** Takes over the update that waits, if any. */
    public int poll(final long nowNs) {
        final Update update = mailbox.take();
        if (update == null) {
            return 0;
        }
        try {
            change(update.peers(), nowNs);
            update.result().end();
        } catch (final Throwable ex) {
            update.result().fail(ex);
            Failures.rethrowIfFatal(ex);
            errors.onError(ex);
        }
        return 1;
    }

    /** Fails the update that waits, and all that come. */
    public void close(final Throwable cause) {
        mailbox.close(cause);
    }

    /** Makes these the members; changes nothing if that fails. */
    void change(final List<Member> wanted, final long nowNs) {
        final MembershipChange change = MembershipChange.of(peers.all(), wanted);
        if (change.isEmpty()) {
            return;
        }
        final Set<Member> departures = change.departures();
        final Map<NodeId, Link[]> made = connect(change.connections().values());
        remove(change.left(), nowNs);
        change.moved().forEach((peer, member) -> move(peer, member, made.get(member.id()), nowNs));
        join(change.joined(), made, nowNs);
        publish();
        counters.increment(EngineCounter.MEMBERSHIP_CHANGES);
        if (!settings.view().tellsChanges()) {
            links.tellMembersChanged(change.arrivals(), departures);
        }
    }

    private void listen(final int channel) {
        try {
            transport.listen(channels.number(channel));
        } catch (final Throwable ex) {
            Failures.rethrowIfFatal(ex);
            throw new PlumtreeException(
                ex instanceof PlumtreeException known ? known.category() : Category.TRANSPORT,
                "node '" + settings.self().id() + "' can't listen on channel '" + channels.name(channel) +
                    "' of handler '" + channels.handler(channel) + "': " + ex.getMessage(),
                ex);
        }
    }

    /** A link on each channel to each member; to none if one of them can't be made. */
    private Map<NodeId, Link[]> connect(final Collection<Member> to) {
        final Map<NodeId, Link[]> made = new HashMap<>();
        for (final Member member : to) {
            final Link[] linksOfMember = new Link[channels.size()];
            made.put(member.id(), linksOfMember);
            try {
                for (int channel = 0; channel < linksOfMember.length; channel++) {
                    linksOfMember[channel] = transport.connect(member.endpoint(), channels.number(channel));
                }
            } catch (final Throwable ex) {
                made.values().forEach(this::close);
                Failures.rethrowIfFatal(ex);
                throw new PlumtreeException(
                    ex instanceof PlumtreeException known ? known.category() : Category.TRANSPORT,
                    "node '" + settings.self().id() + "' can't take " + member + " as a member: " + ex.getMessage(),
                    ex);
            }
        }
        return made;
    }

    private void remove(final Set<Peer> left, final long nowNs) {
        if (left.isEmpty()) {
            return;
        }
        left.forEach(peer -> links.remove(peer, nowNs));
        plumtree.update(
            Stream.of(peers.all()).filter(peer -> !left.contains(peer)).mapToLong(peer -> peer.value).toArray(), nowNs);
        // Only now has the protocol said its last of them; their numbers may be given to others.
        left.forEach(peer -> exchanges.onPeerRemoved(peer.index, nowNs));
        peers.removeAll(left);
        left.forEach(peer -> close(peer.channels()));
    }

    private void move(final Peer peer, final Member member, final Link[] newLinks, final long nowNs) {
        links.move(peer, nowNs);
        final PeerChannel[] old = peer.channels();
        peer.move(member, newLinks, newSessions(nowNs), nowNs);
        close(old);
    }

    private void join(final List<Member> joined, final Map<NodeId, Link[]> made, final long nowNs) {
        if (joined.isEmpty()) {
            return;
        }
        plumtree.update(
            Stream.concat(Stream.of(peers.all()).map(peer -> peer.id), joined.stream().map(Member::id))
                .mapToLong(NodeId::value).toArray(),
            nowNs);
        addPeers(joined, made, nowNs);
    }

    private void addPeers(final List<Member> added, final Map<NodeId, Link[]> made, final long nowNs) {
        final NodeId self = settings.self().id();
        peers.addAll(added.stream().map(member -> new Peer(
            member,
            plumtree.peerIndex(member.id().value()),
            made.get(member.id()),
            settings.clusterHash(),
            self,
            newSessions(nowNs),
            batchLength,
            settings.roomLimits(),
            counters,
            nowNs)).toList());
    }

    private PeerSessions newSessions(final long nowNs) {
        // 0 stands for none.
        return new PeerSessions(nonces.nextLong() | 1, settings.heartbeatPeriodNs() / ANSWERS_PER_HEARTBEAT,
            settings.livenessTimeoutNs(), nowNs);
    }

    private void publish() {
        final List<Member> all = new ArrayList<>();
        all.add(settings.self());
        for (final Peer peer : peers.all()) {
            all.add(peer.member());
        }
        all.sort(Comparator.comparing(Member::id));
        members = List.copyOf(all);
    }

    private void close(final PeerChannel[] channels) {
        close(Stream.of(channels).map(way -> way.link).toArray(Link[]::new));
    }

    /** Those that have been made. */
    private void close(final Link[] linksOfMember) {
        for (final Link link : linksOfMember) {
            try {
                if (link != null) {
                    link.close();
                }
            } catch (final Throwable ex) {
                Failures.rethrowIfFatal(ex);
                errors.onError(ex);
            }
        }
    }

    private static long[] values(final List<Member> members) {
        return members.stream().mapToLong(member -> member.id().value()).toArray();
    }
}
