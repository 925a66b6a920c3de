package io.plumtree.engine;

import io.plumtree.api.NearestName;
import io.plumtree.api.NodeId;
import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import io.plumtree.api.options.PropertyTable;
import io.plumtree.engine.options.EngineOptions;
import io.plumtree.engine.options.ExchangeOptions;
import io.plumtree.engine.options.ExchangeSelection;
import io.plumtree.engine.options.FullViewOptions;
import io.plumtree.engine.options.LinkOptions;
import io.plumtree.engine.options.MembershipKind;
import io.plumtree.engine.options.MembershipOptions;
import io.plumtree.engine.options.PluginOptions;
import io.plumtree.engine.options.QueryOptions;
import io.plumtree.engine.options.RingOptions;
import io.plumtree.engine.options.StartingOptions;
import io.plumtree.protocol.options.HyParViewOptions;
import io.plumtree.protocol.options.PlumtreeProperties;
import io.plumtree.protocol.options.StartingPeers;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The properties of a {@link NodeContext}: reads them, and says what a context is set to. */
final class NodeProperties {
    /** Where the properties of the node itself and of the protocol begin. */
    static final String PREFIX = "plumtree.";

    private static final String NO_DIRECTORY = "none";

    private static final PropertyTable<NodeContext> NODE = new PropertyTable<NodeContext>()
        .text(NodeContext.NAME_PROPERTY, NodeContext::name, NodeContext::name)
        .text(NodeContext.BIND_PROPERTY, NodeContext::bind, NodeContext::bind)
        .text(NodeContext.ADVERTISE_PROPERTY, NodeContext::advertise, NodeContext::advertise)
        .text(NodeContext.CLUSTER_PROPERTY, NodeContext::cluster, NodeContext::cluster)
        .text(NodeContext.MEMBERS_PROPERTY, ctx -> joined(ctx.members()), NodeProperties::addMembers)
        .text(NodeContext.TRANSPORT_PROPERTY, NodeContext::transportName, NodeContext::transportName)
        .duration(NodeContext.LAZY_TICK_PERIOD_PROPERTY, NodeContext::lazyTickPeriodNs, NodeContext::lazyTickPeriodNs)
        .size(NodeContext.MAX_MESSAGE_LENGTH_PROPERTY, NodeContext::maxMessageLength, NodeContext::maxMessageLength);

    private static final PropertyTable<LinkOptions> LINKS = new PropertyTable<LinkOptions>()
        .duration(LinkOptions.HEARTBEAT_PERIOD_PROPERTY, LinkOptions::heartbeatPeriodNs, LinkOptions::heartbeatPeriodNs)
        .duration(LinkOptions.LIVENESS_TIMEOUT_PROPERTY, LinkOptions::livenessTimeoutNs, LinkOptions::livenessTimeoutNs)
        .duration(LinkOptions.SEND_BUDGET_PROPERTY, LinkOptions::sendBudgetNs, LinkOptions::sendBudgetNs)
        .duration(LinkOptions.NAME_WAIT_PROPERTY, LinkOptions::nameWaitNs, LinkOptions::nameWaitNs)
        .duration(LinkOptions.SEND_QUEUE_WAIT_PROPERTY, LinkOptions::sendQueueWaitNs, LinkOptions::sendQueueWaitNs)
        .size(LinkOptions.SEND_QUEUE_LENGTH_PROPERTY, LinkOptions::sendQueueLength, LinkOptions::sendQueueLength)
        .number(LinkOptions.FRAME_LIMIT_PROPERTY, LinkOptions::frameLimit, LinkOptions::frameLimit);

    private static final PropertyTable<RingOptions> RING = new PropertyTable<RingOptions>()
        .duration(RingOptions.CLAIM_TIMEOUT_PROPERTY, RingOptions::claimTimeoutNs, RingOptions::claimTimeoutNs)
        .size(RingOptions.COMMAND_RING_LENGTH_PROPERTY, RingOptions::commandRingLength, RingOptions::commandRingLength)
        .number(RingOptions.BROADCAST_LIMIT_PROPERTY, RingOptions::broadcastLimit, RingOptions::broadcastLimit)
        .size(RingOptions.BUNDLE_LENGTH_PROPERTY, RingOptions::bundleLength, RingOptions::bundleLength)
        .size(RingOptions.RECENT_BUNDLES_LENGTH_PROPERTY, RingOptions::recentBundlesLength,
            RingOptions::recentBundlesLength);

