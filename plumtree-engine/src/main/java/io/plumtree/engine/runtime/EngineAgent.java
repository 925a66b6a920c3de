package io.plumtree.engine.runtime;

import io.plumtree.api.Exchange;
import io.plumtree.api.ExchangeSelector;
import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.api.PeerSets;
import io.plumtree.api.transport.Transport;
import io.plumtree.engine.codec.FrameBatch;
import io.plumtree.engine.exchange.ExchangeSettings;
import io.plumtree.engine.exchange.Exchanges;
import io.plumtree.engine.protocol.Plumtree;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * One node: owns the protocol's state, takes broadcasts and frames to it, and drives the transport. Runs on one
 * thread, its own or its embedder's.
 */
public final class EngineAgent implements Agent {
    /** Longest time between two looks at a link. */
    private static final long LINK_CHECK_MAX_PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(10);
    /** How long a node that leaves waits at most until its neighbours have let go of it. */
    private static final long LEAVE_TIMEOUT_NS = TimeUnit.MILLISECONDS.toNanos(500);
    /** Longest batch, however much the transport would take in one piece. */
    private static final int MAX_BATCH_LENGTH = 8 * 1024;

    private final EngineSettings settings;
    private final EngineCounters counters;
    private final Transport transport;
    private final CommandRings rings;
    private final Plumtree plumtree;
    private final SlowHandlerWatch watch;
    private final HandlerDispatch dispatch;
    private final EngineEffects effects;
    private final BroadcastReader[] broadcasts;
    private final FrameReceiver frames;
    private final PeerTable peers;
    private final EngineExchangePort exchangePort;
    private final Exchanges exchanges;
    private final LinkMonitor links;
    private final Membership membership;
    private final ClaimWatch[] claims;
    private final QueryQueue queries;
    private final Inspection inspection;
    private final ErrorSource errors;
    /** Null where the members are given. */
    private final Overlay overlay;
    private final TransportCounterCopy transportCounters;
    private final Gauges gauges;
    private final Overflows overflows;
    private final AtomicCounter maxCycleNs;
    private final long linkCheckPeriodNs;
    private final Tick lazyTick;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean isClosing;
    /** Who is in a duty cycle. Not volatile: each thread sees its own writes, and others' never look like its own. */
    private Thread cycleThread;
    private boolean isFirstCycle = true;
    private long nowNs;
    private long nextLinkCheckNs;
    /** Who ran the last duty cycle. Written when that changes. */
    private volatile Thread driver;

