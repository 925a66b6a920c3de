package io.plumtree.engine;

import io.plumtree.api.Durations;
import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import io.plumtree.engine.options.MembershipKind;
import io.plumtree.engine.options.MembershipOptions;
import io.plumtree.engine.ring.CommandRing;
import io.plumtree.engine.seeds.Seeds;
import io.plumtree.protocol.options.HyParViewOptions;
import io.plumtree.protocol.options.PlumtreeOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.BitUtil;

/** Ranges of and relations between the options of a {@link NodeContext}. */
final class NodeContextChecks {
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private NodeContextChecks() {
    }

    static void check(final NodeContext ctx) {
        checkName(NodeContext.NAME_PROPERTY, ctx.name());
        checkName(NodeContext.CLUSTER_PROPERTY, ctx.cluster());
        checkEndpoint(NodeContext.BIND_PROPERTY, ctx.bind());
        if (ctx.advertise() != null) {
            checkEndpoint(NodeContext.ADVERTISE_PROPERTY, ctx.advertise());
        }
        for (final String handler : ctx.handlers().keySet()) {
            checkName("handler", handler);
        }
        for (final Path directory : ctx.pluginDirectories()) {
            if (!Files.isDirectory(directory)) {
                throw fail(NodeContext.PLUGIN_DIRECTORIES_PROPERTY + ": not a directory: " + directory);
            }
        }
        if (ctx.countersDirectory() != null && Files.exists(ctx.countersDirectory()) &&
            !Files.isDirectory(ctx.countersDirectory())) {
            throw fail(NodeContext.COUNTERS_DIRECTORY_PROPERTY + " (" + ctx.countersDirectory() +
                ") must be a directory, or one that can be made");
        }
        checkName(NodeContext.TRANSPORT_PROPERTY, ctx.transportName());
        checkPresent("idleStrategySupplier", ctx.idleStrategySupplier());
        checkPresent("protocol", ctx.protocol());
        checkPresent("peerListener", ctx.peerListener());
        checkPresent("beforeStart", ctx.beforeStart());
        checkOptions(ctx.protocol()::conclude);
        checkPresent("exchanges", ctx.exchanges());
        checkOptions(ctx.exchanges()::conclude);
        checkPresent("queries", ctx.queries());
        checkOptions(ctx.queries()::conclude);
        checkMembership(ctx);
        MemberChecks.peers(
            NodeContext.MEMBERS_PROPERTY, NodeId.of(ctx.name()), ctx.members(), ctx.protocol().maxPeers());
        StartingChecks.check(ctx);
        checkTimes(ctx);
        checkLengths(ctx);
        for (final String key : ctx.options().keySet()) {
            if (!key.matches("handler\\.[^.].*\\.[^.]+") && !key.startsWith(ctx.transportName() + ".")) {
                throw fail("option '" + key + "' starts neither with 'handler.NAME.' nor with '" +
                    ctx.transportName() + ".' (" + NodeContext.TRANSPORT_PROPERTY + ")");
            }
        }
    }

    private static void checkOptions(final Runnable check) {
        checkOptions("", check);
    }

    private static void checkOptions(final String prefix, final Runnable check) {
        try {
            check.run();
        } catch (final IllegalArgumentException ex) {
            throw fail(prefix + ex.getMessage());
        }
    }

    private static void checkEndpoint(final String property, final String endpoint) {
        try {
            Member.checkEndpoint(endpoint);
        } catch (final IllegalArgumentException ex) {
            throw fail(property + ": " + ex.getMessage());
        }
    }

    private static void checkMembership(final NodeContext ctx) {
        checkPresent("membership", ctx.membership());
        checkOptions(ctx.membership()::conclude);
        checkOptions(MembershipOptions.CONTACTS_PROPERTY + ": ", () -> Seeds.check(ctx.membership().contacts()));
        checkPresent("hyParView", ctx.hyParView());
        checkOptions(ctx.hyParView()::conclude);
        checkPresent("fullView", ctx.fullView());
        checkOptions(ctx.fullView()::conclude);
        if (ctx.membership().kind() == MembershipKind.HYPARVIEW) {
            if (!ctx.members().isEmpty()) {
                throw fail(NodeContext.MEMBERS_PROPERTY + " are for static membership; a node with " +
                    MembershipOptions.KIND_PROPERTY + "=hyparview finds them through " +
                    MembershipOptions.CONTACTS_PROPERTY + ": " + ctx.members());
            }
            final HyParViewOptions views = ctx.hyParView();
            if (ctx.protocol().maxPeers() <= views.activeViewSize() + views.newcomers()) {
                throw fail(PlumtreeOptions.MAX_PEERS_PROPERTY + " (" + ctx.protocol().maxPeers() +
                    ") must be greater than " + HyParViewOptions.ACTIVE_VIEW_SIZE_PROPERTY + " (" +
                    views.activeViewSize() + ") and " + HyParViewOptions.NEWCOMERS_PROPERTY + " (" +
                    views.newcomers() + ") together");
            }
        }
    }

