package io.plumtree.engine;

import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.api.transport.Transport;
import io.plumtree.engine.counters.CountersLayout;
import io.plumtree.engine.options.ExchangeOptions;
import io.plumtree.engine.options.FullViewOptions;
import io.plumtree.engine.options.MembershipOptions;
import io.plumtree.engine.options.QueryOptions;
import io.plumtree.handlers.spi.BroadcastHandler;
import io.plumtree.protocol.options.HyParViewOptions;
import io.plumtree.protocol.options.PlumtreeOptions;
import io.plumtree.protocol.options.StartingPeers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.IdleStrategy;

/**
 * The options of a node. Set what differs from the default and hand it to {@link PlumtreeNode#launch}; one context
 * serves one launch. Most options have a property name too, see {@link #properties}. For one thread.
 *
 * <p>Setters take any value of their type; {@link #conclude()} checks ranges and relations, and its message has the
 * names and the values.
 */
public final class NodeContext {
    /** Property name of {@link #name(String)}. */
    public static final String NAME_PROPERTY = "plumtree.name";
    /** Property name of {@link #bind(String)}. */
    public static final String BIND_PROPERTY = "plumtree.bind";
    /** Default of {@link #bind(String)}. */
    public static final String BIND_DEFAULT = "localhost:0";
    /** Property name of {@link #advertise(String)}. */
    public static final String ADVERTISE_PROPERTY = "plumtree.advertise";
    /** Property name of {@link #cluster(String)}. */
    public static final String CLUSTER_PROPERTY = "plumtree.cluster";
    /** Default of {@link #cluster(String)}. */
    public static final String CLUSTER_DEFAULT = "plumtree";
    /** Property name of {@link #members(Collection)}: {@code name@host:port}, separated by commas. */
    public static final String MEMBERS_PROPERTY = "plumtree.members";
    /** Property name of {@link #startingPeers(StartingPeers)}, whose values are {@link StartingPeers#text()}. */
    public static final String STARTING_PEERS_PROPERTY = "plumtree.starting.peers";
    /** Default of {@link #startingPeers(StartingPeers)}. */
    public static final StartingPeers STARTING_PEERS_DEFAULT = StartingPeers.REFERENCE;
    /** Property name of {@link #eagerPeers(Collection)}: names, separated by commas. */
    public static final String EAGER_PEERS_PROPERTY = "plumtree.eager.peers";
    /** Property name of {@link #lazyPeers(Collection)}: names, separated by commas. */
    public static final String LAZY_PEERS_PROPERTY = "plumtree.lazy.peers";
    /** Property name of {@link #discoverHandlers(boolean)}. */
    public static final String DISCOVER_HANDLERS_PROPERTY = "plumtree.discover.handlers";
    /** Property name of {@link #pluginDirectory(Path)}: directories, separated as in a class path. */
    public static final String PLUGIN_DIRECTORIES_PROPERTY = "plumtree.plugin.directories";
    /** Property name of {@link #pluginsRequired(boolean)}. */
    public static final String PLUGINS_REQUIRED_PROPERTY = "plumtree.plugins.required";
    /** Property name of {@link #transportName(String)}. */
    public static final String TRANSPORT_PROPERTY = "plumtree.transport";
    /** Default of {@link #transportName(String)}. */
    public static final String TRANSPORT_DEFAULT = "aeron";
    /**
     * Property name of {@link #idleStrategySupplier(Supplier)}: {@code sleep} (the default: until a datagram, a
     * command or a timer is there), {@code backoff}, {@code yield}, {@code spin}, or how long to park each time, such
     * as {@code 1ms}: {@code 1us} to {@code 10ms}.
     */
    public static final String IDLE_STRATEGY_PROPERTY = "plumtree.idle.strategy";
    /**
     * Longest pause of the idle strategy {@code backoff}, and of {@code sleep} where it can't sleep. Longer ones ruin
     * latency (Aeron's own default is 1 ms).
     */
    public static final long IDLE_MAX_PARK_NS = TimeUnit.MICROSECONDS.toNanos(50);
    /** Property name of {@link #lazyTickPeriodNs(long)}, a duration such as {@code 100ms}. */
    public static final String LAZY_TICK_PERIOD_PROPERTY = "plumtree.lazy.tick.period";
    /** Default of {@link #lazyTickPeriodNs(long)}: 20 ms. */
    public static final long LAZY_TICK_PERIOD_DEFAULT_NS = TimeUnit.MILLISECONDS.toNanos(20);
    /** Property name of {@link #heartbeatPeriodNs(long)}, a duration. */
    public static final String HEARTBEAT_PERIOD_PROPERTY = "plumtree.heartbeat.period";
    /** Default of {@link #heartbeatPeriodNs(long)}: 100 ms. */
    public static final long HEARTBEAT_PERIOD_DEFAULT_NS = TimeUnit.MILLISECONDS.toNanos(100);
    /** Property name of {@link #livenessTimeoutNs(long)}, a duration. */
    public static final String LIVENESS_TIMEOUT_PROPERTY = "plumtree.liveness.timeout";
    /** Default of {@link #livenessTimeoutNs(long)}: 800 ms, so that a killed peer is noticed within a second. */
    public static final long LIVENESS_TIMEOUT_DEFAULT_NS = TimeUnit.MILLISECONDS.toNanos(800);
    /** Property name of {@link #sendBudgetNs(long)}, a duration. */
    public static final String SEND_BUDGET_PROPERTY = "plumtree.send.budget";
    /**
     * Default of {@link #sendBudgetNs(long)}: 2 s. Longer than the liveness timeout, so that a peer that is gone does
     * not use it up, and one that is only slow slows its senders: 200 ms, tried on an overloaded machine, made such
     * peers lazy, and announcing and grafting cost what was left.
     */
    public static final long SEND_BUDGET_DEFAULT_NS = TimeUnit.SECONDS.toNanos(2);
    /** Property name of {@link #claimTimeoutNs(long)}, a duration. */
    public static final String CLAIM_TIMEOUT_PROPERTY = "plumtree.claim.timeout";
    /** Default of {@link #claimTimeoutNs(long)}: 1 s. */
    public static final long CLAIM_TIMEOUT_DEFAULT_NS = TimeUnit.SECONDS.toNanos(1);
    /** Property name of {@link #slowHandlerThresholdNs(long)}, a duration. */
    public static final String SLOW_HANDLER_THRESHOLD_PROPERTY = "plumtree.handler.slow.threshold";
    /** Default of {@link #slowHandlerThresholdNs(long)}: 100 ms. */
    public static final long SLOW_HANDLER_THRESHOLD_DEFAULT_NS = TimeUnit.MILLISECONDS.toNanos(100);
    /** Property name of {@link #nameWaitNs(long)}, a duration. */
    public static final String NAME_WAIT_PROPERTY = "plumtree.name.wait";
    /** Default of {@link #nameWaitNs(long)}: no longer than a run that was killed can be told from one that lives. */
    public static final long NAME_WAIT_DEFAULT_NS = 0;
    /** Property name of {@link #closeTimeoutNs(long)}, a duration. */
    public static final String CLOSE_TIMEOUT_PROPERTY = "plumtree.close.timeout";
    /** Default of {@link #closeTimeoutNs(long)}: 2 s. */
    public static final long CLOSE_TIMEOUT_DEFAULT_NS = TimeUnit.SECONDS.toNanos(2);
    /** Property name of {@link #commandRingLength(int)}, a size such as {@code 16m}. */
    public static final String COMMAND_RING_LENGTH_PROPERTY = "plumtree.command.ring.length";
    /** Default of {@link #commandRingLength(int)}: 16 MiB. */
    public static final int COMMAND_RING_LENGTH_DEFAULT = 16 * 1024 * 1024;
    /** Property name of {@link #maxMessageLength(int)}, a size. */
    public static final String MAX_MESSAGE_LENGTH_PROPERTY = "plumtree.max.message.length";
    /** Default of {@link #maxMessageLength(int)}: 1 MiB of payload and then some. */
    public static final int MAX_MESSAGE_LENGTH_DEFAULT = 1024 * 1024 + 64 * 1024;
    /** Property name of {@link #countersDirectory(Path)}; {@code none} for no file. */
    public static final String COUNTERS_DIRECTORY_PROPERTY = "plumtree.counters.directory";
    /** Property name of {@link #queryQueueLength(int)}. */
    public static final String QUERY_QUEUE_LENGTH_PROPERTY = "plumtree.query.queue.length";
    /** Default of {@link #queryQueueLength(int)}. */
    public static final int QUERY_QUEUE_LENGTH_DEFAULT = 64;
    /** Property name of {@link #broadcastLimit(int)}. */
    public static final String BROADCAST_LIMIT_PROPERTY = "plumtree.broadcast.limit";
    /** Default of {@link #broadcastLimit(int)}. */
    public static final int BROADCAST_LIMIT_DEFAULT = 256;
    /** Property name of {@link #bundleLength(int)}. */
    public static final String BUNDLE_LENGTH_PROPERTY = "plumtree.bundle.length";
    /** Default of {@link #bundleLength(int)}: 16 KiB. */
    public static final int BUNDLE_LENGTH_DEFAULT = 16 * 1024;
    /** Property name of {@link #recentBundlesLength(int)}. */
    public static final String RECENT_BUNDLES_LENGTH_PROPERTY = "plumtree.recent.bundles.length";
    /** Default of {@link #recentBundlesLength(int)}: 4 MiB. */
    public static final int RECENT_BUNDLES_LENGTH_DEFAULT = 4 * 1024 * 1024;
    /** Property name of {@link #sendQueueLength(int)}, a size. */
    public static final String SEND_QUEUE_LENGTH_PROPERTY = "plumtree.send.queue.length";
    /** Default of {@link #sendQueueLength(int)}: four of what the transport sends in one piece. */
    public static final int SEND_QUEUE_LENGTH_DEFAULT = 0;
    /** Property name of {@link #frameLimit(int)}. */
    public static final String FRAME_LIMIT_PROPERTY = "plumtree.frame.limit";
    /** Default of {@link #frameLimit(int)}. */
    public static final int FRAME_LIMIT_DEFAULT = 64;