    private static final PropertyTable<EngineOptions> ENGINE = new PropertyTable<EngineOptions>()
        .text(EngineOptions.IDLE_STRATEGY_PROPERTY, options -> null, EngineOptions::idleStrategy)
        .text(EngineOptions.COUNTERS_DIRECTORY_PROPERTY,
            options -> options.countersDirectory() == null ? NO_DIRECTORY : options.countersDirectory().toString(),
            (options, text) -> options.countersDirectory(directory(text)))
        .duration(EngineOptions.SLOW_HANDLER_THRESHOLD_PROPERTY, EngineOptions::slowHandlerThresholdNs,
            EngineOptions::slowHandlerThresholdNs)
        .duration(EngineOptions.CLOSE_TIMEOUT_PROPERTY, EngineOptions::closeTimeoutNs, EngineOptions::closeTimeoutNs);

    private static final PropertyTable<PluginOptions> PLUGINS = new PropertyTable<PluginOptions>()
        .flag(PluginOptions.DISCOVER_HANDLERS_PROPERTY, PluginOptions::discoverHandlers,
            PluginOptions::discoverHandlers)
        .text(PluginOptions.PLUGIN_DIRECTORIES_PROPERTY, options -> joined(options.pluginDirectories()),
            NodeProperties::addPluginDirectories)
        .flag(PluginOptions.PLUGINS_REQUIRED_PROPERTY, PluginOptions::pluginsRequired, PluginOptions::pluginsRequired);

    private static final PropertyTable<StartingOptions> STARTING = new PropertyTable<StartingOptions>()
        .text(StartingOptions.STARTING_PEERS_PROPERTY, options -> options.startingPeers().text(),
            (options, text) -> options.startingPeers(StartingPeers.parse(text)))
        .text(StartingOptions.EAGER_PEERS_PROPERTY, options -> joined(options.eagerPeers()),
            (options, text) -> options.eagerPeers(names(text)))
        .text(StartingOptions.LAZY_PEERS_PROPERTY, options -> joined(options.lazyPeers()),
            (options, text) -> options.lazyPeers(names(text)));

    private static final PropertyTable<ExchangeOptions> EXCHANGES = new PropertyTable<ExchangeOptions>()
        .duration(
            ExchangeOptions.TICK_PERIOD_PROPERTY, ExchangeOptions::tickPeriodNs, ExchangeOptions::tickPeriodNs)
        .number(ExchangeOptions.LIMIT_PROPERTY, ExchangeOptions::limit, ExchangeOptions::limit)
        .number(ExchangeOptions.INBOUND_LIMIT_PROPERTY, ExchangeOptions::inboundLimit, ExchangeOptions::inboundLimit)
        .duration(ExchangeOptions.TIMEOUT_PROPERTY, ExchangeOptions::timeoutNs, ExchangeOptions::timeoutNs)
        .size(ExchangeOptions.WINDOW_LENGTH_PROPERTY, ExchangeOptions::windowLength, ExchangeOptions::windowLength)
        .text(ExchangeOptions.SELECTION_PROPERTY, options -> options.selection().name().toLowerCase(Locale.ROOT),
            (options, text) -> options.selection(selection(text)));

    private static final PropertyTable<QueryOptions> QUERIES = new PropertyTable<QueryOptions>()
        .flag(QueryOptions.REMOTE_PROPERTY, QueryOptions::remote, QueryOptions::remote)
        .number(QueryOptions.QUEUE_LENGTH_PROPERTY, QueryOptions::queueLength, QueryOptions::queueLength)
        .number(QueryOptions.MAX_PENDING_PROPERTY, QueryOptions::maxPending, QueryOptions::maxPending)
        .number(QueryOptions.MAX_WAITING_PROPERTY, QueryOptions::maxWaiting, QueryOptions::maxWaiting)
        .number(QueryOptions.MAX_LINKS_PROPERTY, QueryOptions::maxLinks, QueryOptions::maxLinks)
        .duration(QueryOptions.LINK_IDLE_TIME_PROPERTY, QueryOptions::linkIdleTimeNs, QueryOptions::linkIdleTimeNs)
        .duration(QueryOptions.ANSWER_TIMEOUT_PROPERTY, QueryOptions::answerTimeoutNs, QueryOptions::answerTimeoutNs);

