package io.plumtree.engine.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.DownReason;
import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.engine.codec.Greeting;
import io.plumtree.engine.codec.LinkFrameEncoder;
import io.plumtree.engine.codec.NameHash;
import io.plumtree.engine.counting.EngineCounter;
import io.plumtree.engine.settings.Incarnation;
import java.util.List;
import java.util.Locale;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LinkMonitorTest {
    private final TestCluster cluster = new TestCluster(2);
    private final TestNode a = cluster.node(0);

    @Test
    void shouldComeUpOnceGreetedOverAConnectedLink() {
        assertTrue(cluster.runUntilAllUp());
        assertEquals(List.of("b up 1"), a.peerEvents);
        assertEquals(1, a.count(EngineCounter.LINKS_UP));
    }

    @Test
    void shouldStayDownWhileNobodyGreets() {
        cluster.pipe(1, 0).isLossy = true;
        cluster.run(3_000);
        assertTrue(a.agent.inspection().connectedPeers().isEmpty());
        cluster.pipe(1, 0).isLossy = false;
        assertTrue(cluster.runUntilAllUp());
    }

    @Test
    void shouldGoDownWhenAPeerIsSilentForTheTimeout() {
        cluster.runUntilAllUp();
        cluster.pipe(1, 0).isLossy = true;
        cluster.run(750);
        assertEquals(1, a.agent.inspection().connectedPeers().size());
        cluster.run(170);
        assertEquals(0, a.agent.inspection().connectedPeers().size());
        assertEquals(List.of("b up 1", "b down SILENT"), a.peerEvents);
        assertEquals(1, a.count(EngineCounter.LINKS_SILENT));
    }

    @Test
    void shouldTellAPeerThatDidNotNoticeThatTheLinkWentAndCame() {
        cluster.runUntilAllUp();
        cluster.run(1_000);
        cluster.pipe(1, 0).isLossy = true;
        cluster.run(1_000);
        assertEquals(1, cluster.node(1).agent.inspection().connectedPeers().size());
        cluster.pipe(1, 0).isLossy = false;
        assertTrue(cluster.runUntilAllUp());
        cluster.run(200);
        assertEquals(List.of("a up 1", "a down RESET", "a up 1"), cluster.node(1).peerEvents);
        assertEquals(1, cluster.node(1).count(EngineCounter.LINKS_RESET));
    }

    @Test
    void shouldGoDownAtTheSecondCheckWhenTheTransportLosesTheConnection() {
        cluster.runUntilAllUp();
        cluster.cut(0, 1, true);
        cluster.run(21);
        assertEquals(List.of("b up 1", "b down DISCONNECTED"), a.peerEvents);
        assertEquals(1, a.count(EngineCounter.LINKS_DISCONNECTED));
        cluster.cut(0, 1, false);
        assertTrue(cluster.runUntilAllUp());
    }

    @Test
    void shouldSeeARestartThatTheTransportDoesNotSee() {
        cluster.runUntilAllUp();
        cluster.restart(1, 2);
        cluster.run(50);
        assertEquals(List.of("b up 1", "b down RESTARTED", "b up 2"), a.peerEvents);
        assertEquals(1, a.count(EngineCounter.LINKS_RESTARTED));
        assertEquals(0, a.count(EngineCounter.LINKS_DISCONNECTED));
    }

    @Test
    void shouldIgnoreAnEarlierRunOfThePeer() {
        cluster.restart(1, 5);
        cluster.runUntilAllUp();
        sendGreeting(4);
        cluster.run(20);
        assertEquals(1, a.count(EngineCounter.STALE_INCARNATIONS));
        assertEquals(List.of("b up 5"), a.peerEvents);
    }

    @Test
    void shouldLetInWhoCannotGoAboveItsEarlierRunAfterATime() {
        cluster.restart(1, Incarnation.MAX);
        cluster.runUntilAllUp();
        cluster.kill(1);
        cluster.run(1_000);
        cluster.restart(1, 4);
        cluster.run(5_000);
        assertTrue(a.agent.inspection().connectedPeers().isEmpty());
        cluster.run(5_000);
        assertEquals(List.of("b up " + Incarnation.MAX, "b down DISCONNECTED", "b up 4"), a.peerEvents);
    }

    @Test
    void shouldSeeAGoodbyeAsOne() {
        cluster.runUntilAllUp();
        cluster.node(1).agent.onClose();
        cluster.nodes.set(1, null);
        cluster.run(2);
        assertEquals(List.of("b up 1", "b down GOODBYE"), a.peerEvents);
        assertEquals(1, a.count(EngineCounter.LINKS_GOODBYES));
        assertEquals(1, a.count(EngineCounter.LINKS_DOWN));
    }

    @Test
    void shouldSeeAGoodbyeAsOneThatComesAfterTheEndOfItsOwnStream() {
        cluster.runUntilAllUp();
        cluster.pipe(0, 1).isCut = true;
        sendGreeting(1);
        a.agent.doWork(cluster.nowNs += 10 * TestNode.MS);
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[LinkFrameEncoder.HEARTBEAT_LENGTH]);
        new LinkFrameEncoder(NameHash.ofCluster("test"), NodeId.of("b").value()).goodbye(frame, 0, 1);
        cluster.pipe(1, 0).send(frame, 0, frame.capacity(), null, 0, 0);
        a.agent.doWork(cluster.nowNs += 10 * TestNode.MS);
        assertEquals(List.of("b up 1", "b down GOODBYE"), a.peerEvents);
        assertEquals(0, a.count(EngineCounter.LINKS_DISCONNECTED));
    }

    @Test
    void shouldNotBlamePeersForAStallOfItsOwn() {
        cluster.runUntilAllUp();
        cluster.nowNs += 5_000 * TestNode.MS;
        a.agent.doWork(cluster.nowNs);
        assertEquals(1, a.agent.inspection().connectedPeers().size());
        assertEquals(1, a.count(EngineCounter.STALLS));
        assertEquals(5_000 * TestNode.MS, a.count(EngineCounter.MAX_CYCLE_NS));
    }

    @Test
    void shouldGoOnWhenThePeerListenerThrows() {
        a.observerFailure = new IllegalStateException("on purpose");
        assertTrue(cluster.runUntilAllUp());
        assertEquals(1, a.count(EngineCounter.LISTENER_FAILURES));
        assertEquals(1, a.errors.size());
    }

    @ParameterizedTest
    @EnumSource
    void shouldCountEachReasonUnderItsName(final DownReason reason) {
        cluster.runUntilAllUp();
        cluster.run(1_000);
        takeDown(reason);
        assertTrue(cluster.runUntil(() -> a.count(EngineCounter.LINKS_DOWN) == 1));
        assertEquals(List.of("b up 1", "b down " + reason), a.peerEvents.subList(0, 2));
        for (final DownReason other : DownReason.values()) {
            final String label = "engine.links.down." + other.name().toLowerCase(Locale.ROOT);
            assertEquals(other == reason ? 1 : 0, a.count(label), label);
        }
    }

    private void takeDown(final DownReason reason) {
        final Member b = cluster.members.get(1);
        switch (reason) {
            case GOODBYE -> {
                cluster.node(1).agent.onClose();
                cluster.nodes.set(1, null);
            }
            case DISCONNECTED -> cluster.cut(0, 1, true);
            case SILENT -> cluster.pipe(1, 0).isLossy = true;
            case RESTARTED -> cluster.restart(1, 2);
            case RESET -> {
                cluster.pipe(0, 1).isLossy = true;
                cluster.run(1_000);
                cluster.pipe(0, 1).isLossy = false;
            }
            case REMOVED -> a.update(List.of());
            case MOVED -> a.update(List.of(new Member(b.id(), cluster.hub.nextEndpoint())));
            default -> throw new AssertionError(reason);
        }
    }

    private void sendGreeting(final long incarnation) {
        final Member b = cluster.members.get(1);
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[LinkFrameEncoder.MAX_GREETING_LENGTH]);
        final int length = new LinkFrameEncoder(NameHash.ofCluster("test"), NodeId.of("b").value()).greeting(
            frame, 0, new Greeting(b.id(), incarnation, false, b.endpoint(), List.of()));
        cluster.pipe(1, 0).send(frame, 0, length, null, 0, 0);
    }
}