    private final AtomicBoolean isConcluded = new AtomicBoolean();
    private final List<Member> members = new ArrayList<>();
    private final Map<String, BroadcastHandler> handlers = new LinkedHashMap<>();
    private final LinkedHashSet<Path> pluginDirectories = new LinkedHashSet<>();
    private final Map<String, String> options = new LinkedHashMap<>();
    private StartingPeers startingPeers;
    private Set<NodeId> eagerPeers;
    private Set<NodeId> lazyPeers;
    private String name;
    private String bind = BIND_DEFAULT;
    private String advertise;
    private String cluster = CLUSTER_DEFAULT;
    private boolean discoverHandlers = true;
    private boolean pluginsRequired;
    private Transport transport;
    private String transportName = TRANSPORT_DEFAULT;
    private Supplier<IdleStrategy> idleStrategySupplier = NodeProperties::sleep;
    private Path countersDirectory = CountersLayout.defaultDirectory();
    private boolean useInvoker;
    private PlumtreeOptions protocol = new PlumtreeOptions();
    private ExchangeOptions exchanges = new ExchangeOptions();
    private QueryOptions queries = new QueryOptions();
    private MembershipOptions membership = new MembershipOptions();
    private HyParViewOptions hyParView = new HyParViewOptions();
    private FullViewOptions fullView = new FullViewOptions();
    private long lazyTickPeriodNs = LAZY_TICK_PERIOD_DEFAULT_NS;
    private long heartbeatPeriodNs = HEARTBEAT_PERIOD_DEFAULT_NS;
    private long livenessTimeoutNs = LIVENESS_TIMEOUT_DEFAULT_NS;
    private long sendBudgetNs = SEND_BUDGET_DEFAULT_NS;
    private long claimTimeoutNs = CLAIM_TIMEOUT_DEFAULT_NS;
    private long slowHandlerThresholdNs = SLOW_HANDLER_THRESHOLD_DEFAULT_NS;
    private long nameWaitNs = NAME_WAIT_DEFAULT_NS;
    private long closeTimeoutNs = CLOSE_TIMEOUT_DEFAULT_NS;
    private int commandRingLength = COMMAND_RING_LENGTH_DEFAULT;
    private int maxMessageLength = MAX_MESSAGE_LENGTH_DEFAULT;
    private int queryQueueLength = QUERY_QUEUE_LENGTH_DEFAULT;
    private int broadcastLimit = BROADCAST_LIMIT_DEFAULT;
    private int bundleLength = BUNDLE_LENGTH_DEFAULT;
    private int recentBundlesLength = RECENT_BUNDLES_LENGTH_DEFAULT;
    private int sendQueueLength = SEND_QUEUE_LENGTH_DEFAULT;
    private int frameLimit = FRAME_LIMIT_DEFAULT;
    private ErrorHandler errorHandler;
    private Consumer<PlumtreeNode> beforeStart = node -> { };
    private TerminationListener terminationListener = cause -> { };
    private PeerListener peerListener = new PeerListener() {
    };
    private ThreadFactory threadFactory;
    private String threadName;