    /**
     * A node that is about to run; connects links to its peers.
     *
     * @param settings  what it needs to know.
     * @param transport its transport, listening.
     * @param rings     through which broadcasts come.
     * @param registry  its handlers, started.
     * @param counters  where to count.
     * @param reporter  where to report errors.
     * @param startNs   the time.
     */
    public EngineAgent(
        final EngineSettings settings,
        final Transport transport,
        final CommandRings rings,
        final HandlerRegistry registry,
        final EngineCounters counters,
        final ErrorReporter reporter,
        final long startNs) {
        this.settings = settings;
        this.transport = transport;
        this.rings = rings;
        this.counters = counters;
        this.watch = new SlowHandlerWatch(SystemNanoClock.INSTANCE, settings.slowHandlerThresholdNs(), startNs);
        this.dispatch = new HandlerDispatch(registry, watch);
        final RecentBundles recentBundles = new RecentBundles(settings.recentBundlesLength());
        this.effects = new EngineEffects(registry, dispatch, recentBundles, settings, counters);
        this.plumtree = new Plumtree(
            settings.self().id().value(), settings.protocol(), effects, registry.channelsByHandler(), startNs);
        this.peers = new PeerTable(settings.protocol().maxPeers());
        this.effects.peers(peers);
        final EngineEvents events = new EngineEvents(settings.self().id(), registry, peers);
        this.effects.events(events);
        this.exchangePort = new EngineExchangePort(plumtree, peers, registry, watch, settings, counters, startNs);
        this.exchanges = new Exchanges(
            exchangePort,
            ExchangeSettings.of(
                settings.exchanges(), settings.clusterHash(), settings.incarnation(), settings.maxMessageLength()),
            new SplittableRandom(settings.self().id().value() ^ settings.incarnation()));
        this.effects.exchanges(exchanges);
        registry.exchanges(exchanges);
        this.links = new LinkMonitor(peers, plumtree, exchanges, registry, settings, counters, reporter, startNs);
        this.membership = new Membership(
            settings, transport, registry.channels(), plumtree, peers, links, exchanges, counters, reporter,
            Math.min(MAX_BATCH_LENGTH, transport.maxUnfragmentedLength()));
        this.membership.start(startNs);
        this.broadcasts = Stream.of(rings.inUse())
            .map(ring -> new BroadcastReader(
                ring, plumtree, dispatch, recentBundles,
                Math.min(settings.bundleLength(), transport.maxFrameLength()), transport.maxUnfragmentedLength(),
                counters, events, reporter))
            .toArray(BroadcastReader[]::new);
        this.inspection = new Inspection(
            settings, transport, plumtree, peers, membership::members, this::exchanges, counters, startNs);
        this.frames = new FrameReceiver(
            plumtree, peers, links, exchanges.peerFrames(), inspection, registry, settings, counters, events,
            reporter);
        this.overlay = settings.overlay() == null ? null :
            new Overlay(settings, peers, membership, inspection.links(), counters, reporter, startNs);
        this.links.overlay(overlay);
        this.frames.overlay(overlay);
        this.claims = Stream.of(rings.inUse())
            .map(ring -> new ClaimWatch(ring, settings.claimTimeoutNs(), counters, reporter))
            .toArray(ClaimWatch[]::new);
        this.queries = new QueryQueue(settings.queryQueueLength(), counters);
        this.errors = reporter.source(null);
        this.transportCounters = new TransportCounterCopy(transport, counters, errors);
        this.gauges = new Gauges(counters, rings, peers, plumtree, exchanges, inspection);
        this.overflows = new Overflows(settings.self().id(), counters);
        this.maxCycleNs = counters.get(EngineCounter.MAX_CYCLE_NS);
        this.linkCheckPeriodNs = Math.min(LINK_CHECK_MAX_PERIOD_NS, settings.heartbeatPeriodNs() / 2);
        this.nowNs = startNs;
        this.nextLinkCheckNs = startNs;
        this.lazyTick = new Tick(settings.lazyTickPeriodNs(), startNs);
        publish();
    }

    @Override
    public String roleName() {
        return "plumtree-" + settings.self().id();
    }

    @Override
    public int doWork() {
        if (isClosing) {
            throw new AgentTerminationException("closed", true);
        }
        return doWork(System.nanoTime());
    }

    /**
     * One duty cycle, for those who have a time of their own; always on the same thread.
     *
     * @param timeNs the time; goes on from that at which the node was made.
     * @return how much was done.
     */
    public int doWork(final long timeNs) {
        cycleThread = Thread.currentThread();
        if (driver != cycleThread) {
            driver = cycleThread;
        }
        try {
            return cycle(timeNs);
        } finally {
            cycleThread = null;
        }
    }

    private int cycle(final long timeNs) {
        if (isFirstCycle) {
            // What went before was the launch, not a cycle.
            isFirstCycle = false;
            watch.onStart(timeNs);
        } else {
            maxCycleNs.proposeMaxRelease(timeNs - nowNs);
        }
        nowNs = timeNs;
        watch.onCycle(timeNs);
        effects.nowNs(timeNs);
        frames.nowNs(timeNs);
        exchangePort.nowNs(timeNs);
        inspection.nowNs(timeNs);
        if (overlay != null) {
            overlay.nowNs(timeNs);
        }

        int workCount = 0;
        for (final BroadcastReader reader : broadcasts) {
            workCount += reader.poll(timeNs, settings.broadcastLimit());
        }
        workCount += membership.poll(timeNs);
        if (overlay != null) {
            workCount += overlay.doWork(timeNs);
        }
        workCount += queries.poll();
        workCount += transport.doWork(timeNs);
        workCount += transport.poll(frames, settings.frameLimit());
        workCount += plumtree.onTimers(timeNs);
        workCount += exchanges.doWork(timeNs);
        if (timeNs - nextLinkCheckNs >= 0) {
            nextLinkCheckNs = timeNs + linkCheckPeriodNs;
            workCount += links.check(timeNs) + inspection.doWork(timeNs);
            if (overlay != null) {
                workCount += overlay.check(timeNs, plumtree);
            }
            for (final ClaimWatch watched : claims) {
                workCount += watched.check(timeNs);
            }
        }
        if (lazyTick.isDue(timeNs)) {
            workCount += lazyTick(timeNs);
        } else if (plumtree.isLazyTickEarly()) {
            workCount += plumtree.onLazyTick(timeNs);
        }
        return workCount + effects.flush();
    }

