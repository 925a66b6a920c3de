package io.plumtree.engine;

import io.plumtree.api.DownReason;
import io.plumtree.api.Member;
import io.plumtree.api.NearestName;
import io.plumtree.api.NodeId;
import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import io.plumtree.api.transport.Transport;
import io.plumtree.api.transport.TransportContext;
import io.plumtree.engine.agent.EngineAgent;
import io.plumtree.engine.agent.NodeAssembly;
import io.plumtree.engine.codec.ExchangeFrameEncoder;
import io.plumtree.engine.codec.GossipFrameEncoder;
import io.plumtree.engine.codec.LinkFrameEncoder;
import io.plumtree.engine.counting.EngineCounter;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.counting.ErrorReporter;
import io.plumtree.engine.counting.Failures;
import io.plumtree.engine.exchange.ExchangeSettings;
import io.plumtree.engine.handlers.EngineHandlerContext;
import io.plumtree.engine.handlers.HandlerRegistry;
import io.plumtree.engine.options.FullViewOptions;
import io.plumtree.engine.options.MembershipKind;
import io.plumtree.engine.plugin.Discovered;
import io.plumtree.engine.plugin.Discovery;
import io.plumtree.engine.ring.CommandRings;
import io.plumtree.engine.seeds.Seeds;
import io.plumtree.engine.settings.EngineSettings;
import io.plumtree.engine.settings.Incarnation;
import io.plumtree.engine.settings.OverlaySettings;
import io.plumtree.engine.settings.PeerObserver;
import io.plumtree.engine.settings.StartingLinks;
import io.plumtree.engine.view.FullView;
import io.plumtree.engine.view.MemberView;
import io.plumtree.engine.view.NeighboursAlone;
import io.plumtree.handlers.spi.BroadcastHandler;
import io.plumtree.handlers.spi.BroadcastHandlerProvider;
import io.plumtree.protocol.options.PlumtreeOptions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.SystemNanoClock;

/** Makes the parts of a node from its concluded context, in order, and takes them down again if one fails. */
final class NodeLauncher {
    private static final Set<String> ANY_HOSTS = Set.of("0.0.0.0", "[::]", "[0:0:0:0:0:0:0:0]");
    /** Enough for the transport to go on with from one duty cycle to the next. */
    private static final int QUEUED_DATAGRAMS = 4;
    private static final String HANDLER_PREFIX = "handler.";

    private final List<AutoCloseable> started = new ArrayList<>();
    private final NodeContext ctx;
    private final NanoClock clock = SystemNanoClock.INSTANCE;
    private final EpochClock wallClock = SystemEpochClock.INSTANCE;
    private final Incarnation incarnation = new Incarnation(wallClock.time());
    private final NodeId id;
    private final EngineCounters counters;
    private final ErrorReporter reporter;
    private MemberView view = new NeighboursAlone();
    private Seeds seeds;
    private HandlerRegistry registry;
    private CommandRings rings;
    private Transport transport;
    private EngineSettings settings;
    private EngineAgent agent;

    NodeLauncher(final NodeContext ctx) {
        this.ctx = ctx;
        this.id = NodeId.of(ctx.name());
        this.counters = EngineCounters.in(
            ctx.engine().countersDirectory(), id, ctx.cluster(), incarnation.get(), wallClock);
        this.started.add(counters::close);
        this.reporter = new ErrorReporter(id, ctx.errorHandler(), counters, clock);
    }

    /** Makes everything, but starts no thread. */
    void launch() {
        try {
            if (ctx.transport() != null) {
                transport = ctx.transport();
                started.add(transport);
            }
            final Discovery discovery = new Discovery(this::onPluginFault);
            registry = new HandlerRegistry(createHandlers(discovery), counters, reporter);
            rings = new CommandRings(
                registry, ctx.ring().commandRingLength(), ctx.protocol().maxIdLength(), ctx.maxMessageLength(),
                counters);
            if (transport == null) {
                transport = launchTransport(discovery);
                started.add(transport);
            }
            checkTransport();
            checkEndpoint();
            if (isOverlay()) {
                seeds = new Seeds(
                    ctx.membership().contacts(), ctx.membership().contactsRefreshNs(), reporter.source(null)::onError);
                started.add(seeds);
            }
            settings = settings();
            final long startNs = clock.nanoTime();
            final NodeAssembly assembly =
                new NodeAssembly(settings, transport, rings, registry, counters, reporter, clock, startNs);
            startHandlers(assembly);
            agent = assembly.agent(ctx.terminationListener()::onTerminated);
        } catch (final Throwable ex) {
            undo(ex);
            throw ex;
        }
    }