    /** The defaults; a {@link #name(String)} is missing still. */
    public NodeContext() {
    }

    /**
     * Sets what the properties say, by the {@code …_PROPERTY} names of this class; a key that starts otherwise goes to
     * {@link #option}. Durations may have a unit ({@code ns us ms s}), sizes may ({@code k m g}). What is not
     * mentioned stays as it is, but for members and plug-in directories, to which those mentioned are added.
     *
     * @param properties names and values, as of {@link java.util.Properties}.
     * @return this.
     * @throws io.plumtree.api.PlumtreeException if a name that starts with {@code plumtree.} is unknown (the message
     *                                           has the nearest known one), or a value can't be read.
     */
    public NodeContext properties(final Map<?, ?> properties) {
        properties.forEach((key, value) -> NodeProperties.apply(this, String.valueOf(key), String.valueOf(value)));
        return this;
    }

    /**
     * The names of the properties of a node, all of which start with {@code plumtree.}. Its transport's and its
     * handlers' are their own.
     *
     * @return all names, sorted.
     */
    public static List<String> propertyNames() {
        return NodeProperties.keys();
    }

    /**
     * Sets the node's name, unique in the cluster. Required.
     *
     * @param nodeName 1 to 64 ASCII letters, digits, dots, underscores and hyphens.
     * @return this.
     */
    public NodeContext name(final String nodeName) {
        this.name = nodeName;
        return this;
    }

