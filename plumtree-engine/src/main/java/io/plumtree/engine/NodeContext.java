package io.plumtree.engine;

import io.plumtree.api.Member;
import io.plumtree.api.transport.Transport;
import io.plumtree.engine.options.EngineOptions;
import io.plumtree.engine.options.ExchangeOptions;
import io.plumtree.engine.options.FullViewOptions;
import io.plumtree.engine.options.LinkOptions;
import io.plumtree.engine.options.MembershipOptions;
import io.plumtree.engine.options.PluginOptions;
import io.plumtree.engine.options.QueryOptions;
import io.plumtree.engine.options.RingOptions;
import io.plumtree.engine.options.StartingOptions;
import io.plumtree.handlers.spi.BroadcastHandler;
import io.plumtree.protocol.options.HyParViewOptions;
import io.plumtree.protocol.options.PlumtreeOptions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.agrona.ErrorHandler;

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
    /** Property name of {@link #transportName(String)}. */
    public static final String TRANSPORT_PROPERTY = "plumtree.transport";
    /** Default of {@link #transportName(String)}. */
    public static final String TRANSPORT_DEFAULT = "aeron";
    /** Property name of {@link #lazyTickPeriodNs(long)}, a duration such as {@code 100ms}. */
    public static final String LAZY_TICK_PERIOD_PROPERTY = "plumtree.lazy.tick.period";
    /** Default of {@link #lazyTickPeriodNs(long)}: 20 ms. */
    public static final long LAZY_TICK_PERIOD_DEFAULT_NS = TimeUnit.MILLISECONDS.toNanos(20);
    /** Property name of {@link #maxMessageLength(int)}, a size. */
    public static final String MAX_MESSAGE_LENGTH_PROPERTY = "plumtree.max.message.length";
    /** Default of {@link #maxMessageLength(int)}: 1 MiB of payload and then some. */
    public static final int MAX_MESSAGE_LENGTH_DEFAULT = 1024 * 1024 + 64 * 1024;

    private final AtomicBoolean isConcluded = new AtomicBoolean();
    private final List<Member> members = new ArrayList<>();
    private final Map<String, BroadcastHandler> handlers = new LinkedHashMap<>();
    private final Map<String, String> options = new LinkedHashMap<>();
    private String name;
    private String bind = BIND_DEFAULT;
    private String advertise;
    private String cluster = CLUSTER_DEFAULT;
    private Transport transport;
    private String transportName = TRANSPORT_DEFAULT;
    private PlumtreeOptions protocol = new PlumtreeOptions();
    private ExchangeOptions exchanges = new ExchangeOptions();
    private QueryOptions queries = new QueryOptions();
    private MembershipOptions membership = new MembershipOptions();
    private HyParViewOptions hyParView = new HyParViewOptions();
    private FullViewOptions fullView = new FullViewOptions();
    private LinkOptions links = new LinkOptions();
    private RingOptions ring = new RingOptions();
    private EngineOptions engine = new EngineOptions();
    private PluginOptions plugins = new PluginOptions();
    private StartingOptions starting = new StartingOptions();
    private long lazyTickPeriodNs = LAZY_TICK_PERIOD_DEFAULT_NS;
    private int maxMessageLength = MAX_MESSAGE_LENGTH_DEFAULT;
    private ErrorHandler errorHandler;
    private Consumer<PlumtreeNode> beforeStart = node -> { };
    private TerminationListener terminationListener = cause -> { };
    private PeerListener peerListener = new PeerListener() {
    };

    /** The defaults; a {@link #name(String)} is missing still. */
    public NodeContext() {
    }

    /**
     * Sets what the properties say, by the {@code …_PROPERTY} names of this class and of the
     * option classes it reaches; a key that starts otherwise goes to
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

    /** {@return the node's name; null if not set} */
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

    /** {@return where the node listens: {@code host:port}} */
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

    /** {@return where others reach the node: {@code host:port}; null for where it listens} */
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

    /** {@return the cluster's name} */
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

    /** {@return the members of the cluster, in the order in which they were given} */
    public List<Member> members() {
        return List.copyOf(members);
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

    /** {@return the handlers made in code, by name} */
    public Map<String, BroadcastHandler> handlers() {
        return Map.copyOf(handlers);
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

    /** {@return the transport made in code; null if none} */
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

    /** {@return the name of the transport's provider} */
    public String transportName() {
        return transportName;
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

    /** {@return the options of the protocol} */
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

    /** {@return the options of exchanges} */
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

    /** {@return the options of queries} */
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

    /** {@return the options that say where the node has its members from} */
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

    /** {@return the options of HyParView} */
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

    /** {@return the options of the full view} */
    public FullViewOptions fullView() {
        return fullView;
    }

    /**
     * Sets the options of links.
     *
     * @param linkOptions the options.
     * @return this.
     */
    public NodeContext links(final LinkOptions linkOptions) {
        this.links = linkOptions;
        return this;
    }

    /** {@return the options of links} */
    public LinkOptions links() {
        return links;
    }

    /**
     * Sets the options of the rings through which broadcasts reach the engine.
     *
     * @param ringOptions the options.
     * @return this.
     */
    public NodeContext ring(final RingOptions ringOptions) {
        this.ring = ringOptions;
        return this;
    }

    /** {@return the options of the rings through which broadcasts reach the engine} */
    public RingOptions ring() {
        return ring;
    }

    /**
     * Sets the options of what runs the engine.
     *
     * @param engineOptions the options.
     * @return this.
     */
    public NodeContext engine(final EngineOptions engineOptions) {
        this.engine = engineOptions;
        return this;
    }

    /** {@return the options of what runs the engine} */
    public EngineOptions engine() {
        return engine;
    }

    /**
     * Sets the options of looking for handlers.
     *
     * @param pluginOptions the options.
     * @return this.
     */
    public NodeContext plugins(final PluginOptions pluginOptions) {
        this.plugins = pluginOptions;
        return this;
    }

    /** {@return the options of looking for handlers} */
    public PluginOptions plugins() {
        return plugins;
    }

    /**
     * Sets the options of the peers with which every tree starts.
     *
     * @param startingOptions the options.
     * @return this.
     */
    public NodeContext starting(final StartingOptions startingOptions) {
        this.starting = startingOptions;
        return this;
    }

    /** {@return the options of the peers with which every tree starts} */
    public StartingOptions starting() {
        return starting;
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

    /** {@return how often messages are announced to lazy peers, in nanoseconds} */
    public long lazyTickPeriodNs() {
        return lazyTickPeriodNs;
    }

    /**
     * Sets the longest message, id and payload together.
     *
     * @param length bytes: at least {@link PlumtreeOptions#maxIdLength()}; with its header no more than an eighth of
     *               {@link RingOptions#commandRingLength()}.
     * @return this.
     */
    public NodeContext maxMessageLength(final int length) {
        this.maxMessageLength = length;
        return this;
    }

    /** {@return the longest message, id and payload together, in bytes} */
    public int maxMessageLength() {
        return maxMessageLength;
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

    /** {@return the options of handlers and transport, by key} */
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

    /** {@return who is told of errors; null if they are logged} */
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

    /** {@return who is told when peers come and go} */
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

    /** {@return who is told when the node has ended} */
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

    /** {@return what is done with the node before it begins} */
    public Consumer<PlumtreeNode> beforeStart() {
        return beforeStart;
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
