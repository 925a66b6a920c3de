package io.plumtree.engine.agent;

import io.plumtree.engine.settings.EngineSettings;
import io.plumtree.api.Exchange;
import io.plumtree.api.ExchangeSelector;
import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.api.PeerSets;
import io.plumtree.api.PlumtreeException;
import io.plumtree.api.transport.Transport;
import io.plumtree.engine.codec.FrameBatch;
import io.plumtree.engine.counting.EngineCounter;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.counting.ErrorReporter;
import io.plumtree.engine.counting.ErrorSource;
import io.plumtree.engine.counting.Failures;
import io.plumtree.engine.counting.Overflows;
import io.plumtree.engine.counting.TransportCounterCopy;
import io.plumtree.engine.exchange.ExchangeSettings;
import io.plumtree.engine.exchange.Exchanges;
import io.plumtree.engine.handlers.HandlerDispatch;
import io.plumtree.engine.handlers.HandlerRegistry;
import io.plumtree.engine.handlers.SlowHandlerWatch;
import io.plumtree.engine.peers.Agreement;
import io.plumtree.engine.peers.Incarnations;
import io.plumtree.engine.peers.KnownMembers;
import io.plumtree.engine.peers.LinkMonitor;
import io.plumtree.engine.peers.Membership;
import io.plumtree.engine.peers.Overlay;
import io.plumtree.engine.peers.Peer;
import io.plumtree.engine.peers.PeerTable;
import io.plumtree.engine.query.OnDemandLinks;
import io.plumtree.engine.ring.BroadcastReader;
import io.plumtree.engine.ring.ClaimWatch;
import io.plumtree.engine.ring.CommandRings;
import io.plumtree.engine.ring.RecentBundles;
import io.plumtree.engine.ring.SleepUntilWork;
import io.plumtree.engine.ring.Waker;
import io.plumtree.protocol.Plumtree;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.agrona.LangUtil;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * One node: owns the protocol's state, takes broadcasts and frames to it, and drives the transport. Runs on one
 * thread, its own or its embedder's.
 */