    /**
     * The node's name.
     *
     * @return the name; null if not set.
     */
    public String name() {
        return name;
    }

    /**
     * Sets where the node listens. Not used with {@link #transport(Transport)}.
     *
     * @param endpoint {@code host:port}; port 0 for any free one.
     * @return this.
     */
    public NodeContext bind(final String endpoint) {
        this.bind = endpoint;
        return this;
    }

    /**
     * Where the node listens.
     *
     * @return {@code host:port}.
     */
    public String bind() {
        return bind;
    }

    /**
     * Sets where others reach the node, if that is not where it listens: behind an address translation, or where it
     * listens on all of a host's addresses.
     *
     * @param endpoint {@code host:port}; port 0 for the one that it listens on; null (the default) for where it
     *                 listens.
     * @return this.
     */
    public NodeContext advertise(final String endpoint) {
        this.advertise = endpoint;
        return this;
    }

    /**
     * Where others reach the node.
     *
     * @return {@code host:port}; null for where it listens.
     */
    public String advertise() {
        return advertise;
    }

    /**
     * Sets the cluster's name, the same on all its nodes; frames of other clusters are dropped.
     *
     * @param clusterName 1 to 64 ASCII letters, digits, dots, underscores and hyphens.
     * @return this.
     */
    public NodeContext cluster(final String clusterName) {
        this.cluster = clusterName;
        return this;
    }

    /**
     * The cluster's name.
     *
     * @return the name.
     */
    public String cluster() {
        return cluster;
    }

    /**
     * Sets the members of the cluster; this node may be among them.
     *
     * @param clusterMembers the members.
     * @return this.
     */
    public NodeContext members(final Collection<Member> clusterMembers) {
        members.clear();
        members.addAll(clusterMembers);
        return this;
    }

    /**
     * Adds a member of the cluster; this node may be among them.
     *
     * @param text {@code name@host:port}.
     * @return this.
     * @throws IllegalArgumentException if the text has another form.
     */
    public NodeContext member(final String text) {
        members.add(Member.parse(text));
        return this;
    }

    /**
     * The members of the cluster.
     *
     * @return the members, in the order in which they were given.
     */
    public List<Member> members() {
        return List.copyOf(members);
    }

    /**
     * Sets how the first eager and lazy peers are computed from the members. Not allowed together with
     * {@link #eagerPeers} or {@link #lazyPeers}.
     *
     * @param how the way; null for the default, {@link #STARTING_PEERS_DEFAULT}.
     * @return this.
     */
    public NodeContext startingPeers(final StartingPeers how) {
        this.startingPeers = how;
        return this;
    }

    /**
     * How the first eager and lazy peers are computed, if they are not given.
     *
     * @return the way.
     */
    public StartingPeers startingPeers() {
        return startingPeers == null ? STARTING_PEERS_DEFAULT : startingPeers;
    }

    boolean hasStartingPeers() {
        return startingPeers != null;
    }

    /**
     * Gives the first eager peers of every tree. With this or {@link #lazyPeers} the starting sets are given and not
     * computed, and the one not mentioned is empty. {@link PlumtreeOptions#closeRing()} may add a lazy link to them.
     *
     * @param peers members, without this node and without the lazy peers; may be empty.
     * @return this.
     */
    public NodeContext eagerPeers(final Collection<NodeId> peers) {
        this.eagerPeers = Set.copyOf(peers);
        return this;
    }

    /**
     * The first eager peers, if they are given.
     *
     * @return the peers; empty if they are computed.
     */
    public Set<NodeId> eagerPeers() {
        return eagerPeers == null ? Set.of() : eagerPeers;
    }

    /**
     * Gives the first lazy peers of every tree, as {@link #eagerPeers} does the eager ones.
     *
     * @param peers members, without this node and without the eager peers; may be empty.
     * @return this.
     */
    public NodeContext lazyPeers(final Collection<NodeId> peers) {
        this.lazyPeers = Set.copyOf(peers);
        return this;
    }

    /**
     * The first lazy peers, if they are given.
     *
     * @return the peers; empty if they are computed.
     */
    public Set<NodeId> lazyPeers() {
        return lazyPeers == null ? Set.of() : lazyPeers;
    }

    boolean hasGivenPeers() {
        return eagerPeers != null || lazyPeers != null;
    }

    /**
     * Adds a handler made in code. It beats a discovered one of the same name.
     *
     * @param handlerName 1 to 64 ASCII letters, digits, dots, underscores and hyphens.
     * @param handler     the handler, not started.
     * @return this.
     * @throws IllegalArgumentException if a handler of that name has been added already.
     */
    public NodeContext handler(final String handlerName, final BroadcastHandler handler) {
        Objects.requireNonNull(handler, "handler");
        final BroadcastHandler earlier = handlers.putIfAbsent(handlerName, handler);
        if (earlier != null) {
            throw new IllegalArgumentException("handler '" + handlerName + "' is set twice: " +
                earlier.getClass().getName() + " and " + handler.getClass().getName());
        }
        return this;
    }

