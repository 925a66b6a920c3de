package io.plumtree.handlers.heartbeat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.NodeId;
import io.plumtree.handlers.spi.GraftResult;
import io.plumtree.handlers.spi.MalformedMessageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeartbeatsTest {
    private static final NodeId OTHER = NodeId.of("other");

    private final Fixture fixture = new Fixture();

    private GraftResult graft(final long epoch, final long sequence) {
        return fixture.node.graft(Fixture.heartbeat("other", epoch, sequence).id());
    }

    @Test
    void shouldTellWhenItLastHeardOfANode() {
        assertNull(fixture.heartbeats.lastHeard(OTHER));
        assertEquals(Map.of(), fixture.heartbeats.snapshot());
        fixture.advanceS(5);
        fixture.merge("other", 7, 1);
        final long heardNs = fixture.node.nowNs();
        fixture.advanceS(5);
        final LastHeard expected = new LastHeard(OTHER, 7, 1, heardNs);
        assertEquals(expected, fixture.heartbeats.lastHeard(OTHER));
        assertEquals(Map.of(OTHER, expected), fixture.heartbeats.snapshot());
        fixture.merge("other", 7, 2);
        assertEquals(new LastHeard(OTHER, 7, 2, fixture.node.nowNs()), fixture.heartbeats.lastHeard(OTHER));
    }

    @Test
    void shouldAnswerBeforeItIsStarted() {
        assertNull(new Heartbeats().lastHeard(OTHER));
        assertEquals(Map.of(), new Heartbeats().snapshot());
    }

    @Test
    void shouldNotTakeALateHeartbeatForASignOfLife() {
        fixture.merge("other", 7, 5);
        final LastHeard latest = fixture.heartbeats.lastHeard(OTHER);
        fixture.advanceS(60);
        assertTrue(fixture.merge("other", 7, 4));
        assertEquals(latest, fixture.heartbeats.lastHeard(OTHER));
    }

    @Test
    void shouldTakeALaterEpochForANewRunAndAnEarlierOneForStale() {
        fixture.merge("other", 7, 5);
        fixture.node.confirm(OTHER, 8);
        assertTrue(fixture.merge("other", 8, 1));
        assertEquals("8/1", fixture.lastHeard("other"));
        assertFalse(fixture.merge("other", 7, 6));
        assertFalse(fixture.merge("other", 8, 1));
        assertEquals(1, fixture.node.counter("superseded"));
        assertEquals(1, fixture.node.counter("duplicates"));
        assertEquals(2, fixture.node.counter("received"));
    }

    @Test
    void shouldGraftWhatItHasSeenInTheLatestEpoch() {
        assertEquals(GraftResult.UNKNOWN, graft(7, 5));
        fixture.node.confirm(OTHER, 7);
        fixture.merge("other", 7, 5);
        assertEquals(GraftResult.PAYLOAD, graft(7, 5));
        assertArrayEquals("other".getBytes(), fixture.node.grafted());
        assertEquals(GraftResult.UNKNOWN, graft(7, 4));
        assertEquals(GraftResult.STALE, graft(6, 5));
        assertEquals(GraftResult.UNKNOWN, graft(8, 5));
    }

    @Test
    void shouldTellAListenerOfTheLatestHeartbeatsOfOthers() {
        final List<String> told = new ArrayList<>();
        final Fixture beating = new Fixture("enabled", "true");
        beating.heartbeats.listener((node, epoch, sequence) -> told.add(node + " " + epoch + "/" + sequence));
        beating.advanceS(10);
        beating.merge("other", 7, 2);
        beating.merge("other", 7, 2);
        beating.merge("other", 7, 1);
        beating.merge("third", 1, 1);
        beating.heartbeats.listener(null);
        beating.merge("other", 7, 3);
        assertEquals(List.of("other 7/2", "third 1/1"), told);
    }

    @Test
    void shouldGoOnWhenTheListenerThrows() {
        fixture.heartbeats.listener((node, epoch, sequence) -> {
            throw new IllegalStateException("broken listener");
        });
        assertTrue(fixture.merge("other", 7, 1));
        assertEquals(1, fixture.node.counter("listener-errors"));
        assertEquals("broken listener", fixture.node.errors().get(0).getMessage());
        assertEquals("7/1", fixture.lastHeard("other"));
    }

    @Test
    void shouldIgnoreNewNodesWhileAllThatItRemembersAreAlive() {
        final Fixture small = new Fixture("nodes", "2", "quiet", "60s");
        small.merge("one", 1, 1);
        small.merge("two", 1, 1);
        small.advanceS(60);
        assertTrue(small.node.isStale(Fixture.heartbeat("three", 1, 1).id()));
        assertFalse(small.merge("three", 1, 1));
        assertEquals(1, small.node.counter("nodes-refused"));
        assertNull(small.lastHeard("three"));
    }

    @Test
    void shouldForgetTheNodeThatWasQuietTheLongestForANewOne() {
        final Fixture small = new Fixture("nodes", "2", "quiet", "60s");
        small.merge("one", 1, 1);
        small.advanceS(1);
        small.merge("two", 1, 1);
        small.merge("one", 1, 2);
        small.advanceS(61);
        assertFalse(small.node.isStale(Fixture.heartbeat("three", 1, 1).id()));
        assertTrue(small.merge("three", 1, 1));
        assertEquals(1, small.node.counter("nodes-evicted"));
        assertEquals(1, small.heartbeats.snapshot().keySet().stream().filter(NodeId.of("one")::equals).count());
        assertNull(small.lastHeard("two"));
        assertEquals(2, small.heartbeats.snapshot().size());
    }

    @Test
    void shouldTakeWhatIsMissingInTheOldestHoleForSeenWhenThereAreTooMany() {
        final Fixture small = new Fixture("intervals", "2");
        small.merge("other", 1, 1);
        small.merge("other", 1, 4);
        assertEquals(0, small.node.counter("sequences-coalesced"));
        small.merge("other", 1, 7);
        assertEquals(2, small.node.counter("sequences-coalesced"));
        assertFalse(small.merge("other", 1, 2));
        assertTrue(small.merge("other", 1, 5));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 1, other, origin is 0",
        "-1, 0, 1, other, epoch must be 1 to 281474976710656: 0",
        "-1, -5, 1, other, epoch must be 1 to 281474976710656: -5",
        "-1, 1, 0, other, sequence must be 1 to 9223372036854775806: 0",
        "-1, 1, -1, other, sequence must be 1 to 9223372036854775806: -1",
        "-1, 1, 9223372036854775807, other, sequence must be 1 to 9223372036854775806: 9223372036854775807",
        "5, 1, 1, other, payload of 5 bytes is not the name of a node with the value 5",
        "-1, 1, 1, '', payload of 0 bytes is not the name",
        "-1, 1, 1, 'oth r', payload of 5 bytes is not the name",
        "-1, 1, 1, otherother, payload of 10 bytes is not the name",
        "-1, 1, 1, 12345678901234567890123456789012345678901234567890123456789012345, payload of 65 bytes is not",
    })
    void shouldRefuseAHeartbeat(
        final long origin, final long epoch, final long sequence, final String name, final String words) {
        final long value = origin == -1 ? OTHER.value() : origin;
        final MalformedMessageException e = assertThrows(
            MalformedMessageException.class,
            () -> fixture.node.merge(Fixture.heartbeat(value, epoch, sequence, name)));
        assertTrue(e.getMessage().contains(words), e.getMessage());
        assertEquals(Map.of(), fixture.heartbeats.snapshot());
    }

    @Test
    void shouldRefuseAnotherNameForANodeThatItKnows() {
        fixture.merge("other", 1, 1);
        final MalformedMessageException e = assertThrows(
            MalformedMessageException.class,
            () -> fixture.node.merge(Fixture.heartbeat(OTHER.value(), 1, 2, "othes")));
        assertEquals("heartbeat's payload of 5 bytes is not the name of other", e.getMessage());
        assertEquals("1/1", fixture.lastHeard("other"));
    }
}
