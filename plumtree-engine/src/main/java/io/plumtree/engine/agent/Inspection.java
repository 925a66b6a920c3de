package io.plumtree.engine.agent;

import io.plumtree.api.Exchange;
import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.api.PeerSets;
import io.plumtree.api.transport.Link;
import io.plumtree.api.transport.Transport;
import io.plumtree.engine.codec.MemberState;
import io.plumtree.engine.codec.TreePeer;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.counting.Failures;
import io.plumtree.engine.exchange.Exchanges;
import io.plumtree.engine.peers.Membership;
import io.plumtree.engine.peers.Peer;
import io.plumtree.engine.peers.PeerTable;
import io.plumtree.engine.query.OnDemandLinks;
import io.plumtree.engine.query.QueryAsker;
import io.plumtree.engine.query.QueryCounters;
import io.plumtree.engine.query.QueryHost;
import io.plumtree.engine.query.QueryResponder;
import io.plumtree.engine.query.QueryTarget;
import io.plumtree.engine.query.Question;
import io.plumtree.engine.settings.EngineSettings;
import io.plumtree.protocol.Plumtree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a node shows of itself, and what it asks of others; on the engine's thread. */
public final class Inspection implements QueryHost {
    private final EngineSettings settings;
    private final Plumtree plumtree;
    private final PeerTable peers;
    private final Membership membership;
    private final Exchanges exchanges;
    private final OnDemandLinks links;
    private final QueryResponder responder;
    private final QueryAsker asker;
    private long nowNs;

    Inspection(
        final EngineSettings settings,
        final Transport transport,
        final Plumtree plumtree,
        final PeerTable peers,
        final Membership membership,
        final Exchanges exchanges,
        final OnDemandLinks links,
        final EngineCounters engineCounters,
        final long nowNs) {
        this.settings = settings;
        this.plumtree = plumtree;
        this.peers = peers;
        this.membership = membership;
        this.exchanges = exchanges;
        this.nowNs = nowNs;
        final QueryCounters counters = engineCounters::increment;
        final long cluster = settings.clusterHash();
        this.links = links;
        this.responder = new QueryResponder(
            this, cluster, transport.maxUnfragmentedLength(), links, settings.queries(), counters);
        this.asker = new QueryAsker(
            cluster, settings.self().id(), settings.self().endpoint(), settings.queries(), counters);
    }

    void nowNs(final long timeNs) {
        nowNs = timeNs;
    }

    QueryResponder responder() {
        return responder;
    }

    /** The links that are made when something has to be said to who is no peer. */
    OnDemandLinks links() {
        return links;
    }

    QueryAsker asker() {
        return asker;
    }

    int doWork(final long timeNs) {
        return responder.doWork(timeNs) + asker.doWork(timeNs) + links.closeIdle(timeNs);
    }

    /** Whether queries wait, for their answers or for a way to who is asked. */
    boolean isWaiting() {
        return responder.size() > 0 || asker.size() > 0;
    }

    void close(final Throwable cause) {
        asker.close(Failures.closed(cause));
    }

    /**
     * Asks members the same, all at once; this node is among them if it is asked itself.
     *
     * @param answers   whom to ask, and what to complete with their answers, on another thread: with an
     *                  {@link IllegalArgumentException} for all if one is no member.
     * @param question  what to ask.
     * @param timeoutNs how long to wait.
     * @param <T>       what an answer's entries are.
     * @param <R>       what an answer is.
     */
    public <T, R> void ask(
        final Map<NodeId, CompletableFuture<R>> answers, final Question<T, R> question, final long timeoutNs) {
        for (final NodeId node : answers.keySet()) {
            if (!isKnown(node)) {
                final IllegalArgumentException error = new IllegalArgumentException(
                    "'" + node + "' is no member of the cluster as '" + self() + "' knows it");
                answers.values().forEach(
                    answer -> CompletableFuture.runAsync(() -> answer.completeExceptionally(error)));
                return;
            }
        }
        answers.forEach((node, answer) -> ask(node, question, timeoutNs, answer));
    }

    private <T, R> void ask(
        final NodeId node, final Question<T, R> question, final long timeoutNs, final CompletableFuture<R> answer) {
        if (answer.isDone()) {
            // It is out of time, or nobody wants to know any more.
            return;
        }
        if (node.equals(self())) {
            final R result = question.result().apply(node, entries(question));
            answer.completeAsync(() -> result);
            return;
        }
        final QueryTarget target =
            new QueryTarget(node, "node '" + node + "'", timeNs -> linkTo(node.value(), timeNs));
        asker.ask(target, question, nowNs, timeoutNs, answer);
    }

    // The type says what the entries are.
    @SuppressWarnings("unchecked")
    private <T, R> List<T> entries(final Question<T, R> question) {
        return (List<T>) switch (question.type()) {
            case MEMBERS -> members();
            case PEERS -> peers(question.root());
            case EXCHANGES -> exchanges();
        };
    }

    /** The link that there is to a peer; to other members one is made. */
    private Link linkTo(final long value, final long timeNs) {
        final Member member = peers.byValue(value) == null ? member(value) : null;
        return member == null ? memberLink(value) : links.connected(member.endpoint(), timeNs);
    }

    private boolean isKnown(final NodeId node) {
        final Member member = member(node.value());
        return node.equals(self()) || member != null && member.id().equals(node);
    }

    @Override
    public NodeId self() {
        return settings.self().id();
    }

    @Override
    public long incarnation() {
        return settings.incarnation().get();
    }

    @Override
    public Member member(final long value) {
        final Peer peer = peers.byValue(value);
        if (peer != null) {
            return peer.member();
        }
        for (final Member member : membership.members()) {
            if (member.id().value() == value && !member.id().equals(self())) {
                return member;
            }
        }
        return null;
    }

    @Override
    public Link memberLink(final long value) {
        final Peer peer = peers.byValue(value);
        return peer != null && peer.link().isConnected() ? peer.link() : null;
    }

    @Override
    public List<MemberState> members() {
        final List<MemberState> members = new ArrayList<>();
        for (final Member member : membership.members()) {
            final Peer peer = peers.byValue(member.id().value());
            members.add(new MemberState(
                member, peer != null && peer.isUp(), peer == null && !member.id().equals(self())));
        }
        return members;
    }

    @Override
    public List<TreePeer> peers(final long root) {
        final List<TreePeer> found = new ArrayList<>();
        for (final Peer peer : peers.all()) {
            final boolean isEager = plumtree.isEager(root, peer.index);
            final boolean isLazy = plumtree.isLazy(root, peer.index);
            if (isEager || isLazy) {
                found.add(new TreePeer(peer.id, isEager, isLazy));
            }
        }
        return found;
    }

    /**
     * The peers in a root's tree.
     *
     * @param root the root.
     * @return eager and lazy ones.
     */
    public PeerSets peerSets(final NodeId root) {
        final Set<NodeId> eager = new HashSet<>();
        final Set<NodeId> lazy = new HashSet<>();
        for (final TreePeer peer : peers(root.value())) {
            if (peer.isEager()) {
                eager.add(peer.id());
            }
            if (peer.isLazy()) {
                lazy.add(peer.id());
            }
        }
        return new PeerSets(eager, lazy);
    }

    /**
     * The peers whose links are up.
     *
     * @return the peers.
     */
    public Set<NodeId> connectedPeers() {
        return Stream.of(peers.all()).filter(Peer::isUp).map(peer -> peer.id).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The exchanges that run and that this node has initiated.
     *
     * @return the exchanges, the oldest first.
     */
    @Override
    public List<Exchange> exchanges() {
        return exchanges.initiated(nowNs);
    }
}