public final class EngineAgent implements Agent {
    /** How often what is not counted where it is read is copied, at least, where nothing happens. */
    private static final long IDLE_COPY_PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(100);
    /** Shortest time for which to sleep. */
    static final long MIN_SLEEP_NS = TimeUnit.MICROSECONDS.toNanos(100);
    /** Shortest time between two looks at a link. */
    private static final long LINK_CHECK_MAX_PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(10);
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
    private final int broadcastLimit;
    private final int frameLimit;
    private final FrameReceiver frames;
    private final PeerTable peers;
    private final EngineExchangePort exchangePort;
    private final Exchanges exchanges;
    private final LinkMonitor links;
    private final Membership membership;
    private final ClaimWatch[] claims;
    private final QueryQueue queries;
    private final Inspection inspection;
    private final Incarnations incarnations;
    private final ErrorSource errors;
    /** Null where the members are given. */
    private final Overlay overlay;
    private final TransportCounterCopy transportCounters;
    private final Gauges gauges;
    private final Overflows overflows;
    private final AtomicCounter maxCycleNs;
    private final long linkCheckPeriodNs;
    private final Tick lazyTick;
    private final NanoClock clock;
    private final NodeEnd end;
    private final Shutdown shutdown;
    private final Waker waker;
    private final Agenda agenda;
    private volatile boolean isClosing;
    /** Who is in a duty cycle. Not volatile: each thread sees its own writes, and others' never look like its own. */
    private Thread cycleThread;
    private boolean isFirstCycle = true;
    /** Whether it has slept since counters were copied, and when they were. */
    private boolean hasSlept;
    private long publishedNs;
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
     * @param clock     the time.
     * @param startNs   the time at which its handlers were started.
     */
    public EngineAgent(
        final EngineSettings settings,
        final Transport transport,
        final CommandRings rings,
        final HandlerRegistry registry,
        final EngineCounters counters,
        final ErrorReporter reporter,
        final NanoClock clock,
        final long startNs) {
        this.clock = clock;
        this.broadcastLimit = settings.broadcastLimit();
        this.frameLimit = settings.frameLimit();
        this.settings = settings;
        this.transport = transport;
        this.rings = rings;
        this.waker = rings.waker();
        this.waker.transport(transport);
        this.counters = counters;
        this.watch = new SlowHandlerWatch(
            clock, StallClock.PROCESS::stalledNs, settings.slowHandlerThresholdNs(), startNs);
        this.dispatch = new HandlerDispatch(registry, watch);
        final RecentBundles recentBundles = new RecentBundles(settings.recentBundlesLength());
        this.effects = new EngineEffects(registry, dispatch, recentBundles, settings, counters);
        this.plumtree = new Plumtree(
            settings.self().id().value(), settings.protocol(), effects, registry.channelsByHandler(), startNs);
        this.peers = new PeerTable(settings.protocol().maxPeers());
        this.effects.peers(peers);
        registry.members(new KnownMembers(settings, peers));
        final EngineEvents events = new EngineEvents(settings.self().id(), registry, peers);
        this.effects.events(events);
        this.exchangePort = new EngineExchangePort(plumtree, peers, registry, watch, settings, counters, startNs);
        this.exchanges = new Exchanges(
            exchangePort,
            ExchangeSettings.of(
                settings.exchanges(), settings.clusterHash(), settings.incarnation()::get, settings.maxMessageLength()),
            new SplittableRandom(settings.self().id().value() ^ settings.incarnation().get()));
        this.effects.exchanges(exchanges);
        registry.exchanges(exchanges);
        final Agreement agreement = new Agreement(settings, transport, registry, counters, reporter);
        final OnDemandLinks onDemandLinks =
            new OnDemandLinks(transport, settings.queries(), counters::increment);
        this.incarnations = new Incarnations(
            settings, dispatch, plumtree, peers, onDemandLinks, counters, reporter, startNs);
        this.links = new LinkMonitor(
            peers, plumtree, exchanges, registry, agreement, incarnations, settings, counters, reporter, startNs);
        this.membership = new Membership(
            settings, transport, registry.channels(), plumtree, peers, links, exchanges, counters, reporter,
            Math.min(MAX_BATCH_LENGTH, transport.maxUnfragmentedLength()));
        this.membership.start(startNs);
        this.broadcasts = Stream.of(rings.inUse())
            .map(ring -> new BroadcastReader(
                settings.self().id(), ring, plumtree, dispatch, recentBundles,
                Math.min(settings.bundleLength(), transport.maxFrameLength()), transport.maxUnfragmentedLength(),
                counters, reporter))
            .toArray(BroadcastReader[]::new);
        this.inspection = new Inspection(
            settings, transport, plumtree, peers, membership::members, this::exchanges, onDemandLinks, counters,
            startNs);
        this.frames = new FrameReceiver(
            plumtree, peers, links, exchanges.peerFrames(), inspection, incarnations, registry, agreement, settings,
            counters, events, reporter);
        this.overlay = settings.overlay() == null ? null :
            new Overlay(settings, peers, membership, onDemandLinks, incarnations, counters, reporter, startNs);
        this.links.overlay(overlay);
        this.frames.overlay(overlay);
        this.incarnations.links(links, overlay);
        this.claims = Stream.of(rings.inUse())
            .map(ring -> new ClaimWatch(ring, settings.claimTimeoutNs(), counters, reporter))
            .toArray(ClaimWatch[]::new);
        this.queries = new QueryQueue(settings.queryQueueLength(), counters, waker::wakeUp);
        this.errors = reporter.source(null);
        this.end = new NodeEnd(reporter);
        this.shutdown = new Shutdown(end, closePhases(), errors, clock, settings.closeTimeoutNs());
        this.transportCounters = new TransportCounterCopy(transport, counters, errors);
        this.gauges = new Gauges(counters, rings, peers, plumtree, exchanges, inspection);
        this.overflows = new Overflows(settings.self().id(), counters);
        this.maxCycleNs = counters.get(EngineCounter.MAX_CYCLE_NS);
        this.linkCheckPeriodNs = Math.min(LINK_CHECK_MAX_PERIOD_NS, settings.heartbeatPeriodNs() / 2);
        this.nowNs = startNs;
        this.nextLinkCheckNs = startNs;
        this.lazyTick = new Tick(settings.lazyTickPeriodNs(), startNs);
        this.agenda = new Agenda(peers, plumtree, exchanges, inspection, overlay, lazyTick, settings);
        publish();
        StallClock.PROCESS.acquire();
    }

