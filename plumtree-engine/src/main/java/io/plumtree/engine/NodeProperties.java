package io.plumtree.engine;

import io.plumtree.api.NodeId;
import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import io.plumtree.engine.options.ExchangeOptions;
import io.plumtree.engine.options.ExchangeSelection;
import io.plumtree.engine.options.FullViewOptions;
import io.plumtree.engine.options.HyParViewOptions;
import io.plumtree.engine.options.MembershipKind;
import io.plumtree.engine.options.MembershipOptions;
import io.plumtree.engine.options.PlumtreeProperties;
import io.plumtree.engine.options.QueryOptions;
import io.plumtree.engine.options.StartingPeers;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.agrona.SystemUtil;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingIdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/** Reads the properties of a {@link NodeContext}. */
final class NodeProperties {
    private static final long MIN_PARK_NS = TimeUnit.MICROSECONDS.toNanos(1);
    private static final long MAX_PARK_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private NodeProperties() {
    }

    static void apply(final NodeContext ctx, final String key, final String text) {
        final String value = text.trim();
        try {
            read(ctx, key, value);
        } catch (final IllegalArgumentException ex) {
            throw new PlumtreeException(Category.CONFIGURATION, key + "=" + value + ": " + ex.getMessage(), ex);
        }
    }

    private static void read(final NodeContext ctx, final String key, final String value) {
        switch (key) {
            case NodeContext.NAME_PROPERTY -> ctx.name(value);
            case NodeContext.BIND_PROPERTY -> ctx.bind(value);
            case NodeContext.ADVERTISE_PROPERTY -> ctx.advertise(value);
            case NodeContext.CLUSTER_PROPERTY -> ctx.cluster(value);
            case NodeContext.MEMBERS_PROPERTY -> addMembers(ctx, value);
            case NodeContext.STARTING_PEERS_PROPERTY -> ctx.startingPeers(StartingPeers.parse(value));
            case NodeContext.EAGER_PEERS_PROPERTY -> ctx.eagerPeers(names(value));
            case NodeContext.LAZY_PEERS_PROPERTY -> ctx.lazyPeers(names(value));
            case NodeContext.DISCOVER_HANDLERS_PROPERTY -> ctx.discoverHandlers(bool(value));
            case NodeContext.PLUGIN_DIRECTORIES_PROPERTY -> addPluginDirectories(ctx, value);
            case NodeContext.TRANSPORT_PROPERTY -> ctx.transportName(value);
            case NodeContext.IDLE_STRATEGY_PROPERTY -> setIdleStrategy(ctx, value);
            case NodeContext.LAZY_TICK_PERIOD_PROPERTY -> ctx.lazyTickPeriodNs(durationNs(key, value));
            case NodeContext.HEARTBEAT_PERIOD_PROPERTY -> ctx.heartbeatPeriodNs(durationNs(key, value));
            case NodeContext.LIVENESS_TIMEOUT_PROPERTY -> ctx.livenessTimeoutNs(durationNs(key, value));
            case NodeContext.SEND_BUDGET_PROPERTY -> ctx.sendBudgetNs(durationNs(key, value));
            case NodeContext.CLAIM_TIMEOUT_PROPERTY -> ctx.claimTimeoutNs(durationNs(key, value));
            case NodeContext.SLOW_HANDLER_THRESHOLD_PROPERTY -> ctx.slowHandlerThresholdNs(durationNs(key, value));
            case NodeContext.NAME_WAIT_PROPERTY -> ctx.nameWaitNs(durationNs(key, value));
            case NodeContext.CLOSE_TIMEOUT_PROPERTY -> ctx.closeTimeoutNs(durationNs(key, value));
            case NodeContext.COMMAND_RING_LENGTH_PROPERTY -> ctx.commandRingLength(size(key, value));
            case NodeContext.MAX_MESSAGE_LENGTH_PROPERTY -> ctx.maxMessageLength(size(key, value));
            case NodeContext.COUNTERS_DIRECTORY_PROPERTY -> ctx.countersDirectory(directory(value));
            case NodeContext.QUERY_QUEUE_LENGTH_PROPERTY -> ctx.queryQueueLength(Integer.parseInt(value));
            case NodeContext.BROADCAST_LIMIT_PROPERTY -> ctx.broadcastLimit(Integer.parseInt(value));
            case NodeContext.BUNDLE_LENGTH_PROPERTY -> ctx.bundleLength(size(key, value));
            case NodeContext.RECENT_BUNDLES_LENGTH_PROPERTY -> ctx.recentBundlesLength(size(key, value));
            case NodeContext.SEND_QUEUE_LENGTH_PROPERTY -> ctx.sendQueueLength(size(key, value));
            case NodeContext.FRAME_LIMIT_PROPERTY -> ctx.frameLimit(Integer.parseInt(value));
            default -> {
                if (!PlumtreeProperties.apply(ctx.protocol(), key, value) &&
                    !readExchanges(ctx.exchanges(), key, value) && !readQueries(ctx.queries(), key, value) &&
                    !readMembership(ctx.membership(), key, value) && !readHyParView(ctx.hyParView(), key, value) &&
                    !readFullView(ctx.fullView(), key, value)) {
                    readOther(ctx, key, value);
                }
            }
        }
    }

