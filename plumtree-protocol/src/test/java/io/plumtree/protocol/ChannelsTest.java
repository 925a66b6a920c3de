package io.plumtree.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.protocol.options.FlowControlOptions;
import io.plumtree.protocol.options.GraftOptions;
import io.plumtree.protocol.options.PlumtreeOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Handlers on two channels: 0 and 2 on the first, 1 on the second. */
class ChannelsTest {
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long SELF = 100;
    private static final int[] CHANNELS = {0, 1, 0};

    private final RecordingEffects effects = new RecordingEffects();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
    private final PlumtreeOptions options = new PlumtreeOptions()
        .flowControl(new FlowControlOptions().maxOutstandingPerPeer(8))
        .grafts(new GraftOptions().maxMissing(4).maxGrafts(2).graftTimeoutNs(100 * MS).adaptiveGraft(false))
        .maxAnnouncementsPerTick(4).maxAnnounced(8)
        .recentMessages(4)
        .sharedTreeMessages(0);
    private long nowNs;
    private Plumtree plumtree;

    /** Peer 0 is eager, peer 1 lazy. */
    @BeforeEach
    void start() {
        plumtree = new Plumtree(SELF, options, effects, CHANNELS, nowNs);
        plumtree.start(new long[]{10, 20}, new long[]{10}, new long[]{20});
        plumtree.onLinkUp(0, nowNs);
        plumtree.onLinkUp(1, nowNs);
    }

    private void broadcast(final int handler, final long id) {
        effects.stored.add(id);
        buffer.putLong(0, id);
        plumtree.onBroadcast(Messages.broadcast(0, 0, handler, buffer, 8, 4), nowNs);
    }

    private void broadcast(final int handler, final long firstId, final int count) {
        for (int i = 0; i < count; i++) {
            broadcast(handler, firstId + i);
        }
    }

    private boolean gossip(final int handler, final int from, final long id) {
        buffer.putLong(0, id);
        return plumtree.onGossip(from, Messages.broadcast(20, 0, handler, buffer, 8, 4), nowNs);
    }

    private void announced(final int handler, final int from, final long id) {
        buffer.putLong(0, id);
        plumtree.onControl(ControlMessage.I_HAVE, from, Messages.key(10, 0, handler, buffer, 8), nowNs);
    }

    @Test
    void shouldAskForRoomOnTheHandlersOwnChannel() {
        effects.blockedChannels.add(1);
        assertFalse(plumtree.onBroadcastDue(1, nowNs));
        assertFalse(gossip(1, 1, 1));
        for (final int handler : new int[]{0, 2}) {
            assertTrue(plumtree.onBroadcastDue(handler, nowNs));
            assertTrue(gossip(handler, 1, 2 + handler));
        }
    }

    @Test
    void shouldHoldBackOnlyTheChannelOfWhatIsNotAcknowledged() {
        broadcast(1, 1, 7);
        assertFalse(plumtree.onBroadcastDue(1, nowNs));
        assertTrue(plumtree.onBroadcastDue(0, nowNs));
        broadcast(2, 11, 7);
        assertFalse(plumtree.onBroadcastDue(0, nowNs), "handlers of one channel share what it has");
        assertEquals(14, plumtree.outstandingCount(1));
        assertEquals(14, plumtree.outstandingCount());
    }

    @Test
    void shouldAnnounceOfEachChannelAsMuchAsATickAllows() {
        broadcast(1, 1, 7);
        broadcast(0, 11, 7);
        effects.take();
        assertEquals(8, plumtree.onLazyTick(nowNs));
        final List<String> taken = effects.take();
        for (int i = 0; i < 4; i++) {
            assertTrue(taken.contains("ihave 1 m" + (1 + i) + " r0 root 100"), taken::toString);
            assertTrue(taken.contains("ihave 1 m" + (11 + i) + " r0 root 100"), taken::toString);
        }
    }

    @Test
    void shouldGraftWhateverIsAskedForOnAnotherChannel() {
        for (int i = 0; i < 5; i++) {
            announced(1, 0, 1 + i);
        }
        assertEquals(1, plumtree.counter(ProtocolCounter.MISSING_OVERFLOWS));
        announced(0, 0, 11);
        assertEquals(5, plumtree.missingCount());
        assertTrue(plumtree.hasTimers());
        assertEquals(100 * MS, plumtree.timerDeadlineNs());
        nowNs += 150 * MS;
        plumtree.onTimers(nowNs);
        final List<String> taken = effects.take();
        assertEquals(2, plumtree.counter(ProtocolCounter.GRAFTS_QUEUED), "of the channel that has four");
        assertTrue(taken.contains("graft 0 m11 r0 root 10"), taken::toString);
    }

    @Test
    void shouldAnnounceWhatWasRecentOnAChannelThatIsBack() {
        broadcast(0, 1);
        broadcast(1, 2);
        effects.take();
        plumtree.onChannelUp(0, 1, nowNs);
        plumtree.onLazyTick(nowNs);
        assertEquals(
            List.of("ihave 0 m2 r0 root 100"),
            effects.take().stream().filter(effect -> effect.startsWith("ihave 0")).toList());
    }

    @Test
    void shouldForgetAMemberOnAllChannels() {
        broadcast(0, 1);
        broadcast(1, 2);
        assertEquals(2, plumtree.outstandingCount(1));
        announced(1, 1, 3);
        plumtree.update(new long[]{10}, nowNs);
        assertEquals(0, plumtree.missingCount());
        assertEquals(0, plumtree.outstandingCount(1));
    }
}
