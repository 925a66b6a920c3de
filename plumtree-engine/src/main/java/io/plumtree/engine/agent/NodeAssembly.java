package io.plumtree.engine.agent;

import io.plumtree.api.transport.Transport;
import io.plumtree.engine.codec.FrameBatch;
import io.plumtree.engine.codec.FrameListeners;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.counting.ErrorReporter;
import io.plumtree.engine.exchange.DuePeers;
import io.plumtree.engine.exchange.ExchangeCounter;
import io.plumtree.engine.exchange.ExchangeSettings;
import io.plumtree.engine.exchange.Exchanges;
import io.plumtree.engine.handlers.EngineHandlerContext;
import io.plumtree.engine.handlers.HandlerDispatch;
import io.plumtree.engine.handlers.HandlerRegistry;
import io.plumtree.engine.handlers.HandlerSlot;
import io.plumtree.engine.handlers.SlowHandlerWatch;
import io.plumtree.engine.peers.Agreement;
import io.plumtree.engine.peers.FrameOrigin;
import io.plumtree.engine.peers.GivenNeighbours;
import io.plumtree.engine.peers.Incarnations;
import io.plumtree.engine.peers.KnownMembers;
import io.plumtree.engine.peers.LinkMonitor;
import io.plumtree.engine.peers.LinkReceiver;
import io.plumtree.engine.peers.Membership;
import io.plumtree.engine.peers.Neighbours;
import io.plumtree.engine.peers.Overlay;
import io.plumtree.engine.peers.OwnRun;
import io.plumtree.engine.peers.PeerTable;
import io.plumtree.engine.query.OnDemandLinks;
import io.plumtree.engine.ring.BroadcastReader;
import io.plumtree.engine.ring.ClaimWatch;
import io.plumtree.engine.ring.CommandRings;
import io.plumtree.engine.ring.RecentBundles;
import io.plumtree.engine.settings.EngineSettings;
import io.plumtree.protocol.Plumtree;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.agrona.concurrent.NanoClock;

/**
 * Makes the parts of a node, each after those that it needs, and complete. The handlers start when all are made, with
 * what {@link #context} gives them; then {@link #agent} connects the node and hands it over to be run.
 */
public final class NodeAssembly {
    /** Longest batch, however much the transport would take in one piece. */
    private static final int MAX_BATCH_LENGTH = 8 * 1024;

    final EngineSettings settings;
    final Transport transport;
    final CommandRings rings;
    final EngineCounters counters;
    final ErrorReporter reporter;
    final NanoClock clock;
    final long startNs;
    final PeerTable peers;
    final SlowHandlerWatch watch;
    final HandlerDispatch dispatch;
    final EngineEffects effects;
    final Plumtree plumtree;
    final EngineExchangePort exchangePort;
    final Exchanges exchanges;
    final Neighbours neighbours;
    final LinkMonitor links;
    final Membership membership;
    final OwnRun run;
    final Inspection inspection;
    final FrameReceiver frames;
    final BroadcastReader[] broadcasts;
    final ClaimWatch[] claims;
    final QueryQueue queries;
    final Gauges gauges;
    final Tick lazyTick;
    final Agenda agenda;
    private final HandlerRegistry registry;
    private final KnownMembers knownMembers;