    @Override
    public String roleName() {
        return "plumtree-" + settings.self().id();
    }

    @Override
    public int doWork() {
        return doWork(clock.nanoTime());
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
            if (isClosing) {
                return closeStep(timeNs);
            }
            checkInterrupt();
            return cycle(timeNs);
        } catch (final Throwable ex) {
            if (Failures.endsLoop(ex)) {
                end(ex);
            }
            throw ex;
        } finally {
            cycleThread = null;
        }
    }

    /** A node that was asked to end goes one step further at each cycle, and says so once everything is closed. */
    private int closeStep(final long timeNs) {
        if (Thread.currentThread().isInterrupted()) {
            // Nobody may come back for the next step.
            shutdown.run(null);
        }
        final int workCount = shutdown.step(timeNs);
        if (shutdown.isOver()) {
            throw new AgentTerminationException("closed", true);
        }
        return workCount;
    }

    /** Before the cycle: what is open would be closed by an interrupt, the transport's sockets among them. */
    private static void checkInterrupt() {
        if (Thread.currentThread().isInterrupted()) {
            LangUtil.rethrowUnchecked(interrupt());
        }
    }

    private static InterruptedException interrupt() {
        return new InterruptedException("its thread '" + Thread.currentThread().getName() + "' was interrupted");
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
            workCount += reader.poll(timeNs, broadcastLimit);
        }
        workCount += membership.poll(timeNs);
        if (overlay != null) {
            workCount += overlay.doWork(timeNs);
        }
        workCount += queries.poll();
        workCount += transport.doWork(timeNs);
        workCount += transport.poll(frames, frameLimit);
        workCount += plumtree.onTimers(timeNs);
        workCount += exchanges.doWork(timeNs);
        if (timeNs - nextLinkCheckNs >= 0) {
            nextLinkCheckNs = timeNs + linkCheckPeriodNs;
            workCount += links.check(timeNs) + inspection.doWork(timeNs);
            checkIncarnations(timeNs);
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

    /**
     * Sleeps, after a duty cycle that had nothing to do, until a datagram, a command or a timer is there. On the
     * engine's thread, between two cycles.
     *
     * @return for how long, in nanoseconds; {@link SleepUntilWork#AWAKE} if it did not, so that the caller has to idle
     *     by itself: something is due or waits for room, or the transport can't wait.
     */
    public long sleep() {
        final long timeNs = clock.nanoTime();
        final long waitNs = waitNs(timeNs);
        if (!sleep(waitNs)) {
            return SleepUntilWork.AWAKE;
        }
        final long sleptNs = clock.nanoTime() - timeNs;
        // What was slept belongs to no cycle; what the machine added to it does.
        nowNs = timeNs + Math.min(sleptNs, waitNs);
        watch.onStart(nowNs);
        hasSlept = true;
        return sleptNs;
    }

    /** How long nothing has to be done if nothing comes; less than {@link #MIN_SLEEP_NS} if there is something. */
    long waitNs(final long timeNs) {
        return agenda.waitNs(timeNs, nextLinkCheckNs);
    }

    /** Sleeps for a time at most; false if it must not, or can't. */
    boolean sleep(final long waitNs) {
        return !isClosing && waitNs >= MIN_SLEEP_NS && waker.sleep(rings, waitNs);
    }

    /** Ends the node where another one has its name, and was there first. */
    private void checkIncarnations(final long timeNs) {
        final PlumtreeException fatal = incarnations.check(timeNs);
        if (fatal != null && !isClosing) {
            throw new AgentTerminationException(fatal);
        }
    }

    /**
     * Ends the node, from wherever it is called: takes no more broadcasts from now on, and goes on with the end at each
     * duty cycle, until one throws an {@link AgentTerminationException} since everything is closed.
     */
    public void terminate() {
        isClosing = true;
        rings.close();
    }

    /**
     * Whether the caller is the engine, in a duty cycle.
     *
     * @return true if so.
     */
    public boolean isOnEngineThread() {
        final Thread caller = Thread.currentThread();
        return cycleThread == caller || shutdown.isRunBy(caller);
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
        final CompletableFuture<Void> result = membership.update(newPeers);
        waker.wakeUp();
        return result;
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
        waker.wakeUp();
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
            if (peer.isUp()) {
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
        waker.wakeUp();
    }

    /** Ends the node, unless it has ended: because somebody asked for it, or because its thread was interrupted. */
    @Override
    public void onClose() {
        end(!rings.isClosed() && Thread.currentThread().isInterrupted() ? interrupt() : null);
    }

    /**
     * What runs the engine has caught something, which ends the node or is reported. The engine's thread.
     *
     * @param error what was caught.
     */
    public void onLoopError(final Throwable error) {
        if (error == end.cause()) {
            return;
        }
        if (Failures.endsLoop(error)) {
            end(error);
        } else {
            errors.onError(error);
        }
    }

    /**
     * The thread that ran the engine ends: so does the node, if it has not yet.
     *
     * @param error what it ends with; null for nothing.
     */
    public void onThreadEnd(final Throwable error) {
        if (!shutdown.isOver()) {
            end(error == null ? new IllegalStateException("its loop has ended") : error);
        }
    }

    /**
     * Sets who is told when the node has ended. Before it runs.
     *
     * @param listener given what has ended it, or null; on the thread that has closed it, after all else.
     */
    public void endListener(final Consumer<Throwable> listener) {
        end.listener(listener);
    }

    /**
     * Waits until the node is closed. Any thread but the engine's.
     *
     * @param timeoutNs how long at most.
     * @return false if it was not in time.
     * @throws InterruptedException if the caller is interrupted.
     */
    public boolean awaitClosed(final long timeoutNs) throws InterruptedException {
        return end.await(timeoutNs);
    }

    /** What is to be done to close the node, in this order, each phase whatever the others come to. */
    private ClosePhase[] closePhases() {
        return new ClosePhase[] {
            ClosePhase.of(rings::close),
            ClosePhase.of(() -> membership.close(end.cause())),
            ClosePhase.of(this::announceLeave),
            new ClosePhases.Drain(rings::size, this::cycle),
            ClosePhase.of(effects::flush),
            ClosePhase.of(() -> counters.get(EngineCounter.BYTES_LEFT_AT_CLOSE).set(rings.size())),
            new ClosePhases.Leave(overlay, peers, this::cycle),
            ClosePhase.of(this::closeContacts),
            ClosePhase.at(exchanges::stop),
            new ClosePhases.Goodbye(links::sayGoodbye, transport::doWork, settings.livenessTimeoutNs()),
            ClosePhase.of(() -> queries.close(end.cause())),
            new ClosePhases.AwaitTasks(exchanges::hasTasks),
            ClosePhase.of(exchanges::abandonTasks),
            ClosePhase.of(() -> inspection.close(end.cause())),
            ClosePhase.of(dispatch::onClose),
            ClosePhase.of(transport::close),
            ClosePhase.of(StallClock.PROCESS::release),
            ClosePhase.of(this::publish),
            ClosePhase.of(counters::close)
        };
    }

    private void end(final Throwable why) {
        isClosing = true;
        shutdown.run(why);
    }

    private int lazyTick(final long timeNs) {
        final int workCount = plumtree.onLazyTick(timeNs) + dispatch.doWork(timeNs);
        if (!hasSlept || timeNs - publishedNs >= IDLE_COPY_PERIOD_NS) {
            hasSlept = false;
            publishedNs = timeNs;
            publish();
        }
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

    private void announceLeave() {
        if (overlay != null && settings.overlay().fullView() != null) {
            rings.lastWriter(Thread.currentThread());
            settings.overlay().fullView().leave();
            rings.lastWriter(null);
        }
    }

    private void closeContacts() {
        if (overlay != null) {
            overlay.closeContacts();
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
