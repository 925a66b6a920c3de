package io.plumtree.engine.agent;

import io.plumtree.api.Exchange;
import io.plumtree.api.ExchangeSelector;
import io.plumtree.api.Member;
import io.plumtree.api.PlumtreeException;
import io.plumtree.api.transport.Transport;
import io.plumtree.engine.counting.EngineCounter;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.counting.ErrorSource;
import io.plumtree.engine.counting.Failures;
import io.plumtree.engine.counting.Overflows;
import io.plumtree.engine.counting.TransportCounterCopy;
import io.plumtree.engine.exchange.Exchanges;
import io.plumtree.engine.handlers.HandlerDispatch;
import io.plumtree.engine.handlers.SlowHandlerWatch;
import io.plumtree.engine.peers.LinkMonitor;
import io.plumtree.engine.peers.Membership;
import io.plumtree.engine.peers.Neighbours;
import io.plumtree.engine.peers.OwnRun;
import io.plumtree.engine.peers.PeerTable;
import io.plumtree.engine.ring.BroadcastReader;
import io.plumtree.engine.ring.ClaimWatch;
import io.plumtree.engine.ring.CommandRings;
import io.plumtree.engine.ring.SleepUntilWork;
import io.plumtree.engine.ring.Waker;
import io.plumtree.engine.settings.EngineSettings;
import io.plumtree.protocol.Plumtree;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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
    private final OwnRun run;
    private final ErrorSource errors;
    private final Neighbours neighbours;
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

    /** A node that is about to run, connected. */
    EngineAgent(final NodeAssembly parts, final Consumer<Throwable> endListener) {
        this.settings = parts.settings;
        this.clock = parts.clock;
        this.broadcastLimit = settings.broadcastLimit();
        this.frameLimit = settings.frameLimit();
        this.transport = parts.transport;
        this.rings = parts.rings;
        this.waker = rings.waker();
        this.counters = parts.counters;
        this.watch = parts.watch;
        this.dispatch = parts.dispatch;
        this.effects = parts.effects;
        this.plumtree = parts.plumtree;
        this.peers = parts.peers;
        this.exchangePort = parts.exchangePort;
        this.exchanges = parts.exchanges;
        this.links = parts.links;
        this.membership = parts.membership;
        this.neighbours = parts.neighbours;
        this.run = parts.run;
        this.broadcasts = parts.broadcasts;
        this.claims = parts.claims;
        this.inspection = parts.inspection;
        this.frames = parts.frames;
        this.queries = parts.queries;
        this.gauges = parts.gauges;
        this.lazyTick = parts.lazyTick;
        this.agenda = parts.agenda;
        this.errors = parts.reporter.source(null);
        this.end = new NodeEnd(parts.reporter, endListener);
        this.shutdown = new Shutdown(end, closePhases(), errors, clock, settings.closeTimeoutNs());
        this.transportCounters = new TransportCounterCopy(transport, counters, errors);
        this.overflows = new Overflows(settings.self().id(), counters);
        this.maxCycleNs = counters.get(EngineCounter.MAX_CYCLE_NS);
        this.linkCheckPeriodNs = Math.min(LINK_CHECK_MAX_PERIOD_NS, settings.heartbeatPeriodNs() / 2);
        this.nowNs = parts.startNs;
        this.nextLinkCheckNs = parts.startNs;
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
        neighbours.nowNs(timeNs);

        int workCount = 0;
        for (final BroadcastReader reader : broadcasts) {
            workCount += reader.poll(timeNs, broadcastLimit);
        }
        workCount += membership.poll(timeNs);
        workCount += neighbours.doWork(timeNs, membership);
        workCount += queries.poll();
        workCount += transport.doWork(timeNs);
        workCount += transport.poll(frames, frameLimit);
        workCount += plumtree.onTimers(timeNs);
        workCount += exchanges.doWork(timeNs);
        if (timeNs - nextLinkCheckNs >= 0) {
            nextLinkCheckNs = timeNs + linkCheckPeriodNs;
            workCount += links.check(timeNs) + inspection.doWork(timeNs);
            checkRun(timeNs);
            workCount += neighbours.check(timeNs, plumtree);
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
    private void checkRun(final long timeNs) {
        final PlumtreeException fatal = run.check(timeNs);
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
        neighbours.onMembersLeft(left);
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
            new ClosePhases.Leave(neighbours, peers, this::cycle),
            ClosePhase.of(neighbours::close),
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
        neighbours.publish(counters);
        transportCounters.copy();
        gauges.update();
        overflows.check();
        counters.heartbeat(lazyTick.periodNs());
    }

    private void announceLeave() {
        rings.lastWriter(Thread.currentThread());
        settings.view().leave();
        rings.lastWriter(null);
    }
}
