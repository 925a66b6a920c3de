package io.plumtree.engine.peers;

import io.plumtree.api.Member;
import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import io.plumtree.engine.codec.Greeting;
import io.plumtree.engine.codec.KnownIncarnation;
import io.plumtree.engine.codec.OverlayFrameEncoder;
import io.plumtree.engine.codec.OverlayFrameListener;
import io.plumtree.engine.codec.Query;
import io.plumtree.engine.counting.EngineCounter;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.counting.EngineGauge;
import io.plumtree.engine.counting.ErrorReporter;
import io.plumtree.engine.counting.ErrorSource;
import io.plumtree.engine.counting.Failures;
import io.plumtree.engine.options.MembershipKind;
import io.plumtree.engine.options.MembershipOptions;
import io.plumtree.engine.query.OnDemandLinks;
import io.plumtree.engine.settings.EngineSettings;
import io.plumtree.engine.settings.Incarnation;
import io.plumtree.engine.settings.OverlaySettings;
import io.plumtree.engine.view.MemberView;
import io.plumtree.protocol.Plumtree;
import io.plumtree.protocol.membership.HyParView;
import io.plumtree.protocol.membership.HyParViewCounter;
import io.plumtree.protocol.membership.HyParViewEffects;
import io.plumtree.protocol.membership.NodeDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * HyParView in a node: its messages become frames, its active neighbours the node's peers, and what becomes of their
 * links is told to it. On the engine's thread.
 *
 * <p>The peers change between duty cycles' other work, in {@link #doWork}, never while frames are handed out or links
 * are looked at.
 */