    private static void readOther(final NodeContext ctx, final String key, final String value) {
        if (key.startsWith("plumtree.")) {
            throw new IllegalArgumentException("no such property");
        }
        ctx.option(key, value);
    }

    private static boolean readExchanges(final ExchangeOptions exchanges, final String key, final String value) {
        switch (key) {
            case ExchangeOptions.TICK_PERIOD_PROPERTY -> exchanges.tickPeriodNs(durationNs(key, value));
            case ExchangeOptions.LIMIT_PROPERTY -> exchanges.limit(Integer.parseInt(value));
            case ExchangeOptions.INBOUND_LIMIT_PROPERTY -> exchanges.inboundLimit(Integer.parseInt(value));
            case ExchangeOptions.TIMEOUT_PROPERTY -> exchanges.timeoutNs(durationNs(key, value));
            case ExchangeOptions.WINDOW_LENGTH_PROPERTY -> exchanges.windowLength(size(key, value));
            case ExchangeOptions.SELECTION_PROPERTY -> exchanges.selection(selection(value));
            default -> {
                return false;
            }
        }
        return true;
    }

    private static boolean readQueries(final QueryOptions queries, final String key, final String value) {
        switch (key) {
            case QueryOptions.REMOTE_PROPERTY -> queries.remote(bool(value));
            case QueryOptions.MAX_PENDING_PROPERTY -> queries.maxPending(Integer.parseInt(value));
            case QueryOptions.MAX_WAITING_PROPERTY -> queries.maxWaiting(Integer.parseInt(value));
            case QueryOptions.MAX_LINKS_PROPERTY -> queries.maxLinks(Integer.parseInt(value));
            case QueryOptions.LINK_IDLE_TIME_PROPERTY -> queries.linkIdleTimeNs(durationNs(key, value));
            case QueryOptions.ANSWER_TIMEOUT_PROPERTY -> queries.answerTimeoutNs(durationNs(key, value));
            default -> {
                return false;
            }
        }
        return true;
    }

    private static boolean readMembership(final MembershipOptions membership, final String key, final String value) {
        switch (key) {
            case MembershipOptions.KIND_PROPERTY -> membership.kind(MembershipKind.parse(value));
            case MembershipOptions.CONTACTS_PROPERTY -> membership.contacts(list(value));
            case MembershipOptions.CONTACTS_REFRESH_PROPERTY -> membership.contactsRefreshNs(durationNs(key, value));
            default -> {
                return false;
            }
        }
        return true;
    }