    EngineSettings settings() {
        if (settings != null) {
            return settings;
        }
        final List<Member> peers =
            MemberChecks.peers(NodeContext.MEMBERS_PROPERTY, id, ctx.members(), ctx.protocol().maxPeers());
        final StartingLinks startingLinks = ctx.starting().hasGivenPeers() ?
            StartingLinks.given(ctx.starting().eagerPeers(), ctx.starting().lazyPeers()) :
            StartingLinks.computed(ctx.starting().startingPeers(), id, peers);
        return new EngineSettings(
            new Member(id, endpoint()),
            incarnation,
            ctx.cluster(),
            new EngineSettings.Members(
                peers, startingLinks, new ListenerObserver(ctx.peerListener()), view),
            overlay(),
            new EngineSettings.Options(
                ctx.protocol(),
                ctx.exchanges(),
                ctx.queries(),
                ctx.links(),
                ctx.ring(),
                ctx.engine(),
                ctx.lazyTickPeriodNs(),
                ctx.maxMessageLength()),
            sendQueueLength());
    }

    private int sendQueueLength() {
        return ctx.links().sendQueueLength() == 0 ?
            QUEUED_DATAGRAMS * transport.maxUnfragmentedLength() : ctx.links().sendQueueLength();
    }

    /** Where others reach this node. */
    private String endpoint() {
        final String local = transport.localEndpoint();
        if (ctx.advertise() == null) {
            return local;
        }
        return ctx.advertise().endsWith(":0") ?
            ctx.advertise().substring(0, ctx.advertise().length() - 1) + local.substring(local.lastIndexOf(':') + 1) :
            ctx.advertise();
    }

    private void checkEndpoint() {
        final String endpoint = endpoint();
        if (isOverlay() && ANY_HOSTS.contains(endpoint.substring(0, endpoint.lastIndexOf(':')))) {
            throw new PlumtreeException(Category.CONFIGURATION, "node '" + id + "' listens at " + endpoint +
                ", which tells others not where to find it: set " + NodeContext.ADVERTISE_PROPERTY);
        }
    }

    private boolean isOverlay() {
        return ctx.membership().kind() == MembershipKind.HYPARVIEW;
    }

    private OverlaySettings overlay() {
        return isOverlay() ? new OverlaySettings(
            ctx.hyParView(), seeds, new SecureRandom()) : null;
    }

    EngineCounters counters() {
        return counters;
    }

    ErrorReporter reporter() {
        return reporter;
    }

    HandlerRegistry registry() {
        return registry;
    }

    CommandRings rings() {
        return rings;
    }

    Transport transport() {
        return transport;
    }

    EngineAgent agent() {
        return agent;
    }

    private SortedMap<String, BroadcastHandler> createHandlers(final Discovery discovery) {
        final SortedMap<String, BroadcastHandler> handlers = new TreeMap<>(ctx.handlers());
        if (isOverlay() && ctx.fullView().enabled()) {
            final FullView fullView = new FullView(
                ctx.fullView(), this::endpoint, (joined, left) -> agent.onMembersChanged(joined, left));
            view = fullView;
            if (handlers.put(FullView.NAME, fullView) != null) {
                throw new PlumtreeException(Category.CONFIGURATION, "handler '" + FullView.NAME +
                    "' is the full view's (" + FullViewOptions.ENABLED_PROPERTY + "): name yours otherwise");
            }
        }
        final SortedMap<String, Discovered<BroadcastHandlerProvider>> discovered =
            discovery.handlers(ctx.plugins().discoverHandlers(), ctx.plugins().pluginDirectories(),
                Set.copyOf(handlers.keySet()));
        discovered.forEach((name, found) -> {
            try {
                NodeContextChecks.checkName("handler", name);
                final BroadcastHandler handler = found.provider().create();
                if (handler == null) {
                    throw new IllegalStateException("create() returned null");
                }
                handlers.put(name, handler);
            } catch (final Throwable ex) {
                Failures.rethrowIfFatal(ex);
                onPluginFault(new PlumtreeException(Category.HANDLER, "handler '" + name + "' from " +
                    found.location() + " can't be made: " + ex, ex));
            }
        });
        return handlers;
    }

