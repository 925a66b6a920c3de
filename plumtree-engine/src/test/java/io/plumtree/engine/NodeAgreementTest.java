package io.plumtree.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.engine.agent.MemoryHub;
import io.plumtree.engine.agent.TestHandler;
import io.plumtree.engine.options.EngineOptions;
import io.plumtree.engine.options.LinkOptions;
import io.plumtree.engine.options.MembershipKind;
import io.plumtree.engine.options.PluginOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes whose settings do not go together are told so, both of them, and go on. */
class NodeAgreementTest {
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(60);
    private static final String TAIL = "; set it to the same on all nodes";

    private final MemoryHub hub = new MemoryHub(256 * 1024);
    private final Map<String, PlumtreeNode> nodes = new TreeMap<>();
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Map<String, Queue<String>> errors = new TreeMap<>();
    private final Map<String, TestHandler> handlers = new TreeMap<>();

    @AfterEach
    void close() {
        nodes.values().forEach(PlumtreeNode::close);
    }

    @Test
    void shouldSayNothingWhereSettingsGoTogether() {
        launch("a", ctx -> { });
        launch("b", ctx -> ctx.links(new LinkOptions().heartbeatPeriodNs(ms(50)).livenessTimeoutNs(ms(400))));
        awaitLinked();
        assertEquals(List.of(), told("a"));
        assertEquals(List.of(), told("b"));
        assertEquals(0, mismatches("a") + mismatches("b"));
    }

    @Test
    void shouldTellBothWhoseMessagesAreTooLongForTheOther() {
        launch("a", ctx -> ctx.maxMessageLength(2_048));
        launch("b", ctx -> ctx.maxMessageLength(8_192));
        final String consequence = "; messages longer than 2048 bytes are dropped by 'a', and do not get beyond it";
        assertTold("a", "node 'b' does not agree with this node 'a' in plumtree.max.message.length: it is 8192 there," +
            " and 2048 here" + consequence + TAIL);
        assertTold("b", "node 'a' does not agree with this node 'b' in plumtree.max.message.length: it is 2048 there," +
            " and 8192 here" + consequence + TAIL);
        // What both take gets through.
        awaitLinked();
        assertTrue(nodes.get("b").broadcast("log", new UnsafeBuffer(new byte[1_000]), 0, 1_000) > 0);
        await(() -> nodes.get("a").counters().get("engine.messages.delivered") == 1);
        assertEquals(1, mismatches("a"));
        assertEquals(1, mismatches("b"));
    }

    @Test
    void shouldTellBothOfIdsThatAreTooLongForOne() {
        launch("a", ctx -> ctx.protocol().maxIdLength(32));
        launch("b", ctx -> { });
        final String consequence = "; messages with ids longer than 32 bytes are dropped by 'a', and do not get" +
            " beyond it";
        assertTold("a", "node 'b' does not agree with this node 'a' in plumtree.max.id.length: it is 64 there, and 32" +
            " here" + consequence + TAIL);
        assertTold("b", "node 'a' does not agree with this node 'b' in plumtree.max.id.length: it is 32 there, and 64" +
            " here" + consequence + TAIL);
    }

    @Test
    void shouldTellBothOfHeartbeatsTooSeldomForTheOther() {
        launch("a", ctx -> ctx.links(new LinkOptions().heartbeatPeriodNs(ms(500)).livenessTimeoutNs(ms(5_000))));
        launch("b", ctx -> ctx.links(new LinkOptions().heartbeatPeriodNs(ms(100)).livenessTimeoutNs(ms(800))));
        final String tail = "; the link between them goes down and up again and again; set both to the same values on" +
            " all nodes";
        assertTold("a", "node 'b' does not go with this node 'a': plumtree.heartbeat.period is 500ms here, and" +
            " plumtree.liveness.timeout, at least twice as long, is 800ms there" + tail);
        assertTold("b", "node 'a' does not go with this node 'b': plumtree.heartbeat.period is 500ms there, and" +
            " plumtree.liveness.timeout, at least twice as long, is 800ms here" + tail);
    }

    @Test
    void shouldTellBothOfAHandlerThatOneLacks() {
        launch("a", ctx -> ctx.handler("chat", new TestHandler()));
        launch("b", ctx -> { });
        final String tail = ": its messages do not get to the one without, nor beyond it; give all nodes the same" +
            " handlers";
        assertTold("a", "node 'b' has no handler 'chat', which this node 'a' has" + tail);
        assertTold("b", "this node 'b' has no handler 'chat', which node 'a' has" + tail);
    }