    /**
     * The handlers made in code.
     *
     * @return handlers by name.
     */
    public Map<String, BroadcastHandler> handlers() {
        return Map.copyOf(handlers);
    }

    /**
     * Sets whether handlers are looked for on the module path and on the class path. Plug-in directories are searched
     * in any case.
     *
     * @param isDiscovering true (the default) to look for them.
     * @return this.
     */
    public NodeContext discoverHandlers(final boolean isDiscovering) {
        this.discoverHandlers = isDiscovering;
        return this;
    }

    /**
     * Whether handlers are looked for.
     *
     * @return true if so.
     */
    public boolean discoverHandlers() {
        return discoverHandlers;
    }

    /**
     * Adds a directory whose JARs are searched for handlers, in a {@link ModuleLayer} of its own.
     *
     * @param directory the directory, which must exist at launch.
     * @return this.
     */
    public NodeContext pluginDirectory(final Path directory) {
        pluginDirectories.add(directory.toAbsolutePath().normalize());
        return this;
    }

    /**
     * The plug-in directories.
     *
     * @return the directories, absolute.
     */
    public List<Path> pluginDirectories() {
        return List.copyOf(pluginDirectories);
    }

    /**
     * Sets whether a plug-in that can't be loaded keeps the node from starting. Otherwise it is reported and counted,
     * and the node starts without it.
     *
     * @param isRequired true to need them all; false is the default.
     * @return this.
     */
    public NodeContext pluginsRequired(final boolean isRequired) {
        this.pluginsRequired = isRequired;
        return this;
    }

    /**
     * Whether a plug-in that can't be loaded keeps the node from starting.
     *
     * @return true if so.
     */
    public boolean pluginsRequired() {
        return pluginsRequired;
    }

    /**
     * Sets a transport made in code, which listens already. The node takes it over and closes it.
     *
     * @param listeningTransport the transport; null (the default) to find one by {@link #transportName(String)}.
     * @return this.
     */
    public NodeContext transport(final Transport listeningTransport) {
        this.transport = listeningTransport;
        return this;
    }

    /**
     * The transport made in code.
     *
     * @return the transport; null if none.
     */
    public Transport transport() {
        return transport;
    }

    /**
     * Sets which transport to use, of those that {@link java.util.ServiceLoader} finds.
     *
     * @param providerName name of its provider.
     * @return this.
     */
    public NodeContext transportName(final String providerName) {
        this.transportName = providerName;
        return this;
    }

    /**
     * The name of the transport's provider.
     *
     * @return the name.
     */
    public String transportName() {
        return transportName;
    }

    /**
     * Sets how the engine's thread idles when there is nothing to do.
     *
     * @param supplier makes an idle strategy for one thread. Default: sleeps until a datagram, a command or a timer
     *                 is there; where the transport can't wait, or something waits for room, it backs off, to pauses of
     *                 {@link #IDLE_MAX_PARK_NS} at most. A strategy of one's own is called between duty cycles, and is
     *                 woken by nothing.
     * @return this.
     */
    public NodeContext idleStrategySupplier(final Supplier<IdleStrategy> supplier) {
        this.idleStrategySupplier = supplier;
        return this;
    }

    /**
     * What makes the idle strategy.
     *
     * @return the supplier.
     */
    public Supplier<IdleStrategy> idleStrategySupplier() {
        return idleStrategySupplier;
    }

    /**
     * Sets whether the embedder drives the engine, by {@link PlumtreeNode#invoker()}, from one thread of its own.
     *
     * @param isInvoked true for that; false (the default) for a thread of the engine's own.
     * @return this.
     */
    public NodeContext useInvoker(final boolean isInvoked) {
        this.useInvoker = isInvoked;
        return this;
    }

    /**
     * Whether the embedder drives the engine.
     *
     * @return true if so.
     */
    public boolean useInvoker() {
        return useInvoker;
    }

    /**
     * Sets the options of the protocol.
     *
     * @param protocolOptions the options.
     * @return this.
     */
    public NodeContext protocol(final PlumtreeOptions protocolOptions) {
        this.protocol = protocolOptions;
        return this;
    }

    /**
     * The options of the protocol.
     *
     * @return the options.
     */
    public PlumtreeOptions protocol() {
        return protocol;
    }

    /**
     * Sets the options of exchanges.
     *
     * @param exchangeOptions the options.
     * @return this.
     */
    public NodeContext exchanges(final ExchangeOptions exchangeOptions) {
        this.exchanges = exchangeOptions;
        return this;
    }

    /**
     * The options of exchanges.
     *
     * @return the options, which may be changed until the launch.
     */
    public ExchangeOptions exchanges() {
        return exchanges;
    }

    /**
     * Sets the options of queries: what nodes and inspectors ask each other about themselves.
     *
     * @param queryOptions the options.
     * @return this.
     */
    public NodeContext queries(final QueryOptions queryOptions) {
        this.queries = queryOptions;
        return this;
    }