    private static final PropertyTable<MembershipOptions> MEMBERSHIP = new PropertyTable<MembershipOptions>()
        .text(MembershipOptions.KIND_PROPERTY, options -> options.kind().toString(),
            (options, text) -> options.kind(MembershipKind.parse(text)))
        .text(MembershipOptions.CONTACTS_PROPERTY, options -> joined(options.contacts()),
            (options, text) -> options.contacts(list(text)))
        .duration(MembershipOptions.CONTACTS_REFRESH_PROPERTY, MembershipOptions::contactsRefreshNs,
            MembershipOptions::contactsRefreshNs);

    private static final PropertyTable<HyParViewOptions> HYPARVIEW = new PropertyTable<HyParViewOptions>()
        .number(HyParViewOptions.ACTIVE_VIEW_SIZE_PROPERTY, HyParViewOptions::activeViewSize,
            HyParViewOptions::activeViewSize)
        .number(HyParViewOptions.PASSIVE_VIEW_SIZE_PROPERTY, HyParViewOptions::passiveViewSize,
            HyParViewOptions::passiveViewSize)
        .number(HyParViewOptions.ACTIVE_RANDOM_WALK_LENGTH_PROPERTY, HyParViewOptions::activeRandomWalkLength,
            HyParViewOptions::activeRandomWalkLength)
        .number(HyParViewOptions.PASSIVE_RANDOM_WALK_LENGTH_PROPERTY, HyParViewOptions::passiveRandomWalkLength,
            HyParViewOptions::passiveRandomWalkLength)
        .number(HyParViewOptions.SHUFFLE_ACTIVE_PROPERTY, HyParViewOptions::shuffleActive,
            HyParViewOptions::shuffleActive)
        .number(HyParViewOptions.SHUFFLE_PASSIVE_PROPERTY, HyParViewOptions::shufflePassive,
            HyParViewOptions::shufflePassive)
        .number(HyParViewOptions.LOST_VIEW_SIZE_PROPERTY, HyParViewOptions::lostViewSize,
            HyParViewOptions::lostViewSize)
        .duration(HyParViewOptions.SHUFFLE_PERIOD_PROPERTY, HyParViewOptions::shufflePeriodNs,
            HyParViewOptions::shufflePeriodNs)
        .duration(HyParViewOptions.REQUEST_TIMEOUT_PROPERTY, HyParViewOptions::requestTimeoutNs,
            HyParViewOptions::requestTimeoutNs)
        .duration(HyParViewOptions.LINK_TIMEOUT_PROPERTY, HyParViewOptions::linkTimeoutNs,
            HyParViewOptions::linkTimeoutNs)
        .duration(HyParViewOptions.RETRY_MIN_PROPERTY, HyParViewOptions::retryMinNs, HyParViewOptions::retryMinNs)
        .duration(HyParViewOptions.RETRY_MAX_PROPERTY, HyParViewOptions::retryMaxNs, HyParViewOptions::retryMaxNs)
        .number(HyParViewOptions.NEWCOMERS_PROPERTY, HyParViewOptions::newcomers, HyParViewOptions::newcomers)
        .number(HyParViewOptions.JOINS_PER_HOST_PROPERTY, HyParViewOptions::joinsPerHost,
            HyParViewOptions::joinsPerHost)
        .number(HyParViewOptions.JOINS_PER_SECOND_PROPERTY, HyParViewOptions::joinsPerSecond,
            HyParViewOptions::joinsPerSecond);

    private static final PropertyTable<FullViewOptions> FULL_VIEW = new PropertyTable<FullViewOptions>()
        .flag(FullViewOptions.ENABLED_PROPERTY, FullViewOptions::enabled, FullViewOptions::enabled)
        .duration(FullViewOptions.REFRESH_PERIOD_PROPERTY, FullViewOptions::refreshPeriodNs,
            FullViewOptions::refreshPeriodNs)
        .duration(FullViewOptions.EXPIRY_PROPERTY, FullViewOptions::expiryNs, FullViewOptions::expiryNs)
        .duration(FullViewOptions.TOMBSTONE_TIME_PROPERTY, FullViewOptions::tombstoneTimeNs,
            FullViewOptions::tombstoneTimeNs)
        .number(FullViewOptions.MAX_MEMBERS_PROPERTY, FullViewOptions::maxMembers, FullViewOptions::maxMembers)
        .number(FullViewOptions.NEWCOMERS_PROPERTY, FullViewOptions::newcomers, FullViewOptions::newcomers)
        .number(FullViewOptions.NEWCOMERS_PER_SECOND_PROPERTY, FullViewOptions::newcomersPerSecond,
            FullViewOptions::newcomersPerSecond)
        .number(FullViewOptions.MAX_RUMORS_PROPERTY, FullViewOptions::maxRumors, FullViewOptions::maxRumors);

