package io.plumtree.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.NodeId;
import io.plumtree.engine.codec.FrameEncoder;
import io.plumtree.engine.codec.Greeting;
import io.plumtree.engine.codec.GossipBody;
import io.plumtree.engine.codec.NameHash;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class FrameReceiverTest {
    private static final long CLUSTER = NameHash.ofCluster("test");
    private static final long B = NodeId.of("b").value();
    private static final int LOG = NameHash.ofHandler(TestNode.HANDLER);

    private final TestCluster cluster = new TestCluster(2);
    private final TestNode a = cluster.node(0);
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[8 * 1024]);

    @Test
    void shouldTakeInAPeersMessage() {
        cluster.runUntilAllUp();
        send(gossip(CLUSTER, B, LOG, 24, "hello"));
        assertEquals(List.of("hello"), a.log().delivered);
    }

    @Test
    void shouldDropAFrameOfAnotherCluster() {
        cluster.runUntilAllUp();
        send(gossip(NameHash.ofCluster("other"), B, LOG, 24, "x"));
        assertTrue(a.errors.remove(0).getMessage().startsWith("node 'b' is of another cluster"));
        assertDropped(EngineCounter.FRAMES_FOREIGN);
    }

    @Test
    void shouldDropAFrameOfANodeThatIsNoMember() {
        cluster.runUntilAllUp();
        send(gossip(CLUSTER, NodeId.of("stranger").value(), LOG, 24, "x"));
        assertDropped(EngineCounter.FRAMES_STRANGERS);
    }

    @Test
    void shouldDropAFrameOfANodeThatGoesByItsOwnName() {
        cluster.runUntilAllUp();
        send(gossip(CLUSTER, NodeId.of("a").value(), LOG, 24, "x"));
        assertDropped(EngineCounter.FRAMES_IMPOSTORS);
    }

    @Test
    void shouldDropMessagesOfAMemberUntilItHasGreeted() {
        cluster.kill(1);
        send(gossip(CLUSTER, B, LOG, 24, "x"));
        assertDropped(EngineCounter.FRAMES_UNGREETED);
        greet();
        send(gossip(CLUSTER, B, LOG, 24, "y"));
        assertEquals(List.of("y"), a.log().delivered);
    }

    @Test
    void shouldDropMessagesOfAMemberThatHasSaidGoodbye() {
        cluster.kill(1);
        greet();
        send(new FrameEncoder(CLUSTER, B).goodbye(frame, 0, 1));
        send(gossip(CLUSTER, B, LOG, 24, "x"));
        assertDropped(EngineCounter.FRAMES_UNGREETED);
    }

    @Test
    void shouldTakeInWhatAPeerSendsThatDoesNotKnowThatTheLinkIsDown() {
        cluster.runUntilAllUp();
        cluster.pipe(0, 1).isCut = true;
        cluster.run(20);
        assertTrue(a.agent.connectedPeers().isEmpty());
        send(gossip(CLUSTER, B, LOG, 24, "x"));
        assertEquals(List.of("x"), a.log().delivered);
    }

    @Test
    void shouldDropAMessageOfAHandlerThatIsNotHere() {
        cluster.runUntilAllUp();
        send(gossip(CLUSTER, B, NameHash.ofHandler("unknown"), 24, "x"));
        assertDropped(EngineCounter.FRAMES_UNKNOWN_HANDLER);
    }

    @Test
    void shouldDropAMessageBeyondItsBounds() {
        cluster.runUntilAllUp();
        send(gossip(CLUSTER, B, LOG, 65, "x"));
        assertDropped(EngineCounter.FRAMES_TOO_LONG);
        send(gossip(CLUSTER, B, LOG, 24, "x".repeat(TestNode.MAX_MESSAGE_LENGTH - 23)));
        assertEquals(2, a.count(EngineCounter.FRAMES_TOO_LONG));
    }

    @Test
    void shouldPassAQuenchOnToItsRootOverTheWire() {
        final TestCluster three = new TestCluster(3);
        three.runUntilAllUp();
        final int length = new FrameEncoder(CLUSTER, B).quench(frame, 0, NodeId.of("c").value(), LOG);
        assertEquals(0, three.pipe(1, 0).send(frame, 0, length, null, 0, 0));
        three.run(100);
        assertEquals(1, three.node(0).count("protocol.quenches"));
        assertEquals(1, three.node(2).count("protocol.quenches.received"));
    }

    @Test
    void shouldDropAQuenchOfAHandlerThatIsNotHere() {
        cluster.runUntilAllUp();
        send(new FrameEncoder(CLUSTER, B).quench(frame, 0, NodeId.of("a").value(), NameHash.ofHandler("unknown")));
        assertDropped(EngineCounter.FRAMES_UNKNOWN_HANDLER);
    }

    @Test
    void shouldCountWhatIsNoFrame() {
        cluster.runUntilAllUp();
        send(3);
        assertDropped(EngineCounter.FRAMES_TOO_SHORT);
        final int length = gossip(CLUSTER, B, LOG, 24, "x");
        frame.putShort(4, (short) 1);
        send(length);
        assertDropped(EngineCounter.FRAMES_OTHER_SCHEMA);
        gossip(CLUSTER, B, LOG, 24, "x");
        frame.putShort(2, (short) 4_711);
        send(length);
        assertDropped(EngineCounter.FRAMES_UNKNOWN_TEMPLATE);
        gossip(CLUSTER, B, LOG, 24, "x");
        send(length - 1);
        assertDropped(EngineCounter.FRAMES_MALFORMED);
    }

    private void assertDropped(final EngineCounter counter) {
        assertEquals(1, a.count(counter), counter.label());
        assertTrue(a.log().delivered.isEmpty());
        assertTrue(a.errors.isEmpty());
    }

    private void greet() {
        cluster.nowNs += TestNode.MS;
        send(new FrameEncoder(CLUSTER, B).greeting(
            frame, 0, new Greeting(NodeId.of("b"), 1, false, "", List.of(TestNode.HANDLER))));
    }

    private int gossip(
        final long clusterHash, final long sender, final int handler, final int idLength, final String text) {
        final byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
        final int body = new FrameEncoder(clusterHash, sender).gossipHead(frame, 0, sender, 0, handler);
        GossipBody.lengths(frame, body, idLength, payload.length);
        frame.setMemory(GossipBody.idOffset(body), idLength, (byte) 1);
        frame.putBytes(GossipBody.payloadOffset(body, idLength), payload);
        return FrameEncoder.gossipLength(idLength, payload.length);
    }

    private void send(final int length) {
        assertEquals(0, cluster.pipe(1, 0).send(frame, 0, length, null, 0, 0));
        a.agent.doWork(cluster.nowNs);
    }
}
