package io.plumtree.engine.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.NodeId;
import io.plumtree.engine.codec.Challenge;
import io.plumtree.engine.codec.ExchangeFrameEncoder;
import io.plumtree.engine.codec.GossipBody;
import io.plumtree.engine.codec.GossipFrameEncoder;
import io.plumtree.engine.codec.Greeting;
import io.plumtree.engine.codec.IncarnationFrameEncoder;
import io.plumtree.engine.codec.LinkFrameEncoder;
import io.plumtree.engine.codec.NameHash;
import io.plumtree.engine.codec.Namesake;
import io.plumtree.engine.codec.sbe.GreetingDecoder;
import io.plumtree.engine.codec.sbe.MessageHeaderDecoder;
import io.plumtree.engine.counting.EngineCounter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
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
    void shouldDropExchangesOfANodeThatIsNoMemberOrGoesByItsOwnName() {
        cluster.runUntilAllUp();
        send(new ExchangeFrameEncoder(CLUSTER, NodeId.of("stranger").value()).open(frame, 0, 1, 1_000, LOG));
        assertDropped(EngineCounter.FRAMES_STRANGERS);
        send(new ExchangeFrameEncoder(CLUSTER, NodeId.of("a").value()).open(frame, 0, 1, 1_000, LOG));
        assertDropped(EngineCounter.FRAMES_IMPOSTORS);
    }

    @Test
    void shouldTakeANamesakesWordInItsOwnNameAlone() {
        cluster.runUntilAllUp();
        final Namesake namesake = new Namesake(1, 2, 3, false, "memory:elsewhere");
        send(new IncarnationFrameEncoder(CLUSTER, B).namesake(frame, namesake));
        assertDropped(EngineCounter.FRAMES_STRANGERS);
        send(new IncarnationFrameEncoder(NameHash.ofCluster("other"), B).namesake(frame, namesake));
        assertDropped(EngineCounter.FRAMES_FOREIGN);
        assertEquals(0, a.count(EngineCounter.FRAMES_IMPOSTORS));
    }

    @Test
    void shouldDropMessagesOfAMemberUntilItHasGreeted() {
        cluster.nodes.set(1, null);
        send(gossip(CLUSTER, B, LOG, 24, "x"));
        assertDropped(EngineCounter.FRAMES_UNGREETED);
        greet();
        send(gossip(CLUSTER, B, LOG, 24, "y"));
        assertEquals(List.of("y"), a.log().delivered);
    }

    @Test
    void shouldDropWhatComesInAPeersNameOnAnotherSession() {
        cluster.runUntilAllUp();
        cluster.pipe(0, 1).isFrozen = true;
        sendElsewhere(gossip(CLUSTER, B, LOG, 24, "forged"));
        sendElsewhere(new LinkFrameEncoder(CLUSTER, B).heartbeat(frame, 0, 1));
        sendElsewhere(new LinkFrameEncoder(CLUSTER, B).goodbye(frame, 0, 1));
        assertEquals(List.of(), a.log().delivered);
        assertEquals(List.of("b up 1"), a.peerEvents);
        assertEquals(3, a.count(EngineCounter.FRAMES_OTHER_SESSION));
    }

    @Test
    void shouldKeepALinkWhateverIsGreetedInThePeersName() {
        cluster.runUntilAllUp();
        for (int i = 0; i < 1_000; i++) {
            cluster.nowNs += TestNode.MS;
            sendElsewhere(greeting(1 + i % 3, i));
            cluster.run(1);
        }
        cluster.run(1_000);
        assertEquals(List.of("b up 1"), a.peerEvents);
        assertEquals(List.of("a up 1"), cluster.node(1).peerEvents);
        assertEquals(1_000, a.count(EngineCounter.GREETINGS_UNPROVEN));
        a.broadcast("still there");
        cluster.run(10);
        assertEquals(List.of("still there"), cluster.node(1).log().delivered);
    }

    @Test
    void shouldAskWhetherAnotherSessionIsThePeersOnlyNowAndThen() {
        cluster.runUntilAllUp();
        cluster.pipe(0, 1).isFrozen = true;
        final int before = cluster.pipe(0, 1).size();
        for (int i = 0; i < 100; i++) {
            sendElsewhere(greeting(2, 0));
        }
        final int afterOne = cluster.pipe(0, 1).size();
        assertTrue(afterOne > before && afterOne < before + 2 * LinkFrameEncoder.MAX_GREETING_LENGTH / 10);
        cluster.nowNs += 100 * TestNode.MS;
        sendElsewhere(greeting(2, 0));
        assertTrue(cluster.pipe(0, 1).size() > afterOne);
    }

    @Test
    void shouldTakeInAPeersNextRunOnAnotherSessionOnceItHasAnsweredWhereItListens() {
        cluster.runUntilAllUp();
        cluster.nodes.set(1, null);
        sendElsewhere(greeting(2, 0));
        assertEquals(List.of("b up 1"), a.peerEvents);
        sendElsewhere(greeting(2, nonceOfA(cluster)));
        assertEquals(List.of("b up 1", "b down RESTARTED", "b up 2"), a.peerEvents);
        sendElsewhere(gossip(CLUSTER, B, LOG, 24, "next run"));
        send(gossip(CLUSTER, B, LOG, 24, "former run"));
        assertEquals(List.of("next run"), a.log().delivered);
    }

    @Test
    void shouldTakeALinkForInterruptedWhoseStreamGoesOnAsAnother() {
        cluster.runUntilAllUp();
        cluster.run(1_000);
        cluster.pipe(0, 1).isFrozen = true;
        sendElsewhere(gossip(CLUSTER, B, LOG, 24, "not yet known"));
        sendElsewhere(greeting(1, nonceOfA(cluster)));
        assertEquals(List.of("b up 1", "b down RESET"), a.peerEvents);
        assertEquals(1, a.count(EngineCounter.LINKS_RESET));
    }

    @Test
    void shouldDropMessagesOfAMemberThatHasSaidGoodbye() {
        cluster.nodes.set(1, null);
        greet();
        send(new LinkFrameEncoder(CLUSTER, B).goodbye(frame, 0, 1));
        send(gossip(CLUSTER, B, LOG, 24, "x"));
        assertDropped(EngineCounter.FRAMES_UNGREETED);
    }

    @Test
    void shouldTakeInWhatAPeerSendsThatDoesNotKnowThatTheLinkIsDown() {
        cluster.runUntilAllUp();
        cluster.pipe(0, 1).isCut = true;
        cluster.run(20);
        assertTrue(a.agent.inspection().connectedPeers().isEmpty());
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
        final int length = new GossipFrameEncoder(CLUSTER, B).quench(frame, 0, NodeId.of("c").value(), LOG);
        assertEquals(0, three.pipe(1, 0).send(frame, 0, length, null, 0, 0));
        three.run(100);
        assertEquals(1, three.node(0).count("protocol.quenches"));
        assertEquals(1, three.node(2).count("protocol.quenches.received"));
    }

    @Test
    void shouldDropAQuenchOfAHandlerThatIsNotHere() {
        cluster.runUntilAllUp();
        final int unknown = NameHash.ofHandler("unknown");
        send(new GossipFrameEncoder(CLUSTER, B).quench(frame, 0, NodeId.of("a").value(), unknown));
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

    /** The node is dead; whoever has got the other's greeting can answer it. */
    private void greet() {
        cluster.nowNs += TestNode.MS;
        send(greeting(1, 0));
        send(greeting(1, nonceOfA(cluster)));
    }

    private int greeting(final long incarnation, final long echo) {
        return new LinkFrameEncoder(CLUSTER, B).greeting(frame, 0, new Greeting(
            NodeId.of("b"), incarnation, false, cluster.members.get(1).endpoint(), List.of(TestNode.HANDLER),
            new TreeMap<>(), new Challenge(17, echo, false)));
    }

    /** What node a has asked where node b listens. */
    private static long nonceOfA(final TestCluster cluster) {
        final long[] nonce = new long[1];
        cluster.pipe(0, 1).isFrozen = false;
        cluster.pipe(0, 1).poll((session, buffer, offset, length) -> {
            if (buffer.getShort(offset + 2) == GreetingDecoder.TEMPLATE_ID) {
                nonce[0] = buffer.getLong(
                    offset + MessageHeaderDecoder.ENCODED_LENGTH + GreetingDecoder.nonceEncodingOffset());
            }
            return true;
        }, 100);
        return nonce[0];
    }


    private int gossip(
        final long clusterHash, final long sender, final int handler, final int idLength, final String text) {
        final byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
        final int body = new GossipFrameEncoder(clusterHash, sender).gossipHead(frame, 0, sender, 0, handler);
        GossipBody.lengths(frame, body, idLength, payload.length);
        frame.setMemory(GossipBody.idOffset(body), idLength, (byte) 1);
        frame.putBytes(GossipBody.payloadOffset(body, idLength), payload);
        return GossipFrameEncoder.gossipLength(idLength, payload.length);
    }

    /** From where somebody else is. */
    private void sendElsewhere(final int length) {
        assertEquals(0, cluster.hub.pipe("memory:elsewhere", a.transport.localEndpoint())
            .send(frame, 0, length, null, 0, 0));
        a.agent.doWork(cluster.nowNs);
    }

    private void send(final int length) {
        assertEquals(0, cluster.pipe(1, 0).send(frame, 0, length, null, 0, 0));
        a.agent.doWork(cluster.nowNs);
    }
}