    private NodeProperties() {
    }

    static void apply(final NodeContext ctx, final String key, final String text) {
        final String value = text.trim();
        try {
            if (!isSet(ctx, key, value)) {
                setOther(ctx, key, value);
            }
        } catch (final IllegalArgumentException ex) {
            throw new PlumtreeException(Category.CONFIGURATION, key + "=" + value + ": " + ex.getMessage(), ex);
        }
    }

    /** What a context is set to, by property; all but the idle strategy, which has no text. */
    static SortedMap<String, String> values(final NodeContext ctx) {
        final SortedMap<String, String> values = new TreeMap<>(NODE.values(ctx));
        values.putAll(PlumtreeProperties.values(ctx.protocol()));
        values.putAll(EXCHANGES.values(ctx.exchanges()));
        values.putAll(QUERIES.values(ctx.queries()));
        values.putAll(MEMBERSHIP.values(ctx.membership()));
        values.putAll(HYPARVIEW.values(ctx.hyParView()));
        values.putAll(FULL_VIEW.values(ctx.fullView()));
        values.putAll(LINKS.values(ctx.links()));
        values.putAll(RING.values(ctx.ring()));
        values.putAll(ENGINE.values(ctx.engine()));
        values.putAll(PLUGINS.values(ctx.plugins()));
        values.putAll(STARTING.values(ctx.starting()));
        return values;
    }

    /** The names of all properties of the node itself and of the protocol, sorted. */
    static List<String> keys() {
        return Stream.of(NODE.keys(), PlumtreeProperties.keys(), EXCHANGES.keys(), QUERIES.keys(), MEMBERSHIP.keys(),
            HYPARVIEW.keys(), FULL_VIEW.keys(), LINKS.keys(), RING.keys(), ENGINE.keys(),
            PLUGINS.keys(), STARTING.keys()).flatMap(Collection::stream).sorted().toList();
    }

    private static boolean isSet(final NodeContext ctx, final String key, final String value) {
        return NODE.set(ctx, key, value) || PlumtreeProperties.apply(ctx.protocol(), key, value) ||
            EXCHANGES.set(ctx.exchanges(), key, value) || QUERIES.set(ctx.queries(), key, value) ||
            MEMBERSHIP.set(ctx.membership(), key, value) || HYPARVIEW.set(ctx.hyParView(), key, value) ||
            FULL_VIEW.set(ctx.fullView(), key, value) || LINKS.set(ctx.links(), key, value) ||
            RING.set(ctx.ring(), key, value) ||
            ENGINE.set(ctx.engine(), key, value) ||
            PLUGINS.set(ctx.plugins(), key, value) ||
            STARTING.set(ctx.starting(), key, value);
    }

    private static void setOther(final NodeContext ctx, final String key, final String value) {
        if (key.startsWith(PREFIX)) {
            throw new IllegalArgumentException("no such property" + NearestName.question(key, keys()));
        }
        ctx.option(key, value);
    }

    private static String joined(final Collection<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(","));
    }

    private static List<String> list(final String value) {
        return Stream.of(value.split(",")).map(String::trim).filter(each -> !each.isEmpty()).toList();
    }

    private static ExchangeSelection selection(final String value) {
        return switch (value) {
            case "optimized" -> ExchangeSelection.OPTIMIZED;
            case "normal" -> ExchangeSelection.NORMAL;
            default -> throw new IllegalArgumentException("must be optimized or normal");
        };
    }

    private static void addMembers(final NodeContext ctx, final String value) {
        for (final String member : value.split(",")) {
            if (!member.isBlank()) {
                ctx.member(member.trim());
            }
        }
    }

    private static List<NodeId> names(final String value) {
        final List<NodeId> names = new ArrayList<>();
        for (final String name : value.split(",")) {
            if (!name.isBlank()) {
                names.add(NodeId.of(name.trim()));
            }
        }
        return names;
    }

    private static void addPluginDirectories(final PluginOptions options, final String value) {
        for (final String directory : value.split(File.pathSeparator)) {
            if (!directory.isBlank()) {
                options.pluginDirectory(Path.of(directory.trim()));
            }
        }
    }

    private static Path directory(final String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("must be a directory, or none");
        }
        return value.equals(NO_DIRECTORY) ? null : Path.of(value);
    }
}