    private static boolean readHyParView(final HyParViewOptions hyParView, final String key, final String value) {
        switch (key) {
            case HyParViewOptions.ACTIVE_VIEW_SIZE_PROPERTY -> hyParView.activeViewSize(Integer.parseInt(value));
            case HyParViewOptions.PASSIVE_VIEW_SIZE_PROPERTY -> hyParView.passiveViewSize(Integer.parseInt(value));
            case HyParViewOptions.ACTIVE_RANDOM_WALK_LENGTH_PROPERTY ->
                hyParView.activeRandomWalkLength(Integer.parseInt(value));
            case HyParViewOptions.PASSIVE_RANDOM_WALK_LENGTH_PROPERTY ->
                hyParView.passiveRandomWalkLength(Integer.parseInt(value));
            case HyParViewOptions.SHUFFLE_ACTIVE_PROPERTY -> hyParView.shuffleActive(Integer.parseInt(value));
            case HyParViewOptions.SHUFFLE_PASSIVE_PROPERTY -> hyParView.shufflePassive(Integer.parseInt(value));
            case HyParViewOptions.LOST_VIEW_SIZE_PROPERTY -> hyParView.lostViewSize(Integer.parseInt(value));
            case HyParViewOptions.SHUFFLE_PERIOD_PROPERTY -> hyParView.shufflePeriodNs(durationNs(key, value));
            case HyParViewOptions.REQUEST_TIMEOUT_PROPERTY -> hyParView.requestTimeoutNs(durationNs(key, value));
            case HyParViewOptions.LINK_TIMEOUT_PROPERTY -> hyParView.linkTimeoutNs(durationNs(key, value));
            case HyParViewOptions.RETRY_MIN_PROPERTY -> hyParView.retryMinNs(durationNs(key, value));
            case HyParViewOptions.RETRY_MAX_PROPERTY -> hyParView.retryMaxNs(durationNs(key, value));
            default -> {
                return false;
            }
        }
        return true;
    }

    private static boolean readFullView(final FullViewOptions fullView, final String key, final String value) {
        switch (key) {
            case FullViewOptions.ENABLED_PROPERTY -> fullView.enabled(bool(value));
            case FullViewOptions.REFRESH_PERIOD_PROPERTY -> fullView.refreshPeriodNs(durationNs(key, value));
            case FullViewOptions.EXPIRY_PROPERTY -> fullView.expiryNs(durationNs(key, value));
            case FullViewOptions.TOMBSTONE_TIME_PROPERTY -> fullView.tombstoneTimeNs(durationNs(key, value));
            case FullViewOptions.MAX_MEMBERS_PROPERTY -> fullView.maxMembers(Integer.parseInt(value));
            default -> {
                return false;
            }
        }
        return true;
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

    private static void addPluginDirectories(final NodeContext ctx, final String value) {
        for (final String directory : value.split(File.pathSeparator)) {
            if (!directory.isBlank()) {
                ctx.pluginDirectory(Path.of(directory.trim()));
            }
        }
    }

    private static Path directory(final String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("must be a directory, or none");
        }
        return value.equals("none") ? null : Path.of(value);
    }

    private static void setIdleStrategy(final NodeContext ctx, final String value) {
        switch (value) {
            case "backoff" -> ctx.idleStrategySupplier(NodeProperties::backoff);
            case "yield" -> ctx.idleStrategySupplier(YieldingIdleStrategy::new);
            case "spin" -> ctx.idleStrategySupplier(BusySpinIdleStrategy::new);
            default -> {
                final long parkNs = parkNs(value);
                ctx.idleStrategySupplier(() -> new SleepingIdleStrategy(parkNs));
            }
        }
    }

    /** Longer than the bound, and links would be looked at too seldom. */
    private static long parkNs(final String value) {
        long parkNs;
        try {
            parkNs = SystemUtil.parseDuration(NodeContext.IDLE_STRATEGY_PROPERTY, value);
        } catch (final NumberFormatException ex) {
            parkNs = 0;
        }
        if (parkNs < MIN_PARK_NS || parkNs > MAX_PARK_NS) {
            throw new IllegalArgumentException("must be backoff, yield, spin, or a time from 1us to 10ms");
        }
        return parkNs;
    }

    static IdleStrategy backoff() {
        return new BackoffIdleStrategy(10, 20, 1_000, NodeContext.IDLE_MAX_PARK_NS);
    }

    private static boolean bool(final String value) {
        return PlumtreeProperties.parseBoolean(value);
    }

    private static long durationNs(final String key, final String value) {
        return SystemUtil.parseDuration(key, value);
    }

    private static int size(final String key, final String value) {
        final long size = SystemUtil.parseSize(key, value);
        if (size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("must be less than 2g");
        }
        return (int) size;
    }
}