public final class Overlay implements Neighbours, HyParViewEffects {
    /** With fewer, nobody can tell who of them is the slow one. */
    private static final int MIN_PEERS_TO_COMPARE = 3;
    /** Of members that fail together, so many are asked whether they are in another part: more would say the same. */
    private static final int MAX_MISSED = 32;
    /** How often it is said at most what was refused. */
    private static final long WARNING_PERIOD_NS = TimeUnit.MINUTES.toNanos(1);
    private static final List<HyParViewCounter> REFUSALS = List.of(
        HyParViewCounter.CLAIMS_REFUTED, HyParViewCounter.JOINS_LIMITED, HyParViewCounter.DISCONNECTS_LIMITED);

    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[OverlayFrameEncoder.MAX_LENGTH]);
    private final Incarnation incarnation;
    private final Incarnations incarnations;
    private NodeDescriptor self;
    private final OverlaySettings settings;
    private final PeerTable peers;
    private final MemberView view;
    private final OverlayOutbox outbox;
    private final OverlayFrameEncoder encoder;
    private final HyParView hyParView;
    private final EngineCounters counters;
    private final ErrorSource errors;
    private final long slowTimeoutNs;
    private boolean hasChanged;
    private String joining;
    private long nowNs;
    private long checkedNs;
    private long refused;
    private long nextWarningNs;

    public Overlay(
        final EngineSettings engineSettings,
        final PeerTable peers,
        final OnDemandLinks links,
        final Incarnations incarnations,
        final EngineCounters counters,
        final ErrorReporter reporter,
        final long nowNs) {
        this.errors = reporter.source(null);
        this.nextWarningNs = nowNs;
        this.settings = engineSettings.overlay();
        this.incarnation = engineSettings.incarnation();
        this.incarnations = incarnations;
        this.peers = peers;
        this.view = engineSettings.view();
        this.counters = counters;
        this.slowTimeoutNs = engineSettings.sendBudgetNs() + engineSettings.livenessTimeoutNs();
        this.nowNs = nowNs;
        this.checkedNs = nowNs;
        this.self = new NodeDescriptor(
            engineSettings.self().id(), engineSettings.self().endpoint(), incarnation.get());
        this.encoder = new OverlayFrameEncoder(engineSettings.clusterHash(), self);
        this.outbox = new OverlayOutbox(links, settings.options().requestTimeoutNs(), counters);
        this.hyParView = new HyParView(
            self,
            settings.options(),
            new SplittableRandom(self.id().value() ^ self.incarnation()),
            settings.nonces(),
            this,
            nowNs);
    }

    @Override
    public void nowNs(final long timeNs) {
        nowNs = timeNs;
    }

    @Override
    public boolean isWaiting() {
        return outbox.size() > 0;
    }

    @Override
    public long waitNs(final long timeNs) {
        return hasChanged ? 0 : hyParView.deadlineNs() - timeNs;
    }

    HyParView hyParView() {
        return hyParView;
    }

    /** {@inheritDoc} Takes new contacts, too. */
    @Override
    public int doWork(final long timeNs, final Membership membership) {
        int workCount = 0;
        final List<String> contacts = settings.contacts().poll();
        if (contacts != null) {
            hyParView.contacts(contacts, timeNs);
            workCount++;
        }
        if (timeNs - hyParView.deadlineNs() >= 0) {
            workCount += hyParView.onTimers(timeNs);
        }
        if (hasChanged) {
            applyChanges(timeNs, membership);
            workCount++;
        }
        return workCount;
    }

    @Override
    public int check(final long timeNs, final Plumtree plumtree) {
        replaceSlow(timeNs, plumtree);
        warn(timeNs);
        return outbox.doWork(timeNs);
    }

    /** Says what was refused, now and then: somebody uses others' names, or a node has a fault. */
    private void warn(final long timeNs) {
        if (timeNs - nextWarningNs < 0) {
            return;
        }
        long count = 0;
        for (int i = 0; i < REFUSALS.size(); i++) {
            count += hyParView.get(REFUSALS.get(i));
        }
        if (count > refused) {
            nextWarningNs = timeNs + WARNING_PERIOD_NS;
            errors.onError(new PlumtreeException(Category.ENVIRONMENT, "node '" + self.id() + "' has refused " +
                (count - refused) + " membership messages: they came in the names of neighbours that deny it, or " +
                "too many in a second (counters hyparview.claims.refuted, .joins.limited, .disconnects.limited)"));
            refused = count;
        }
    }

    /** One that alone is slow, most of the time, is to blame; where several are, it is the network or this node. */
    private void replaceSlow(final long timeNs, final Plumtree plumtree) {
        final long elapsedNs = Math.min(timeNs - checkedNs, slowTimeoutNs / 4);
        checkedNs = timeNs;
        Peer slow = null;
        int slowCount = 0;
        for (final Peer peer : peers.all()) {
            if (peer.isUp() && (peer.isNarrow() || plumtree.isLagging(peer.index, timeNs))) {
                slow = peer;
                slowCount++;
            }
        }
        for (final Peer peer : peers.all()) {
            peer.addSlow(peer == slow && slowCount == 1 ? elapsedNs : -elapsedNs);
        }
        if (slowCount == 1 && slow.slowNs() >= slowTimeoutNs && peers.all().length >= MIN_PEERS_TO_COMPARE) {
            slow.forgetSlow();
            hyParView.onSlow(descriptor(slow), timeNs);
        }
    }

    @Override
    public boolean leave(final long timeNs) {
        nowNs = timeNs;
        hyParView.leave(timeNs);
        return true;
    }

    @Override
    public void close() {
        settings.contacts().close();
    }

    @Override
    public void addSettings(final SortedMap<String, String> common) {
        common.put(MembershipOptions.KIND_PROPERTY, MembershipKind.HYPARVIEW.toString());
        view.addSettings(common);
    }

    @Override
    public void publish(final EngineCounters to) {
        to.copy(hyParView);
        to.set(EngineGauge.PASSIVE_VIEW, hyParView.passiveCount());
        to.set(EngineGauge.LOST_VIEW, hyParView.lostCount());
        to.set(EngineGauge.OVERLAY_WAITING, outbox.size());
    }

    @Override
    public boolean hasAsked(final long nonce) {
        return hyParView.hasAsked(nonce);
    }

    @Override
    public OverlayFrameListener receiver(final FrameOrigin origin, final Agreement agreement) {
        return new OverlayReceiver(origin, peers, incarnations, this, counters);
    }

    @Override
    public boolean areWelcome() {
        return true;
    }

    @Override
    public void onLinkUp(final Peer peer) {
        view.confirm(peer.value, peer.member().endpoint(), peer.incarnation());
        view.announce();
        hyParView.onLinkUp(descriptor(peer), nowNs);
    }

    @Override
    public void onLinkDown(final Peer peer) {
        hyParView.onLinkDown(descriptor(peer), nowNs);
    }

    @Override
    public void onStrangersGreeting(final Greeting greeting) {
        if (Query.isEndpoint(greeting.endpoint())) {
            final NodeDescriptor from =
                new NodeDescriptor(greeting.sender(), greeting.endpoint(), greeting.incarnation());
            final long nonce = greeting.challenge().nonce();
            if (!incarnations.refuses(from, nonce, nowNs)) {
                hyParView.onGreeted(from, nonce, nowNs);
            }
        }
    }

    /** Whether a frame is from another than this node; if it is its own, a contact is this node itself. */
    boolean isOther(final NodeDescriptor from, final long nonce) {
        if (!from.id().equals(self.id())) {
            return true;
        }
        if (incarnation.includes(from.incarnation()) && from.endpoint().equals(self.endpoint())) {
            hyParView.onSelf(joining, nonce);
        } else {
            counters.increment(EngineCounter.FRAMES_IMPOSTORS);
            incarnations.namesakes().suspect(from.endpoint(), nowNs);
        }
        return false;
    }

    @Override
    public void onRaised() {
        self = new NodeDescriptor(self.id(), self.endpoint(), incarnation.get());
        encoder.self(self);
        hyParView.onRaised(self);
    }

    @Override
    public void onPeerRaised(final Peer peer, final long later) {
        hyParView.onRaised(descriptor(peer), later);
    }

    @Override
    public void onMembersLeft(final Set<Member> left) {
        // Where many fail at once, they may have been made up.
        final boolean isConfirmed = left.size() > MAX_MISSED;
        int missedCount = 0;
        for (final Member member : left) {
            final long run = missedCount < MAX_MISSED ? view.failedRun(member, isConfirmed) : 0;
            if (run > 0) {
                missedCount++;
                hyParView.onMissed(new NodeDescriptor(member.id(), member.endpoint(), run), nowNs);
            }
        }
    }

    private void applyChanges(final long timeNs, final Membership membership) {
        hasChanged = false;
        final List<Member> wanted = new ArrayList<>();
        final List<NodeDescriptor> added = new ArrayList<>();
        for (final NodeDescriptor neighbour : hyParView.active()) {
            final Peer peer = peers.byValue(neighbour.id().value());
            if (peer != null && peer.member().equals(member(neighbour))) {
                wanted.add(peer.member());
            } else {
                added.add(neighbour);
            }
        }
        membership.change(wanted, timeNs);
        for (final NodeDescriptor neighbour : added) {
            wanted.add(member(neighbour));
            try {
                membership.change(wanted, timeNs);
            } catch (final Throwable ex) {
                Failures.rethrowIfFatal(ex);
                counters.increment(EngineCounter.OVERLAY_LINKS_FAILED);
                wanted.remove(wanted.size() - 1);
                hyParView.onLinkDown(neighbour, timeNs);
            }
        }
    }

    private static Member member(final NodeDescriptor node) {
        return new Member(node.id(), node.endpoint());
    }

    private static NodeDescriptor descriptor(final Peer peer) {
        return new NodeDescriptor(peer.id, peer.member().endpoint(), peer.incarnation());
    }

    // ---- HyParView's effects

    @Override
    public void sendJoin(final String contact, final long nonce) {
        joining = contact;
        outbox.send(contact, frame, encoder.join(frame, nonce), nowNs);
    }

    @Override
    public void sendForwardJoin(final NodeDescriptor to, final NodeDescriptor joined, final int timeToLive) {
        send(to, encoder.forwardJoin(frame, joined, timeToLive));
    }

    @Override
    public void sendNeighbor(final NodeDescriptor to, final long nonce, final boolean isHighPriority) {
        send(to, encoder.neighbor(frame, nonce, isHighPriority));
    }

    @Override
    public void sendNeighborReply(final NodeDescriptor to, final long nonce, final boolean isAccepted) {
        answer(to, encoder.neighborReply(frame, nonce, isAccepted));
    }

    @Override
    public void sendDisconnect(final NodeDescriptor to, final boolean isLeaving) {
        answer(to, encoder.disconnect(frame, isLeaving));
    }

    @Override
    public void sendShuffle(
        final NodeDescriptor to,
        final NodeDescriptor origin,
        final int timeToLive,
        final List<NodeDescriptor> sample) {
        send(to, encoder.shuffle(frame, origin, timeToLive, sample));
    }

    @Override
    public void sendShuffleReply(final NodeDescriptor to, final List<NodeDescriptor> sample) {
        answer(to, encoder.shuffleReply(frame, sample));
    }

    private void send(final NodeDescriptor to, final int length) {
        if (!isSentToPeer(to, length)) {
            outbox.send(to.endpoint(), frame, length, nowNs);
        }
    }

    private void answer(final NodeDescriptor to, final int length) {
        if (!isSentToPeer(to, length)) {
            outbox.answer(to.endpoint(), frame, length, nowNs);
        }
    }

    /** By the link that there is to a peer, so that what is said there comes in its order; otherwise on demand. */
    private boolean isSentToPeer(final NodeDescriptor to, final int length) {
        final Peer peer = peers.byValue(to.id().value());
        return peer != null && peer.isUp() && peer.member().endpoint().equals(to.endpoint()) &&
            peer.send(frame, length, null, 0, 0);
    }

    @Override
    public void sendKnown(
        final NodeDescriptor to, final NodeDescriptor known, final boolean isLive, final long nonce) {
        incarnations.tell(
            to.endpoint(),
            new KnownIncarnation(to.id().value(), known.incarnation(), isLive, known.endpoint(), nonce), nowNs);
    }

    @Override
    public void onNeighborUp(final NodeDescriptor neighbour) {
        hasChanged = true;
    }

    @Override
    public void onNeighborDown(final NodeDescriptor neighbour) {
        hasChanged = true;
    }
}