    @Test
    void shouldTellAgainOnlyOfAnotherRun() {
        launch("a", ctx -> ctx.maxMessageLength(2_048));
        launch("b", ctx -> { });
        awaitLinked();
        await(() -> mismatches("a") == 1);
        final PlumtreeNode earlier = nodes.get("b");
        earlier.close();
        await(() -> nodes.get("a").connectedPeers().join().isEmpty());
        await(() -> System.currentTimeMillis() > earlier.incarnation());
        launch("b", ctx -> { });
        awaitLinked();
        await(() -> mismatches("a") == 2);
        nodes.get("a").update(List.of()).join();
        nodes.get("a").update(List.of(members.get("b"))).join();
        awaitLinked();
        assertEquals(2, mismatches("a"));
    }

    @Test
    void shouldTellBothOfAnotherCluster() {
        launch("a", ctx -> ctx.cluster("blue"));
        launch("b", ctx -> ctx.cluster("green"));
        assertTold("a", "node 'b' is of another cluster than this node 'a', whose is 'blue' (plumtree.cluster):" +
            " nothing it says is taken in; give both the same, or take one from where the other finds it");
        await(() -> told("b").size() == 1);
        assertTrue(told("b").get(0).contains("'green'"), told("b")::toString);
        await(() -> nodes.get("a").counters().get("engine.frames.dropped.foreign") > 3);
        assertEquals(1, mismatches("a"));
    }

    @Test
    void shouldTellANodeWithGivenMembersThatAnotherWantsToJoin() {
        launch("a", ctx -> { });
        final Member joining = member("z");
        nodes.put("z", PlumtreeNode.launch(context("z", joining, contact -> contact.membership()
            .kind(MembershipKind.HYPARVIEW).contacts(List.of(hub("a"))))));
        assertTold("a", "a node that is no member asks to be let in, as with plumtree.membership=hyparview, but the" +
            " members of this node 'a' are given (plumtree.membership=static): it is not; set both to the same");
        await(() -> nodes.get("a").counters().get("engine.frames.dropped.strangers") > 2);
        assertEquals(1, told("a").size());
    }

    private String hub(final String name) {
        return members.get(name).endpoint();
    }

    private static long ms(final long count) {
        return TimeUnit.MILLISECONDS.toNanos(count);
    }

    private Member member(final String name) {
        return members.computeIfAbsent(name, each -> new Member(NodeId.of(each), address()));
    }

    /** Contacts have to look like addresses. */
    private String address() {
        return "10.0.0.1:" + hub.nextEndpoint().substring("memory:".length());
    }

    private void launch(final String name, final Consumer<NodeContext> options) {
        final Member self = member(name);
        final Member other = member(name.equals("a") ? "b" : "a");
        nodes.put(name, PlumtreeNode.launch(context(name, self, ctx -> {
            ctx.member(other.toString());
            options.accept(ctx);
        })));
    }

    private NodeContext context(final String name, final Member self, final Consumer<NodeContext> options) {
        errors.computeIfAbsent(name, each -> new ConcurrentLinkedQueue<>());
        final NodeContext ctx = new NodeContext()
            .name(name)
            .transport(hub.listen(self.endpoint()))
            .plugins(new PluginOptions().discoverHandlers(false))
            .engine(new EngineOptions().countersDirectory(null))
            .maxMessageLength(8_192)
            .handler("log", handlers.compute(name, (key, before) -> new TestHandler()))
            .errorHandler(error -> errors.get(name).add(error.getMessage()));
        options.accept(ctx);
        return ctx;
    }

    private List<String> told(final String name) {
        return new ArrayList<>(errors.get(name));
    }

    private void assertTold(final String name, final String message) {
        await(() -> !errors.get(name).isEmpty());
        assertEquals(List.of(message), told(name));
    }

    private long mismatches(final String name) {
        return nodes.get(name).counters().get("engine.links.settings.mismatches");
    }

    private void awaitLinked() {
        await(() -> nodes.values().stream().allMatch(node -> node.connectedPeers().join().size() == 1));
    }

    private static void await(final BooleanSupplier condition) {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - startNs < DEADLINE_NS, "not in time");
            Thread.yield();
        }
    }
}