    /** Ends the node at the next duty cycle, from wherever it is called; takes no more broadcasts from now on. */
    public void terminate() {
        rings.close();
        isClosing = true;
    }

    /**
     * Whether the caller is the engine, in a duty cycle.
     *
     * @return true if so.
     */
    public boolean isOnEngineThread() {
        return cycleThread == Thread.currentThread();
    }

    /**
     * Whether the caller is the thread that ran the last duty cycle: one that must not wait for the next. Any thread.
     *
     * @return true if so; false as long as there was none.
     */
    public boolean isDriver() {
        return driver == Thread.currentThread();
    }

    /**
     * Takes an update of the members, to be taken over at the next duty cycle. Any thread.
     *
     * @param newPeers the members to be, checked, without this node.
     * @return ends when they are the members, on another thread than the engine's.
     */
    public CompletableFuture<Void> update(final List<Member> newPeers) {
        return membership.update(newPeers);
    }

    /**
     * Every member, this node included. Any thread.
     *
     * @return the members, by name, as of the last update taken over.
     */
    public List<Member> members() {
        return membership.members();
    }

    /**
     * Every member once the update that waits, if any, is taken over; on the engine's thread.
     *
     * @return the members, by name, this node included.
     */
    public List<Member> updatedMembers() {
        membership.poll(nowNs);
        return membership.members();
    }

    /**
     * The full view has changed; on the engine's thread.
     *
     * @param joined members as they were not before.
     * @param left   members as they are no longer.
     */
    public void onMembersChanged(final Set<Member> joined, final Set<Member> left) {
        overlay.onMembersLeft(left);
        links.tellMembersChanged(joined, left);
    }

    /**
     * How often messages are announced. Any thread.
     *
     * @return nanoseconds.
     */
    public long lazyTickPeriodNs() {
        return lazyTick.periodNs();
    }

    /**
     * Sets how often messages are announced, from the next duty cycle on. Any thread.
     *
     * @param periodNs nanoseconds, checked.
     */
    public void lazyTickPeriodNs(final long periodNs) {
        lazyTick.periodNs(periodNs);
    }

    /**
     * The queries to this node. Any thread.
     *
     * @return where to ask.
     */
    public QueryQueue queries() {
        return queries;
    }

    /**
     * What asks other nodes; on the engine's thread.
     *
     * @return the part that does.
     */
    public Inspection inspection() {
        return inspection;
    }

    /**
     * The peers in a root's tree; on the engine's thread.
     *
     * @param root the root.
     * @return eager and lazy ones.
     */
    public PeerSets peerSets(final NodeId root) {
        final Set<NodeId> eager = new HashSet<>();
        final Set<NodeId> lazy = new HashSet<>();
        for (final Peer peer : peers.all()) {
            if (plumtree.isEager(root.value(), peer.index)) {
                eager.add(peer.id);
            }
            if (plumtree.isLazy(root.value(), peer.index)) {
                lazy.add(peer.id);
            }
        }
        return new PeerSets(eager, lazy);
    }

    /**
     * The peers whose links are up; on the engine's thread.
     *
     * @return the peers.
     */
    public Set<NodeId> connectedPeers() {
        final Set<NodeId> connected = new HashSet<>();
        for (final Peer peer : peers.all()) {
            if (peer.isUp) {
                connected.add(peer.id);
            }
        }
        return Set.copyOf(connected);
    }

    /**
     * The exchanges that run and that this node has initiated; on the engine's thread.
     *
     * @return the exchanges, the oldest first.
     */
    public List<Exchange> exchanges() {
        return exchanges.initiated(nowNs);
    }

    /**
     * Cancels exchanges that this node has initiated; on the engine's thread.
     *
     * @param selector which.
     * @return what was cancelled.
     */
    public List<Exchange> cancelExchanges(final ExchangeSelector selector) {
        return exchanges.cancel(selector, nowNs);
    }

    /**
     * How often exchanges are started. Any thread.
     *
     * @return nanoseconds; 0 for never.
     */
    public long exchangeTickPeriodNs() {
        return exchanges.tickPeriodNs();
    }

    /**
     * Changes how often exchanges are started. Any thread.
     *
     * @param periodNs nanoseconds, checked; 0 for never.
     */
    public void exchangeTickPeriodNs(final long periodNs) {
        exchanges.tickPeriodNs(periodNs);
    }