    /**
     * The options of queries.
     *
     * @return the options.
     */
    public QueryOptions queries() {
        return queries;
    }

    /**
     * Sets where the node has its members from.
     *
     * @param membershipOptions the options.
     * @return this.
     */
    public NodeContext membership(final MembershipOptions membershipOptions) {
        this.membership = membershipOptions;
        return this;
    }

    /**
     * Where the node has its members from.
     *
     * @return the options.
     */
    public MembershipOptions membership() {
        return membership;
    }

    /**
     * Sets the options of HyParView, which hold where {@link #membership()} is of that kind.
     *
     * @param hyParViewOptions the options.
     * @return this.
     */
    public NodeContext hyParView(final HyParViewOptions hyParViewOptions) {
        this.hyParView = hyParViewOptions;
        return this;
    }

    /**
     * The options of HyParView.
     *
     * @return the options.
     */
    public HyParViewOptions hyParView() {
        return hyParView;
    }

    /**
     * Sets the options of the full view, by which a node that has a few neighbours knows of all members.
     *
     * @param fullViewOptions the options.
     * @return this.
     */
    public NodeContext fullView(final FullViewOptions fullViewOptions) {
        this.fullView = fullViewOptions;
        return this;
    }

    /**
     * The options of the full view.
     *
     * @return the options.
     */
    public FullViewOptions fullView() {
        return fullView;
    }

    /**
     * Sets how often messages are announced to lazy peers.
     *
     * @param periodNs 1 ms to 1 minute, in nanoseconds.
     * @return this.
     */
    public NodeContext lazyTickPeriodNs(final long periodNs) {
        this.lazyTickPeriodNs = periodNs;
        return this;
    }

    /**
     * How often messages are announced to lazy peers.
     *
     * @return nanoseconds.
     */
    public long lazyTickPeriodNs() {
        return lazyTickPeriodNs;
    }

    /**
     * Sets how often a heartbeat goes to each peer.
     *
     * @param periodNs 1 ms to 1 minute, in nanoseconds; at most half of {@link #livenessTimeoutNs()}.
     * @return this.
     */
    public NodeContext heartbeatPeriodNs(final long periodNs) {
        this.heartbeatPeriodNs = periodNs;
        return this;
    }

    /**
     * How often a heartbeat goes to each peer.
     *
     * @return nanoseconds.
     */
    public long heartbeatPeriodNs() {
        return heartbeatPeriodNs;
    }

    /**
     * Sets how long a peer may be silent before its link is down.
     *
     * @param timeoutNs nanoseconds, at least twice {@link #heartbeatPeriodNs()}, at most 10 minutes.
     * @return this.
     */
    public NodeContext livenessTimeoutNs(final long timeoutNs) {
        this.livenessTimeoutNs = timeoutNs;
        return this;
    }

    /**
     * How long a peer may be silent before its link is down.
     *
     * @return nanoseconds.
     */
    public long livenessTimeoutNs() {
        return livenessTimeoutNs;
    }

    /**
     * Sets how long a peer may stay back-pressured, while others wait for it, before messages are announced to it
     * instead of pushed.
     *
     * @param budgetNs 0 to 1 minute, in nanoseconds; 0 to never wait for a peer.
     * @return this.
     */
    public NodeContext sendBudgetNs(final long budgetNs) {
        this.sendBudgetNs = budgetNs;
        return this;
    }

    /**
     * How long a peer may stay back-pressured while others wait.
     *
     * @return nanoseconds.
     */
    public long sendBudgetNs() {
        return sendBudgetNs;
    }

    /**
     * Sets how long a claim may stay open before it is looked at: one whose thread has died is given up then, one
     * whose thread lives is reported, and waited for.
     *
     * @param timeoutNs 1 ms to 10 minutes, in nanoseconds.
     * @return this.
     */
    public NodeContext claimTimeoutNs(final long timeoutNs) {
        this.claimTimeoutNs = timeoutNs;
        return this;
    }

    /**
     * How long a claim may stay open before it is looked at.
     *
     * @return nanoseconds.
     */
    public long claimTimeoutNs() {
        return claimTimeoutNs;
    }

    /**
     * Where the node makes the file that its counters are in, so that other processes of this user can read them; it
     * goes when the node closes. If it can't be made, that is counted and logged, and the node runs without. On a disk
     * the file can make the engine wait for the disk: choose memory.
     *
     * @param directory a directory, which is made if it is not there; null for none. The default is
     *                  {@link CountersLayout#defaultDirectory()}.
     * @return this.
     */
    public NodeContext countersDirectory(final Path directory) {
        this.countersDirectory = directory;
        return this;
    }

    /**
     * Where the node makes the file that its counters are in.
     *
     * @return the directory; null for none.
     */
    public Path countersDirectory() {
        return countersDirectory;
    }