    private static void checkTimes(final NodeContext ctx) {
        checkLazyTickPeriod(ctx.lazyTickPeriodNs());
        checkTime(NodeContext.HEARTBEAT_PERIOD_PROPERTY, ctx.heartbeatPeriodNs(), MS, MINUTE);
        checkTime(NodeContext.LIVENESS_TIMEOUT_PROPERTY, ctx.livenessTimeoutNs(), 2 * MS, 10 * MINUTE);
        checkTime(NodeContext.SEND_BUDGET_PROPERTY, ctx.sendBudgetNs(), 0, MINUTE);
        checkTime(NodeContext.CLAIM_TIMEOUT_PROPERTY, ctx.claimTimeoutNs(), MS, 10 * MINUTE);
        checkTime(NodeContext.SLOW_HANDLER_THRESHOLD_PROPERTY, ctx.slowHandlerThresholdNs(), 0, 10 * MINUTE);
        checkTime(NodeContext.NAME_WAIT_PROPERTY, ctx.nameWaitNs(), 0, 60 * MINUTE);
        checkTime(NodeContext.CLOSE_TIMEOUT_PROPERTY, ctx.closeTimeoutNs(), 0, 10 * MINUTE);
        if (ctx.livenessTimeoutNs() < 2 * ctx.heartbeatPeriodNs()) {
            throw fail(NodeContext.LIVENESS_TIMEOUT_PROPERTY + " (" + Durations.exact(ctx.livenessTimeoutNs()) +
                ") must be at least twice " + NodeContext.HEARTBEAT_PERIOD_PROPERTY + " (" +
                Durations.exact(ctx.heartbeatPeriodNs()) + ")");
        }
    }

    static void checkLazyTickPeriod(final long periodNs) {
        checkTime(NodeContext.LAZY_TICK_PERIOD_PROPERTY, periodNs, MS, MINUTE);
    }

    private static void checkLengths(final NodeContext ctx) {
        checkRange(NodeContext.COMMAND_RING_LENGTH_PROPERTY, ctx.commandRingLength(), 64 * 1024, 1 << 30);
        if (!BitUtil.isPowerOfTwo(ctx.commandRingLength())) {
            throw fail(NodeContext.COMMAND_RING_LENGTH_PROPERTY + " (" + ctx.commandRingLength() +
                ") must be a power of two");
        }
        checkRange(NodeContext.MAX_MESSAGE_LENGTH_PROPERTY, ctx.maxMessageLength(), 1, 1 << 27);
        if (ctx.maxMessageLength() < ctx.protocol().maxIdLength()) {
            throw fail(NodeContext.MAX_MESSAGE_LENGTH_PROPERTY + " (" + ctx.maxMessageLength() +
                ") must be at least " + PlumtreeOptions.MAX_ID_LENGTH_PROPERTY + " (" +
                ctx.protocol().maxIdLength() + ")");
        }
        if (ctx.maxMessageLength() + CommandRing.RECORD_OVERHEAD > ctx.commandRingLength() / 8) {
            throw fail(NodeContext.MAX_MESSAGE_LENGTH_PROPERTY + " (" + ctx.maxMessageLength() + ") plus " +
                CommandRing.RECORD_OVERHEAD + " must be no more than an eighth of " +
                NodeContext.COMMAND_RING_LENGTH_PROPERTY + " (" + ctx.commandRingLength() + ")");
        }
        checkRange(NodeContext.QUERY_QUEUE_LENGTH_PROPERTY, ctx.queryQueueLength(), 2, 1 << 16);
        checkRange(NodeContext.BROADCAST_LIMIT_PROPERTY, ctx.broadcastLimit(), 1, 1 << 16);
        checkRange(NodeContext.BUNDLE_LENGTH_PROPERTY, ctx.bundleLength(), 0, 1 << 16);
        checkRange(NodeContext.SEND_QUEUE_LENGTH_PROPERTY, ctx.sendQueueLength(), 0, 1 << 30);
        checkRange(NodeContext.RECENT_BUNDLES_LENGTH_PROPERTY, ctx.recentBundlesLength(), 1 << 16, 1 << 28);
        if (!BitUtil.isPowerOfTwo(ctx.recentBundlesLength())) {
            throw fail(NodeContext.RECENT_BUNDLES_LENGTH_PROPERTY + " (" + ctx.recentBundlesLength() +
                ") must be a power of two");
        }
        checkRange(NodeContext.FRAME_LIMIT_PROPERTY, ctx.frameLimit(), 1, 1 << 16);
    }

    /** Names of nodes, clusters, handlers and transports all follow the rules of {@link NodeId#of}. */
    static void checkName(final String what, final String name) {
        if (name == null) {
            throw fail(what + " is not set");
        }
        try {
            NodeId.of(name);
        } catch (final IllegalArgumentException ex) {
            throw fail(what + " must be 1 to " + NodeId.MAX_NAME_LENGTH +
                " ASCII letters, digits, dots, underscores and hyphens: '" + name + "'");
        }
    }

    private static void checkPresent(final String what, final Object value) {
        if (value == null) {
            throw fail(what + " must not be null");
        }
    }

    private static void checkTime(final String what, final long valueNs, final long minNs, final long maxNs) {
        if (valueNs < minNs || valueNs > maxNs) {
            throw fail(what + " (" + Durations.exact(valueNs) + ") must be " + Durations.exact(minNs) + " to " +
                Durations.exact(maxNs));
        }
    }

    private static void checkRange(final String what, final int value, final int min, final int max) {
        if (value < min || value > max) {
            throw fail(what + " (" + value + ") must be " + min + " to " + max);
        }
    }

    private static PlumtreeException fail(final String message) {
        return new PlumtreeException(Category.CONFIGURATION, message);
    }
}
