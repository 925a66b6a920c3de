package io.plumtree.engine;

import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import io.plumtree.api.options.OptionChecks;
import io.plumtree.engine.options.MembershipKind;
import io.plumtree.engine.options.MembershipOptions;
import io.plumtree.engine.options.RingOptions;
import io.plumtree.engine.ring.CommandRing;
import io.plumtree.engine.seeds.Seeds;
import io.plumtree.protocol.options.HyParViewOptions;
import io.plumtree.protocol.options.PlumtreeOptions;
import java.util.concurrent.TimeUnit;

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
        checkPresent("plugins", ctx.plugins());
        checkOptions(ctx.plugins()::conclude);
        checkPresent("engine", ctx.engine());
        checkOptions(ctx.engine()::conclude);
        checkPresent("links", ctx.links());
        checkOptions(ctx.links()::conclude);
        checkPresent("ring", ctx.ring());
        checkOptions(ctx.ring()::conclude);
        checkPresent("starting", ctx.starting());
        checkName(NodeContext.TRANSPORT_PROPERTY, ctx.transportName());
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
        checkLazyTickPeriod(ctx.lazyTickPeriodNs());
        checkMessageLength(ctx);
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

    static void checkLazyTickPeriod(final long periodNs) {
        checkOptions(() -> OptionChecks.checkTime(NodeContext.LAZY_TICK_PERIOD_PROPERTY, periodNs, MS, MINUTE));
    }

    private static void checkMessageLength(final NodeContext ctx) {
        final int length = ctx.maxMessageLength();
        checkOptions(() -> OptionChecks.checkRange(NodeContext.MAX_MESSAGE_LENGTH_PROPERTY, length, 1, 1 << 27));
        if (length < ctx.protocol().maxIdLength()) {
            throw fail(NodeContext.MAX_MESSAGE_LENGTH_PROPERTY + " (" + length + ") must be at least " +
                PlumtreeOptions.MAX_ID_LENGTH_PROPERTY + " (" + ctx.protocol().maxIdLength() + ")");
        }
        if (length + CommandRing.RECORD_OVERHEAD > ctx.ring().commandRingLength() / 8) {
            throw fail(NodeContext.MAX_MESSAGE_LENGTH_PROPERTY + " (" + length + ") plus " +
                CommandRing.RECORD_OVERHEAD + " must be no more than an eighth of " +
                RingOptions.COMMAND_RING_LENGTH_PROPERTY + " (" + ctx.ring().commandRingLength() + ")");
        }
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

    private static PlumtreeException fail(final String message) {
        return new PlumtreeException(Category.CONFIGURATION, message);
    }
}