    /**
     * How long a handler's callback may take. What takes longer is counted in {@code handler.NAME.slow} and logged as a
     * warning with the handler's name: at once in rare callbacks, from the second time on in those for each message.
     *
     * @param thresholdNs 0 (any time) to 10 minutes, in nanoseconds.
     * @return this.
     */
    public NodeContext slowHandlerThresholdNs(final long thresholdNs) {
        this.slowHandlerThresholdNs = thresholdNs;
        return this;
    }

    /**
     * How long a handler's callback may take.
     *
     * @return nanoseconds.
     */
    public long slowHandlerThresholdNs() {
        return slowHandlerThresholdNs;
    }

    /**
     * How long the node waits for another one to end that has its name and was there first; then it ends itself. At
     * least two liveness timeouts, so that a run that was killed is not taken for another node. Longer where the first
     * one may be about to be given up.
     *
     * @param waitNs nanoseconds, 0 to 1 hour.
     * @return this.
     */
    public NodeContext nameWaitNs(final long waitNs) {
        this.nameWaitNs = waitNs;
        return this;
    }

    /**
     * How long the node waits for another one of its name.
     *
     * @return nanoseconds.
     */
    public long nameWaitNs() {
        return nameWaitNs;
    }

    /**
     * Sets how long {@link PlumtreeNode#close()} goes on pushing the broadcasts that were accepted before it.
     *
     * @param timeoutNs 0 to 10 minutes, in nanoseconds.
     * @return this.
     */
    public NodeContext closeTimeoutNs(final long timeoutNs) {
        this.closeTimeoutNs = timeoutNs;
        return this;
    }

    /**
     * How long closing goes on pushing.
     *
     * @return nanoseconds.
     */
    public long closeTimeoutNs() {
        return closeTimeoutNs;
    }

    /**
     * Sets the length of the ring through which broadcasts reach the engine: of one for each channel that handlers are
     * on.
     *
     * @param length bytes: a power of two, 64 KiB to 1 GiB.
     * @return this.
     */
    public NodeContext commandRingLength(final int length) {
        this.commandRingLength = length;
        return this;
    }

    /**
     * The length of the ring through which broadcasts of a channel reach the engine.
     *
     * @return bytes.
     */
    public int commandRingLength() {
        return commandRingLength;
    }

    /**
     * Sets the longest message, id and payload together.
     *
     * @param length bytes: at least {@link PlumtreeOptions#maxIdLength()}; with its header no more than an eighth of
     *               {@link #commandRingLength()}.
     * @return this.
     */
    public NodeContext maxMessageLength(final int length) {
        this.maxMessageLength = length;
        return this;
    }

    /**
     * The longest message, id and payload together.
     *
     * @return bytes.
     */
    public int maxMessageLength() {
        return maxMessageLength;
    }

    /**
     * Sets how many queries may wait for the engine; one more fails at once.
     *
     * @param length 2 to 65,536, rounded up to a power of two.
     * @return this.
     */
    public NodeContext queryQueueLength(final int length) {
        this.queryQueueLength = length;
        return this;
    }

    /**
     * How many queries may wait for the engine.
     *
     * @return the number.
     */
    public int queryQueueLength() {
        return queryQueueLength;
    }

    /**
     * Sets how many broadcasts of this node's own one duty cycle takes on.
     *
     * @param limit 1 to 65,536.
     * @return this.
     */
    public NodeContext broadcastLimit(final int limit) {
        this.broadcastLimit = limit;
        return this;
    }

    /**
     * How many broadcasts of this node's own one duty cycle takes on.
     *
     * @return the number.
     */
    public int broadcastLimit() {
        return broadcastLimit;
    }

    /**
     * Sets how long a frame may be in which messages travel together that one duty cycle takes from the command ring.
     * To the protocol they are one message then. It never makes a message wait for others. A frame is longer than what
     * the transport sends in one piece only if 16 times as much is waiting.
     *
     * @param length bytes, up to 65,536, and to what the transport can send. 0 has every message travel alone.
     * @return this.
     */
    public NodeContext bundleLength(final int length) {
        this.bundleLength = length;
        return this;
    }

    /**
     * How long a frame may be in which messages travel together.
     *
     * @return bytes.
     */
    public int bundleLength() {
        return bundleLength;
    }

    /**
     * Sets how much is kept of which messages travelled together, so that a graft gets all of them: about ten bytes
     * more than its id for each message. What is forgotten is left to an exchange.
     *
     * @param length bytes, a power of two, 65,536 to 2^28.
     * @return this.
     */
    public NodeContext recentBundlesLength(final int length) {
        this.recentBundlesLength = length;
        return this;
    }

    /**
     * How much is kept of which messages travelled together.
     *
     * @return bytes.
     */
    public int recentBundlesLength() {
        return recentBundlesLength;
    }