    @Override
    public void onClose() {
        rings.close();
        isClosing = true;
        cycleThread = Thread.currentThread();
        try {
            closeParts();
        } finally {
            cycleThread = null;
            closed.countDown();
        }
    }

    /**
     * Waits until the node is closed. Any thread but the engine's.
     *
     * @param timeoutNs how long at most.
     */
    public void awaitClosed(final long timeoutNs) {
        try {
            closed.await(timeoutNs, TimeUnit.NANOSECONDS);
        } catch (final InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeParts() {
        final long startNs = System.nanoTime();
        guarded(membership::close);
        guarded(this::announceLeave);
        guarded(() -> drain(startNs));
        counters.get(EngineCounter.BYTES_LEFT_AT_CLOSE).set(rings.size());
        guarded(() -> leave(startNs));
        guarded(() -> exchanges.stop(System.nanoTime()));
        guarded(() -> sayGoodbye(startNs));
        guarded(queries::close);
        guarded(() -> awaitTasks(startNs));
        guarded(inspection::close);
        dispatch.onClose();
        guarded(transport::close);
        guarded(this::publish);
        counters.close();
    }

    private int lazyTick(final long timeNs) {
        final int workCount = plumtree.onLazyTick(timeNs) + dispatch.doWork(timeNs);
        publish();
        return workCount;
    }

    /** Brings up to date what is not counted where it is read. */
    private void publish() {
        counters.copy(plumtree);
        if (overlay != null) {
            counters.copy(overlay.hyParView());
            gauges.update(overlay);
        }
        transportCounters.copy();
        gauges.update();
        overflows.check();
        counters.heartbeat(lazyTick.periodNs());
    }

    /** Pushes the broadcasts that were taken before the close. */
    private void drain(final long startNs) {
        long timeNs = startNs;
        while (rings.size() > 0 && timeNs - startNs < settings.closeTimeoutNs()) {
            if (cycle(timeNs) == 0) {
                Thread.yield();
            }
            timeNs = System.nanoTime();
        }
        effects.flush();
    }

    private void announceLeave() {
        if (overlay != null && settings.overlay().fullView() != null) {
            rings.lastWriter(Thread.currentThread());
            settings.overlay().fullView().leave();
            rings.lastWriter(null);
        }
    }

    /** Tells the neighbours, and goes on passing messages on until they have let go and found others. */
    private void leave(final long closeNs) {
        if (overlay == null) {
            return;
        }
        final long startNs = System.nanoTime();
        final long timeoutNs = Math.min(LEAVE_TIMEOUT_NS, settings.closeTimeoutNs() - (startNs - closeNs));
        overlay.nowNs(startNs);
        overlay.leave(startNs);
        while (hasPeersUp() && System.nanoTime() - startNs < timeoutNs) {
            if (cycle(System.nanoTime()) == 0) {
                Thread.yield();
            }
        }
    }

    private boolean hasPeersUp() {
        for (final Peer peer : peers.all()) {
            if (peer.isUp) {
                return true;
            }
        }
        return false;
    }

    /** A peer that is back-pressured is given time to make room, but no more than to one that may be dead. */
    private void sayGoodbye(final long closeNs) {
        final long startNs = System.nanoTime();
        final long timeoutNs =
            Math.min(settings.livenessTimeoutNs(), settings.closeTimeoutNs() - (startNs - closeNs));
        while (!links.sayGoodbye() && System.nanoTime() - startNs < timeoutNs) {
            if (transport.doWork(System.nanoTime()) == 0) {
                Thread.yield();
            }
        }
    }

    /** Handlers close after the tasks of their exchanges, unless one does not end. */
    private void awaitTasks(final long closeNs) {
        while (exchanges.hasTasks() && System.nanoTime() - closeNs < settings.closeTimeoutNs()) {
            Thread.yield();
        }
        exchanges.abandonTasks();
    }

    private void guarded(final Runnable step) {
        try {
            step.run();
        } catch (final Throwable ex) {
            Failures.rethrowIfFatal(ex);
            errors.onError(ex);
        }
    }

    /**
     * The longest id that can be announced over a transport.
     *
     * @param transport the transport.
     * @return bytes.
     */
    public static int maxIdLength(final Transport transport) {
        return FrameBatch.maxIdLength(Math.min(MAX_BATCH_LENGTH, transport.maxUnfragmentedLength()));
    }
}
