package io.plumtree.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import io.plumtree.engine.agent.TestHandler;
import io.plumtree.engine.counters.CountersLayout;
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
import io.plumtree.engine.ring.SleepUntilWork;
import io.plumtree.protocol.options.FlowControlOptions;
import io.plumtree.protocol.options.GraftOptions;
import io.plumtree.protocol.options.HyParViewOptions;
import io.plumtree.protocol.options.PlumtreeOptions;
import io.plumtree.protocol.options.StartingPeers;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.SleepingIdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class NodeContextTest {
    private final NodeContext ctx = new NodeContext().name("a");

    @Test
    void shouldAcceptTheDefaults() {
        assertSame(ctx, ctx.conclude());
        assertEquals("localhost:0", ctx.bind());
        assertEquals("plumtree", ctx.cluster());
        assertEquals("aeron", ctx.transportName());
        assertEquals(StartingPeers.REFERENCE, ctx.starting().startingPeers());
        assertEquals(Set.of(), ctx.starting().eagerPeers());
        assertEquals(Set.of(), ctx.starting().lazyPeers());
        assertTrue(ctx.protocol().announcements());
        assertTrue(ctx.plugins().discoverHandlers());
        assertFalse(ctx.plugins().pluginsRequired());
        assertFalse(ctx.engine().useInvoker());
        assertInstanceOf(SleepUntilWork.class, ctx.engine().idleStrategySupplier().get());
        ctx.properties(Map.of("plumtree.idle.strategy", "1ms"));
        assertInstanceOf(SleepingIdleStrategy.class, ctx.engine().idleStrategySupplier().get());
    }

    @Test
    void shouldKeepCountersInAFileOfThisUsersUnlessToldOtherwise() {
        assertEquals(CountersLayout.defaultDirectory(), ctx.engine().countersDirectory());
        assertTrue(ctx.engine().countersDirectory().getFileName().toString().startsWith("plumtree-"));
        ctx.properties(Map.of("plumtree.counters.directory", "none"));
        assertNull(ctx.engine().countersDirectory());
        final PlumtreeException ex = assertThrows(PlumtreeException.class,
            () -> ctx.properties(Map.of("plumtree.counters.directory", "")));
        assertTrue(ex.getMessage().contains("plumtree.counters.directory=: must be a directory, or none"));
    }

    /** A user may have no name, and then all such users would have one directory. */
    @Test
    void shouldNameTheDirectoryOfCountersByTheUsersNumber(@TempDir final Path own) throws IOException {
        assumeTrue(own.getFileSystem().supportedFileAttributeViews().contains("unix"));
        assertEquals("plumtree-" + Files.getAttribute(own, "unix:uid"),
            CountersLayout.defaultDirectory().getFileName().toString());
    }

    @Test
    void shouldServeOneLaunchOnly() {
        ctx.conclude();
        final IllegalStateException ex = assertThrows(IllegalStateException.class, ctx::conclude);
        assertTrue(ex.getMessage().contains("'a'"));
    }

    private static NodeContext overlay(final NodeContext context) {
        context.membership().kind(MembershipKind.HYPARVIEW);
        return context;
    }

    @Test
    void shouldReadHowItFindsItsMembers() {
        ctx.properties(Map.ofEntries(
            Map.entry("plumtree.membership", "hyparview"),
            Map.entry("plumtree.contacts", " h:1, file:/x ,"),
            Map.entry("plumtree.contacts.refresh", "3s"),
            Map.entry("plumtree.advertise", "there:0"),
            Map.entry("plumtree.hyparview.active.view.size", "4"),
            Map.entry("plumtree.hyparview.passive.view.size", "20"),
            Map.entry("plumtree.hyparview.active.random.walk.length", "7"),
            Map.entry("plumtree.hyparview.passive.random.walk.length", "2"),
            Map.entry("plumtree.hyparview.shuffle.active", "1"),
            Map.entry("plumtree.hyparview.shuffle.passive", "6"),
            Map.entry("plumtree.hyparview.lost.view.size", "9"),
            Map.entry("plumtree.hyparview.shuffle.period", "11s"),
            Map.entry("plumtree.hyparview.request.timeout", "12s"),
            Map.entry("plumtree.hyparview.link.timeout", "13s"),
            Map.entry("plumtree.hyparview.retry.min", "14s"),
            Map.entry("plumtree.hyparview.retry.max", "15s"),
            Map.entry("plumtree.full.view", "false"),
            Map.entry("plumtree.full.view.refresh.period", "1s"),
            Map.entry("plumtree.full.view.expiry", "4s"),
            Map.entry("plumtree.full.view.tombstone.time", "5s"),
            Map.entry("plumtree.full.view.max.members", "77"),
            Map.entry("plumtree.full.view.newcomers", "78"),
            Map.entry("plumtree.full.view.newcomers.per.second", "79"),
            Map.entry("plumtree.full.view.max.rumors", "80")));
        assertEquals(MembershipKind.HYPARVIEW, ctx.membership().kind());
        assertEquals(List.of("h:1", "file:/x"), ctx.membership().contacts());
        assertEquals(3_000_000_000L, ctx.membership().contactsRefreshNs());
        assertEquals("there:0", ctx.advertise());
        final HyParViewOptions hyParView = ctx.hyParView();
        assertEquals("4 20 7 2 1 6 9", hyParView.activeViewSize() + " " + hyParView.passiveViewSize() + " " +
            hyParView.activeRandomWalkLength() + " " + hyParView.passiveRandomWalkLength() + " " +
            hyParView.shuffleActive() + " " + hyParView.shufflePassive() + " " + hyParView.lostViewSize());
        assertEquals("11 12 13 14 15", Stream.of(hyParView.shufflePeriodNs(), hyParView.requestTimeoutNs(),
            hyParView.linkTimeoutNs(), hyParView.retryMinNs(), hyParView.retryMaxNs())
            .map(ns -> Long.toString(ns / 1_000_000_000L)).collect(Collectors.joining(" ")));
        assertFalse(ctx.fullView().enabled());
        assertEquals(1_000_000_000L, ctx.fullView().refreshPeriodNs());
        assertEquals(4_000_000_000L, ctx.fullView().expiryNs());
        assertEquals(5_000_000_000L, ctx.fullView().tombstoneTimeNs());
        assertEquals("77 78 79 80", ctx.fullView().maxMembers() + " " + ctx.fullView().newcomers() + " " +
            ctx.fullView().newcomersPerSecond() + " " + ctx.fullView().maxRumors());
        final PlumtreeException ex = assertThrows(PlumtreeException.class,
            () -> ctx.properties(Map.of("plumtree.membership", "gossip")));
        assertTrue(ex.getMessage().contains("plumtree.membership=gossip: must be static or hyparview"));
    }

    static Stream<Arguments> rejections() {
        return Stream.of(
            rejection(c -> c.name(null), "plumtree.name is not set"),
            rejection(c -> c.name("no space"), "plumtree.name must be 1 to 64", "'no space'"),
            rejection(c -> c.cluster(""), "plumtree.cluster", "''"),
            rejection(c -> c.bind("localhost"), "plumtree.bind", "'localhost'"),
            rejection(c -> c.bind(null), "plumtree.bind", "null"),
            rejection(c -> c.handler("a b", new TestHandler()), "handler must be", "'a b'"),
            rejection(c -> c.plugins(new PluginOptions().pluginDirectory(Path.of("no-such-directory"))),
                "plumtree.plugin.directories",
                "no-such-directory"),
            rejection(c -> c.transportName("x/y"), "plumtree.transport", "'x/y'"),
            rejection(c -> c.links(null), "links must not be null"),
            rejection(c -> c.ring(null), "ring must not be null"),
            rejection(c -> c.engine(null), "engine must not be null"),
            rejection(c -> c.plugins(null), "plugins must not be null"),
            rejection(c -> c.starting(null), "starting must not be null"),
            rejection(c -> c.engine(new EngineOptions().idleStrategySupplier(null)),
                "idleStrategySupplier must not be null"),
            rejection(c -> c.protocol(null), "protocol must not be null"),
            rejection(c -> c.exchanges(null), "exchanges must not be null"),
            rejection(c -> c.exchanges().limit(-1), "plumtree.exchange.limit (-1)"),
            rejection(c -> c.peerListener(null), "peerListener must not be null"),
            rejection(c -> c.protocol(new PlumtreeOptions().maxTrees(0)), "plumtree.max.trees (0)"),
            rejection(c -> c.queries(null), "queries must not be null"),
            rejection(c -> c.queries().maxLinks(0), "plumtree.query.max.links (0)"),
            rejection(c -> c.advertise("host"), "plumtree.advertise", "'host'"),
            rejection(c -> c.membership(null), "membership must not be null"),
            rejection(c -> c.membership().kind(null), "plumtree.membership must be given"),
            rejection(c -> c.membership().contacts(List.of("h:1")), "plumtree.contacts are for", "[h:1]"),
            rejection(c -> c.membership().contactsRefreshNs(1), "plumtree.contacts.refresh (1ns)"),
            rejection(c -> overlay(c).membership().contacts(List.of("nowhere")), "plumtree.contacts: ", "'nowhere'"),
            rejection(c -> overlay(c).member("b@h:1"), "plumtree.members", "plumtree.contacts", "b@h:1"),
            rejection(c -> overlay(c).protocol(new PlumtreeOptions().maxPeers(5)), "plumtree.max.peers (5)",
                "plumtree.hyparview.active.view.size (5)"),
            rejection(c -> c.hyParView(null), "hyParView must not be null"),
            rejection(c -> c.hyParView().activeViewSize(0), "plumtree.hyparview.active.view.size (0)"),
            rejection(c -> c.hyParView().passiveRandomWalkLength(7),
                "plumtree.hyparview.passive.random.walk.length (7)"),
            rejection(c -> c.hyParView().retryMaxNs(20_000_000), "plumtree.hyparview.retry.max (20ms)"),
            rejection(c -> c.fullView(null), "fullView must not be null"),
            rejection(c -> c.fullView().expiryNs(1), "plumtree.full.view.expiry (1ns)"),
            rejection(c -> c.member("b@h:1").member("b@h:2"), "plumtree.members", "'b'", "b@h:1", "b@h:2"),
            rejection(c -> c.member("b@h:0"), "plumtree.members", "b@h:0", "port 0"),
            rejection(c -> c.member("b@h:1").member("c@h:1").protocol(new PlumtreeOptions().maxPeers(1)),
                "plumtree.members (2 ", "plumtree.max.peers (1)"),
            rejection(c -> c.member("b@h:1").starting(new StartingOptions().eagerPeers(ids("c"))),
                "plumtree.eager.peers", "'c'", "plumtree.members"),
            rejection(c -> c.member("b@h:1").starting(new StartingOptions().lazyPeers(ids("c"))),
                "plumtree.lazy.peers", "'c'", "plumtree.members"),
            rejection(c -> c.member("a@h:1").starting(new StartingOptions().eagerPeers(ids("a"))),
                "plumtree.eager.peers", "'a' is this node itself"),
            rejection(c -> c.member("a@h:1").starting(new StartingOptions().lazyPeers(ids("a"))),
                "plumtree.lazy.peers", "'a' is this node itself"),
            rejection(c -> c.member("b@h:1")
                .starting(new StartingOptions().eagerPeers(ids("b")).lazyPeers(ids("b"))), "'b' is in both",
                "plumtree.eager.peers", "plumtree.lazy.peers"),
            rejection(c -> c
                .starting(new StartingOptions().startingPeers(StartingPeers.REFERENCE).eagerPeers(ids())),
                "plumtree.starting.peers (reference)", "plumtree.eager.peers ([])"),
            rejection(c -> c.member("b@h:1")
                .starting(new StartingOptions().lazyPeers(ids("b")).startingPeers(StartingPeers.ALL)),
                "plumtree.starting.peers (all)", "plumtree.lazy.peers ([b])"),
            rejection(c -> c.lazyTickPeriodNs(999_999), "plumtree.lazy.tick.period (999.999us) must be 1ms to 60s"),
            rejection(c -> c.links(new LinkOptions().heartbeatPeriodNs(0)), "plumtree.heartbeat.period (0ns)"),
            rejection(c -> c.links(new LinkOptions().livenessTimeoutNs(1)), "plumtree.liveness.timeout (1ns)"),
            rejection(c -> c.links(new LinkOptions().sendBudgetNs(-1)), "plumtree.send.budget (-1ns)"),
            rejection(c -> c.ring(new RingOptions().claimTimeoutNs(0)), "plumtree.claim.timeout (0ns)"),
            rejection(c -> c.engine(new EngineOptions().slowHandlerThresholdNs(-1)),
                "plumtree.handler.slow.threshold (-1ns)"),
            rejection(c -> c.links(new LinkOptions().nameWaitNs(-1)), "plumtree.name.wait (-1ns)"),
            rejection(c -> c.links(new LinkOptions().nameWaitNs(3_600_000_000_001L)),
                "plumtree.name.wait (3600.000000001s)"),
            rejection(c -> c.engine(new EngineOptions().closeTimeoutNs(-1)), "plumtree.close.timeout (-1ns)"),
            rejection(c -> c.links(new LinkOptions().heartbeatPeriodNs(500_000_000)),
                "plumtree.liveness.timeout (800ms)",
                "plumtree.heartbeat.period (500ms)"),
            rejection(c -> c.ring(new RingOptions().commandRingLength(1024)), "plumtree.command.ring.length (1024)"),
            rejection(c -> c.ring(new RingOptions().commandRingLength(100_000)),
                "plumtree.command.ring.length (100000)", "power of two"),
            rejection(c -> c.protocol().maxIdLength(0), "plumtree.max.id.length (0)"),
            rejection(c -> c.maxMessageLength(0), "plumtree.max.message.length (0)"),
            rejection(c -> c.maxMessageLength(63), "plumtree.max.message.length (63)", "plumtree.max.id.length (64)"),
            rejection(c -> c.maxMessageLength(2 * 1024 * 1024 - 11), "plumtree.max.message.length (2097141)",
                "plumtree.command.ring.length (16777216)"),
            rejection(c -> c.engine(new EngineOptions().countersDirectory(Path.of("pom.xml"))),
                "plumtree.counters.directory (pom.xml)",
                "must be a directory"),
            rejection(c -> c.queries(new QueryOptions().queueLength(1)), "plumtree.query.queue.length (1)"),
            rejection(c -> c.ring(new RingOptions().broadcastLimit(0)), "plumtree.broadcast.limit (0)"),
            rejection(c -> c.ring(new RingOptions().bundleLength(65_537)), "plumtree.bundle.length (65537)"),
            rejection(c -> c.ring(new RingOptions().recentBundlesLength(65_537)),
                "plumtree.recent.bundles.length (65537)", "power of two"),
            rejection(c -> c.links(new LinkOptions().sendQueueLength(-1)), "plumtree.send.queue.length (-1)"),
            rejection(c -> c.links(new LinkOptions().sendQueueWaitNs(-1)), "plumtree.send.queue.wait (-1ns)"),
            rejection(c -> c.links(new LinkOptions().sendQueueWaitNs(60_000_000_001L)),
                "plumtree.send.queue.wait (60.000000001s)", "0ns to 60s"),
            rejection(c -> c.links(new LinkOptions().frameLimit(0)), "plumtree.frame.limit (0)"),
            rejection(c -> c.option("tcp.mtu", "1"), "option 'tcp.mtu'", "'aeron.'"),
            rejection(c -> c.option("handler.x", "1"), "option 'handler.x'"));
    }

    private static List<NodeId> ids(final String... names) {
        return Stream.of(names).map(NodeId::of).toList();
    }

    private static Arguments rejection(final Consumer<NodeContext> setting, final String... parts) {
        return arguments(setting, List.of(parts));
    }

    @ParameterizedTest
    @MethodSource("rejections")
    void shouldRejectWithNamesAndValues(final Consumer<NodeContext> setting, final List<String> parts) {
        setting.accept(ctx);
        final PlumtreeException ex = assertThrows(PlumtreeException.class, ctx::conclude);
        assertEquals(Category.CONFIGURATION, ex.category());
        parts.forEach(part -> assertTrue(ex.getMessage().contains(part), ex.getMessage()));
    }

    @Test
    void shouldRejectASecondHandlerOfTheSameName() {
        ctx.handler("x", new TestHandler());
        final IllegalArgumentException ex =
            assertThrows(IllegalArgumentException.class, () -> ctx.handler("x", new TestHandler()));
        assertTrue(ex.getMessage().contains("'x'"));
    }

    @Test
    void shouldAcceptItselfAmongTheMembersAndTheBoundsOfLengths() {
        ctx.member("a@localhost:0").member("b@h:1").maxMessageLength(2 * 1024 * 1024 - 12).conclude();
        assertEquals(2, ctx.members().size());
    }

    @Test
    void shouldReadEveryProperty() {
        final Properties properties = new Properties();
        properties.putAll(Map.ofEntries(
            Map.entry("plumtree.name", "node-7"),
            Map.entry("plumtree.bind", "localhost:4000"),
            Map.entry("plumtree.cluster", "c"),
            Map.entry("plumtree.members", "x@h:1, y@h:2"),
            Map.entry("plumtree.starting.peers", "logarithmic"),
            Map.entry("plumtree.eager.peers", "x, y"),
            Map.entry("plumtree.lazy.peers", "z"),
            Map.entry("plumtree.discover.handlers", "false"),
            Map.entry("plumtree.plugin.directories", "p" + File.pathSeparator + "q"),
            Map.entry("plumtree.transport", "memory"),
            Map.entry("plumtree.idle.strategy", "yield"),
            Map.entry("plumtree.lazy.tick.period", "50ms"),
            Map.entry("plumtree.heartbeat.period", "200ms"),
            Map.entry("plumtree.liveness.timeout", "2s"),
            Map.entry("plumtree.send.budget", "1ms"),
            Map.entry("plumtree.claim.timeout", "3s"),
            Map.entry("plumtree.handler.slow.threshold", "7ms"),
            Map.entry("plumtree.close.timeout", "0"),
            Map.entry("plumtree.command.ring.length", "1m"),
            Map.entry("plumtree.max.message.length", "64k"),
            Map.entry("plumtree.max.id.length", "32"),
            Map.entry("plumtree.query.queue.length", "8"),
            Map.entry("plumtree.counters.directory", "/counters"),
            Map.entry("plumtree.broadcast.limit", "5"),
            Map.entry("plumtree.bundle.length", "4k"),
            Map.entry("plumtree.recent.bundles.length", "1m"),
            Map.entry("plumtree.send.queue.length", "9k"),
            Map.entry("plumtree.send.queue.wait", "10ms"),
            Map.entry("plumtree.frame.limit", "6"),
            Map.entry("plumtree.graft.timeout", "11ms"),
            Map.entry("plumtree.graft.retry.timeout", "12ms"),
            Map.entry("plumtree.reannounce.interval", "13ms"),
            Map.entry("plumtree.max.peers", "14"),
            Map.entry("plumtree.max.trees", "15"),
            Map.entry("plumtree.adaptive.graft", "false"),
            Map.entry("plumtree.min.graft.timeout", "9ms"),
            Map.entry("plumtree.optimisation.threshold", "8ms"),
            Map.entry("plumtree.shared.tree.messages", "31"),
            Map.entry("plumtree.recent.messages", "16"),
            Map.entry("plumtree.acknowledgement.delay", "5ms"),
            Map.entry("plumtree.hop.cost", "6ms"),
            Map.entry("plumtree.prune.grace", "17ms"),
            Map.entry("plumtree.max.announced", "18"),
            Map.entry("plumtree.max.outstanding", "19"),
            Map.entry("plumtree.max.outstanding.per.peer", "20"),
            Map.entry("plumtree.max.announcements.per.tick", "21"),
            Map.entry("plumtree.max.missing", "22"),
            Map.entry("plumtree.max.announcers", "23"),
            Map.entry("plumtree.max.grafts", "24"),
            Map.entry("plumtree.congestion.budget", "25ms"),
            Map.entry("plumtree.implied.acknowledgements", "false"),
            Map.entry("plumtree.negative.graft.replies", "false"),
            Map.entry("plumtree.reset.trees.on.join", "true"),
            Map.entry("plumtree.announcements", "false"),
            Map.entry("plumtree.close.ring", "false"),
            Map.entry("plumtree.exchange.tick.period", "26ms"),
            Map.entry("plumtree.exchange.limit", "27"),
            Map.entry("plumtree.exchange.inbound.limit", "28"),
            Map.entry("plumtree.exchange.timeout", "29s"),
            Map.entry("plumtree.exchange.window.length", "30k"),
            Map.entry("plumtree.plugins.required", "true"),
            Map.entry("plumtree.exchange.selection", "normal"),
            Map.entry("plumtree.query.remote", "false"),
            Map.entry("plumtree.query.max.pending", "26"),
            Map.entry("plumtree.query.max.waiting", "27"),
            Map.entry("plumtree.query.max.links", "28"),
            Map.entry("plumtree.query.link.idle.time", "29s"),
            Map.entry("plumtree.query.answer.timeout", "30s"),
            Map.entry("plumtree.name.wait", "31s"),
            Map.entry("handler.pubsub.key", "v"),
            Map.entry("memory.k", "w")));
        ctx.properties(properties);
        assertEquals("node-7", ctx.name());
        assertEquals("localhost:4000", ctx.bind());
        assertEquals("c", ctx.cluster());
        assertEquals(List.of(Member.parse("x@h:1"), Member.parse("y@h:2")), ctx.members());
        assertEquals(StartingPeers.LOGARITHMIC, ctx.starting().startingPeers());
        assertEquals(Set.copyOf(ids("x", "y")), ctx.starting().eagerPeers());
        assertEquals(Set.copyOf(ids("z")), ctx.starting().lazyPeers());
        assertFalse(ctx.plugins().discoverHandlers());
        assertTrue(ctx.plugins().pluginsRequired());
        assertEquals(List.of(Path.of("p").toAbsolutePath(), Path.of("q").toAbsolutePath()),
            ctx.plugins().pluginDirectories());
        assertEquals(Path.of("/counters"), ctx.engine().countersDirectory());
        assertEquals("memory", ctx.transportName());
        assertInstanceOf(YieldingIdleStrategy.class, ctx.engine().idleStrategySupplier().get());
        assertEquals(50_000_000, ctx.lazyTickPeriodNs());
        assertEquals(200_000_000, ctx.links().heartbeatPeriodNs());
        assertEquals(2_000_000_000, ctx.links().livenessTimeoutNs());
        assertEquals(1_000_000, ctx.links().sendBudgetNs());
        assertEquals(3_000_000_000L, ctx.ring().claimTimeoutNs());
        assertEquals(7_000_000L, ctx.engine().slowHandlerThresholdNs());
        assertEquals(0, ctx.engine().closeTimeoutNs());
        assertEquals(31_000_000_000L, ctx.links().nameWaitNs());
        assertEquals(1024 * 1024, ctx.ring().commandRingLength());
        assertEquals(64 * 1024, ctx.maxMessageLength());
        assertEquals(32, ctx.protocol().maxIdLength());
        assertEquals(8, ctx.queries().queueLength());
        assertEquals(26_000_000, ctx.exchanges().tickPeriodNs());
        assertEquals(27, ctx.exchanges().limit());
        assertEquals(28, ctx.exchanges().inboundLimit());
        assertEquals(29_000_000_000L, ctx.exchanges().timeoutNs());
        assertEquals(30 * 1024, ctx.exchanges().windowLength());
        assertEquals(ExchangeSelection.NORMAL, ctx.exchanges().selection());
        assertEquals(5, ctx.ring().broadcastLimit());
        assertEquals(4 * 1024, ctx.ring().bundleLength());
        assertEquals(1024 * 1024, ctx.ring().recentBundlesLength());
        assertEquals(9 * 1024, ctx.links().sendQueueLength());
        assertEquals(10_000_000, ctx.links().sendQueueWaitNs());
        assertEquals(6, ctx.links().frameLimit());
        assertEquals(11_000_000, ctx.protocol().grafts().graftTimeoutNs());
        assertEquals(12_000_000, ctx.protocol().grafts().graftRetryTimeoutNs());
        assertEquals(13_000_000, ctx.protocol().reannounceIntervalNs());
        assertEquals(6_000_000, ctx.protocol().hopCostNs());
        assertEquals(5_000_000, ctx.protocol().acknowledgementDelayNs());
        assertEquals(14, ctx.protocol().maxPeers());
        assertEquals(15, ctx.protocol().maxTrees());
        assertFalse(ctx.protocol().grafts().adaptiveGraft());
        assertEquals(9_000_000, ctx.protocol().grafts().minGraftTimeoutNs());
        assertEquals(8_000_000, ctx.protocol().optimisationThresholdNs());
        assertEquals(31, ctx.protocol().sharedTreeMessages());
        assertEquals(16, ctx.protocol().recentMessages());
        assertEquals(17_000_000, ctx.protocol().pruneGraceNs());
        assertEquals(18, ctx.protocol().maxAnnounced());
        assertEquals(19, ctx.protocol().flowControl().maxOutstanding());
        assertEquals(20, ctx.protocol().flowControl().maxOutstandingPerPeer());
        assertEquals(21, ctx.protocol().maxAnnouncementsPerTick());
        assertEquals(22, ctx.protocol().grafts().maxMissing());
        assertEquals(23, ctx.protocol().grafts().maxAnnouncers());
        assertEquals(24, ctx.protocol().grafts().maxGrafts());
        assertEquals(25_000_000, ctx.protocol().flowControl().congestionBudgetNs());
        assertFalse(ctx.protocol().impliedAcknowledgements());
        assertFalse(ctx.protocol().grafts().negativeGraftReplies());
        assertTrue(ctx.protocol().resetTreesOnJoin());
        assertFalse(ctx.protocol().announcements());
        assertFalse(ctx.protocol().closeRing());
        assertFalse(ctx.queries().remote());
        assertEquals(26, ctx.queries().maxPending());
        assertEquals(27, ctx.queries().maxWaiting());
        assertEquals(28, ctx.queries().maxLinks());
        assertEquals(29_000_000_000L, ctx.queries().linkIdleTimeNs());
        assertEquals(30_000_000_000L, ctx.queries().answerTimeoutNs());
        assertEquals(Map.of("handler.pubsub.key", "v", "memory.k", "w"), ctx.options());
    }

    @Test
    void shouldKnowEveryPropertyByItsName() throws IllegalAccessException {
        final Set<String> declared = new TreeSet<>();
        for (final Class<?> options : List.of(
            NodeContext.class, LinkOptions.class, RingOptions.class, EngineOptions.class, PluginOptions.class,
            StartingOptions.class, PlumtreeOptions.class, GraftOptions.class, FlowControlOptions.class,
            ExchangeOptions.class, QueryOptions.class, MembershipOptions.class, HyParViewOptions.class,
            FullViewOptions.class)) {
            for (final Field field : options.getFields()) {
                if (field.getName().endsWith("_PROPERTY")) {
                    declared.add((String) field.get(null));
                }
            }
        }
        assertEquals(List.copyOf(declared), NodeContext.propertyNames());
    }

    @Test
    void shouldReadWhatItSaysThatItIsSetTo() {
        final SortedMap<String, String> values = NodeProperties.values(new NodeContext());
        assertEquals("16m", values.get("plumtree.command.ring.length"));
        assertEquals("20ms", values.get("plumtree.lazy.tick.period"));
        values.remove("plumtree.eager.peers");
        values.remove("plumtree.lazy.peers");
        final NodeContext read = new NodeContext().properties(values);
        assertEquals(values, NodeProperties.values(read).entrySet().stream()
            .filter(entry -> values.containsKey(entry.getKey()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    @Test
    void shouldKnowTheIdleStrategiesByName() {
        ctx.properties(Map.of("plumtree.idle.strategy", "sleep"));
        assertInstanceOf(SleepUntilWork.class, ctx.engine().idleStrategySupplier().get());
        ctx.properties(Map.of("plumtree.idle.strategy", "spin"));
        assertInstanceOf(BusySpinIdleStrategy.class, ctx.engine().idleStrategySupplier().get());
        ctx.properties(Map.of("plumtree.idle.strategy", "backoff"));
        assertInstanceOf(BackoffIdleStrategy.class, ctx.engine().idleStrategySupplier().get());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "plumtree.nmae               | x        | no such property; did you mean",
        "plumtree.discover.handlers  | yes      | true or false",
        "plumtree.idle.strategy      | doze     | sleep, backoff, yield, spin, or a time",
        "plumtree.idle.strategy      | 999ns    | from 1us to 10ms",
        "plumtree.idle.strategy      | 11ms     | from 1us to 10ms",
        "plumtree.starting.peers     | some     | reference, logarithmic or all",
        "plumtree.eager.peers        | b,b@h:1  | b@h:1",
        "plumtree.announcements      | off      | true or false",
        "plumtree.lazy.tick.period   | soon     | plumtree.lazy.tick.period=soon: must be a duration such as",
        "plumtree.bundle.length      | much     | plumtree.bundle.length=much: must be a number of bytes, such as",
        "plumtree.max.message.length | 4g       | less than 2g",
        "plumtree.max.id.length      | many     | many",
        "plumtree.members            | b=h:1    | name@host:port",
    })
    void shouldRejectAPropertyWithItsNameAndValue(final String key, final String value, final String part) {
        final PlumtreeException ex =
            assertThrows(PlumtreeException.class, () -> ctx.properties(Map.of(key, value)));
        assertEquals(Category.CONFIGURATION, ex.category());
        assertTrue(ex.getMessage().contains(key + "=" + value), ex.getMessage());
        assertTrue(ex.getMessage().contains(part), ex.getMessage());
    }
}