    /**
     * Sets how much may stand in a peer's link, taken in by the transport and not gone out yet, before broadcasts of
     * this node's own wait in the command ring, where those that wait are made to travel together. More than keeps the
     * transport busy from one duty cycle to the next makes everything later and nothing faster. What is relayed may
     * keep it longer than that: after 20 ms broadcasts only wait until half of the link's window is free.
     *
     * @param length bytes, up to 2^30; from half of the link's window on without effect. 0 for four times what the
     *               transport sends in one piece.
     * @return this.
     */
    public NodeContext sendQueueLength(final int length) {
        this.sendQueueLength = length;
        return this;
    }

    /**
     * How much may stand in a peer's link before broadcasts of this node's own wait.
     *
     * @return bytes; 0 for four times what the transport sends in one piece.
     */
    public int sendQueueLength() {
        return sendQueueLength;
    }

    /**
     * Sets how many frames one duty cycle takes from the transport. One that comes in several pieces counts as so many.
     *
     * @param limit 1 to 65,536.
     * @return this.
     */
    public NodeContext frameLimit(final int limit) {
        this.frameLimit = limit;
        return this;
    }

    /**
     * How many frames one duty cycle takes from the transport.
     *
     * @return the number.
     */
    public int frameLimit() {
        return frameLimit;
    }

    /**
     * Sets an option of a handler or of the transport.
     *
     * @param key   {@code handler.NAME.KEY}, or what starts with {@link #transportName()} and a dot.
     * @param value the value.
     * @return this.
     */
    public NodeContext option(final String key, final String value) {
        options.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, key));
        return this;
    }

    /**
     * The options of handlers and transport.
     *
     * @return values by key.
     */
    public Map<String, String> options() {
        return Map.copyOf(options);
    }

    /**
     * Sets who is told of errors that don't stop the node. Errors of one kind that come fast are counted, but not all
     * handed on.
     *
     * @param handler called on any thread; what it throws is dropped. Null (the default) to log a warning.
     * @return this.
     */
    public NodeContext errorHandler(final ErrorHandler handler) {
        this.errorHandler = handler;
        return this;
    }

    /**
     * Who is told of errors.
     *
     * @return the error handler; null if they are logged.
     */
    public ErrorHandler errorHandler() {
        return errorHandler;
    }

    /**
     * Sets who is told when peers come and go.
     *
     * @param listener called on the engine's thread.
     * @return this.
     */
    public NodeContext peerListener(final PeerListener listener) {
        this.peerListener = listener;
        return this;
    }

    /**
     * Who is told when peers come and go.
     *
     * @return the listener.
     */
    public PeerListener peerListener() {
        return peerListener;
    }

    /**
     * Sets who is told when the node has ended.
     *
     * @param listener called once, on the thread that ran the engine.
     * @return this.
     */
    public NodeContext terminationListener(final TerminationListener listener) {
        this.terminationListener = Objects.requireNonNull(listener, "listener");
        return this;
    }

    /**
     * Who is told when the node has ended.
     *
     * @return the listener.
     */
    public TerminationListener terminationListener() {
        return terminationListener;
    }

    /**
     * Sets what is done with the node when it is complete and has not begun: the place to subscribe with discovered
     * handlers, so that nothing is missed. What it throws fails the launch.
     *
     * @param action given the node, on the thread that launches it; must not ask it for anything that its engine
     *               answers, as that is not running.
     * @return this.
     */
    public NodeContext beforeStart(final Consumer<PlumtreeNode> action) {
        this.beforeStart = action;
        return this;
    }

    /**
     * What is done with the node before it begins.
     *
     * @return the action.
     */
    public Consumer<PlumtreeNode> beforeStart() {
        return beforeStart;
    }

    /**
     * Sets what makes the engine's thread.
     *
     * @param factory makes a thread; null (the default) for a daemon thread.
     * @return this.
     */
    public NodeContext threadFactory(final ThreadFactory factory) {
        this.threadFactory = factory;
        return this;
    }

    /**
     * What makes the engine's thread.
     *
     * @return the factory; null for the default.
     */
    public ThreadFactory threadFactory() {
        return threadFactory;
    }

    /**
     * Sets the name of the engine's thread. Not used with {@link #threadFactory(ThreadFactory)}.
     *
     * @param nameOfThread the name; null (the default) for {@code plumtree-} and the node's name.
     * @return this.
     */
    public NodeContext threadName(final String nameOfThread) {
        this.threadName = nameOfThread;
        return this;
    }

    /**
     * The name of the engine's thread.
     *
     * @return the name; null for the default.
     */
    public String threadName() {
        return threadName;
    }

    /**
     * Checks ranges and relations, and ends the setting of options. {@link PlumtreeNode#launch} does it.
     *
     * @return this.
     * @throws io.plumtree.api.PlumtreeException if an option is not allowed; it has the names and the values.
     * @throws IllegalStateException             if it was concluded already: one context serves one launch.
     */
    public NodeContext conclude() {
        NodeContextChecks.check(this);
        if (!isConcluded.compareAndSet(false, true)) {
            throw new IllegalStateException("this context has been used for a launch already: node '" + name + "'");
        }
        return this;
    }
}