    private Transport launchTransport(final Discovery discovery) {
        final String prefix = ctx.transportName() + ".";
        final Map<String, String> options = new HashMap<>();
        ctx.options().forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                options.put(key, value);
            }
        });
        return discovery.transport(ctx.transportName()).launch(new TransportContext(
            ctx.bind(), maxFrameLength(), options, reporter.source(null)));
    }

    private void checkTransport() {
        if (transport.maxFrameLength() < maxFrameLength()) {
            throw new PlumtreeException(Category.CONFIGURATION, NodeContext.MAX_MESSAGE_LENGTH_PROPERTY + " (" +
                ctx.maxMessageLength() + ") needs frames of " + maxFrameLength() + " bytes, and the transport's have " +
                transport.maxFrameLength() + " at most");
        }
        if (NodeAssembly.maxIdLength(transport) < ctx.protocol().maxIdLength()) {
            throw new PlumtreeException(Category.CONFIGURATION, PlumtreeOptions.MAX_ID_LENGTH_PROPERTY + " (" +
                ctx.protocol().maxIdLength() + ") does not fit the transport's longest unfragmented frame (" +
                transport.maxUnfragmentedLength() + "), which has room for an id of " +
                NodeAssembly.maxIdLength(transport));
        }
    }

    private int maxFrameLength() {
        final int exchangeLength =
            ExchangeFrameEncoder.dataLength(ExchangeSettings.maxMessageLength(ctx.maxMessageLength()));
        return Math.max(
            Math.max(GossipFrameEncoder.gossipLength(0, ctx.maxMessageLength()), exchangeLength),
            LinkFrameEncoder.MAX_GREETING_LENGTH);
    }

    private void startHandlers(final NodeAssembly assembly) {
        final Map<String, Map<String, String>> options = optionsByHandler();
        for (final String name : registry.names()) {
            final EngineHandlerContext context =
                assembly.context(registry.byName(name), options.getOrDefault(name, Map.of()));
            final BroadcastHandler handler = registry.byName(name).handler();
            started.add(handler::onClose);
            try {
                handler.onStart(context);
            } catch (final Throwable ex) {
                Failures.rethrowIfFatal(ex);
                started.remove(started.size() - 1);
                throw new PlumtreeException(ex instanceof PlumtreeException known ? known.category() : Category.HANDLER,
                    "handler '" + name + "' does not start: " + ex.getMessage(), ex);
            }
            context.started();
            checkOptions(name, options.getOrDefault(name, Map.of()).keySet(), context.knownOptions());
        }
    }

    /** A handler knows the options that it looks at while it starts. */
    private static void checkOptions(final String handler, final Set<String> given, final Set<String> known) {
        for (final String option : new TreeSet<>(given)) {
            if (!known.contains(option)) {
                final String prefix = HANDLER_PREFIX + handler + ".";
                throw new PlumtreeException(Category.CONFIGURATION, "handler '" + handler + "' has no option '" +
                    prefix + option + "'" + NearestName.question(
                        prefix + option, known.stream().map(prefix::concat).toList()));
            }
        }
    }

    /** A handler's name may have dots, so that an option's key alone does not tell whose it is. */
    private Map<String, Map<String, String>> optionsByHandler() {
        final Map<String, Map<String, String>> byHandler = new LinkedHashMap<>();
        ctx.options().forEach((key, value) -> {
            if (key.startsWith(HANDLER_PREFIX)) {
                final String owner = ownerOf(key);
                byHandler.computeIfAbsent(owner, name -> new HashMap<>())
                    .put(key.substring(HANDLER_PREFIX.length() + owner.length() + 1), value);
            }
        });
        return byHandler;
    }

    private String ownerOf(final String key) {
        String owner = null;
        for (final String name : registry.names()) {
            if (key.startsWith(HANDLER_PREFIX + name + ".") && (owner == null || owner.length() < name.length())) {
                owner = name;
            }
        }
        if (owner == null) {
            throw new PlumtreeException(Category.CONFIGURATION,
                "option '" + key + "' is of no handler here (handlers: " + registry.names() + ")");
        }
        return owner;
    }

    private void onPluginFault(final Throwable fault) {
        counters.get(EngineCounter.PLUGIN_FAILURES).increment();
        if (ctx.plugins().pluginsRequired()) {
            throw new PlumtreeException(
                Category.HANDLER, fault.getMessage() + " (and plug-ins are required)", fault);
        }
        reporter.source(null).onError(fault);
    }

    /** Takes down what has been started, the last first. */
    private void undo(final Throwable cause) {
        for (int i = started.size() - 1; i >= 0; i--) {
            try {
                started.get(i).close();
            } catch (final Throwable ex) {
                cause.addSuppressed(ex);
            }
        }
    }

    /** The public listener as the engine knows it. */
    private record ListenerObserver(PeerListener listener) implements PeerObserver {
        @Override
        public void onPeerUp(final NodeId peer, final long peerIncarnation) {
            listener.onPeerUp(peer, peerIncarnation);
        }

        @Override
        public void onPeerDown(final NodeId peer, final DownReason reason) {
            listener.onPeerDown(peer, reason);
        }

        @Override
        public void onMembersChanged(final Set<Member> joined, final Set<Member> left) {
            listener.onMembersChanged(joined, left);
        }
    }
}