    /**
     * Makes all parts; nothing is connected, and no handler called.
     *
     * @param settings  what the node needs to know.
     * @param transport its transport, listening.
     * @param rings     through which broadcasts come.
     * @param registry  its handlers.
     * @param counters  where to count.
     * @param reporter  where to report errors.
     * @param clock     the time.
     * @param startNs   the time from which that of the duty cycles goes on.
     */
    public NodeAssembly(
        final EngineSettings settings,
        final Transport transport,
        final CommandRings rings,
        final HandlerRegistry registry,
        final EngineCounters counters,
        final ErrorReporter reporter,
        final NanoClock clock,
        final long startNs) {
        this.settings = settings;
        this.transport = transport;
        this.rings = rings;
        this.registry = registry;
        this.counters = counters;
        this.reporter = reporter;
        this.clock = clock;
        this.startNs = startNs;
        rings.waker().transport(transport);
        peers = new PeerTable(settings.protocol().maxPeers());
        knownMembers = new KnownMembers(settings, peers);
        watch = new SlowHandlerWatch(
            clock, StallClock.PROCESS::stalledNs, settings.slowHandlerThresholdNs(), startNs);
        dispatch = new HandlerDispatch(registry, watch);

        final RecentBundles recentBundles = new RecentBundles(settings.recentBundlesLength());
        final DuePeers due =
            new DuePeers(registry::size, peers::isUp, () -> counters.add(ExchangeCounter.MARKED, 1));
        final EngineEvents events = new EngineEvents(settings.self().id(), registry, peers);
        effects = new EngineEffects(registry, dispatch, recentBundles, peers, due, events, settings, counters);
        plumtree = new Plumtree(
            settings.self().id().value(), settings.protocol(), effects, registry.channelsByHandler(), startNs);
        exchangePort = new EngineExchangePort(plumtree, peers, registry, watch, settings, counters, startNs);
        exchanges = new Exchanges(
            exchangePort,
            due,
            ExchangeSettings.of(
                settings.exchanges(), settings.clusterHash(), settings.incarnation()::get, settings.maxMessageLength()),
            new SplittableRandom(settings.self().id().value() ^ settings.incarnation().get()));

        final OnDemandLinks onDemandLinks = new OnDemandLinks(transport, settings.queries(), counters::increment);
        final Incarnations incarnations =
            new Incarnations(settings, dispatch, peers, onDemandLinks, counters, reporter, startNs);
        neighbours = settings.findsNeighbours() ?
            new Overlay(settings, peers, onDemandLinks, incarnations, counters, reporter, startNs) :
            new GivenNeighbours(counters);
        final Agreement agreement = new Agreement(settings, transport, registry, neighbours, counters, reporter);
        links = new LinkMonitor(
            peers, plumtree, exchanges, registry, agreement, incarnations, neighbours, settings, counters, reporter,
            startNs);
        membership = new Membership(
            settings, transport, registry.channels(), plumtree, peers, links, exchanges, counters, reporter,
            batchLength(transport));
        run = new OwnRun(settings, incarnations, dispatch, plumtree, peers, links, neighbours, counters, startNs);

        inspection = new Inspection(
            settings, transport, plumtree, peers, membership, exchanges, onDemandLinks, counters, startNs);
        final FrameOrigin origin = new FrameOrigin(peers, links, agreement, settings, counters);
        frames = new FrameReceiver(
            origin,
            new FrameListeners()
                .gossip(new GossipReceiver(origin, plumtree, registry, events, settings, counters))
                .links(new LinkReceiver(origin, links, run, incarnations, neighbours, counters))
                .exchanges(new ExchangeReceiver(origin, exchanges.peerFrames(), registry))
                .queries(new QueryReceiver(origin, inspection))
                .overlay(neighbours.receiver(origin, agreement)),
            counters, reporter);
        broadcasts = Stream.of(rings.inUse())
            .map(ring -> new BroadcastReader(
                settings.self().id(), ring, plumtree, dispatch, recentBundles,
                Math.min(settings.bundleLength(), transport.maxFrameLength()), transport.maxUnfragmentedLength(),
                counters, reporter))
            .toArray(BroadcastReader[]::new);
        claims = Stream.of(rings.inUse())
            .map(ring -> new ClaimWatch(ring, settings.claimTimeoutNs(), counters, reporter))
            .toArray(ClaimWatch[]::new);
        queries = new QueryQueue(settings.queryQueueLength(), counters, rings.waker()::wakeUp);
        gauges = new Gauges(counters, rings, peers, plumtree, exchanges, inspection);
        lazyTick = new Tick(settings.lazyTickPeriodNs(), startNs);
        agenda = new Agenda(peers, plumtree, exchanges, inspection, neighbours, lazyTick, settings);
    }

    /**
     * What a handler is given to start with.
     *
     * @param handler the handler.
     * @param options its options, by what follows {@code handler.NAME.}
     * @return the node, as the handler sees it.
     */
    public EngineHandlerContext context(final HandlerSlot handler, final Map<String, String> options) {
        return new EngineHandlerContext(
            handler, settings, startNs, options, counters, rings.of(handler), exchanges, knownMembers);
    }

    /**
     * Connects links to the first peers. Once, after the handlers have started.
     *
     * @param endListener given what has ended the node, or null; on the thread that has closed it, after all else.
     * @return the node, to be run.
     */
    public EngineAgent agent(final Consumer<Throwable> endListener) {
        membership.start(startNs);
        return new EngineAgent(this, endListener);
    }

    /**
     * The longest id that can be announced over a transport.
     *
     * @param transport the transport.
     * @return bytes.
     */
    public static int maxIdLength(final Transport transport) {
        return FrameBatch.maxIdLength(batchLength(transport));
    }

    private static int batchLength(final Transport transport) {
        return Math.min(MAX_BATCH_LENGTH, transport.maxUnfragmentedLength());
    }
}
