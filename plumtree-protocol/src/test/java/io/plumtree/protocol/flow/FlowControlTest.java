package io.plumtree.protocol.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.protocol.Broadcast;
import io.plumtree.protocol.ControlMessage;
import io.plumtree.protocol.MessageKey;
import io.plumtree.protocol.Peers;
import io.plumtree.protocol.PlumtreeEffects;
import io.plumtree.protocol.options.PlumtreeOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Peer 0 is eager, peer 1 is lazy, peer 2 is the root 20, and sends; a peer may owe eight messages. */
class FlowControlTest {
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long SELF = 100;
    private static final long ROOT = 20;
    private static final int CHANNEL = 3;
    private static final int SENDER = 2;

    private final PlumtreeOptions options = new PlumtreeOptions();
    private final List<String> effects = new ArrayList<>();
    private final Set<Integer> full = new HashSet<>();
    private final int[] owed = new int[3];
    private final TreeLinks tree = new Links();
    private int position;
    private FlowControl flow;

    private void start() {
        options.flowControl().maxOutstandingPerPeer(8).congestionBudgetNs(50 * MS);
        flow = FlowControl.of(SELF, CHANNEL, options, new Recorder(), counter -> effects.add(counter.name()),
            new Lookup(), new Owed(), 0);
    }

    private void owes(final int peer, final int count) {
        owed[peer] = count;
        position = Math.max(position, count);
    }

    private void expect(final String... expected) {
        assertEquals(List.of(expected), effects);
        effects.clear();
    }

    private boolean isBroadcast(final long nowMs) {
        flow.update(nowMs * MS);
        if (!flow.mayBroadcast()) {
            return false;
        }
        if (flow.mayPush(tree, nowMs * MS)) {
            flow.onPushFree(tree, nowMs * MS);
            flow.onBroadcast(1, nowMs * MS);
            return true;
        }
        flow.onPushHeldBack(tree, nowMs * MS);
        return false;
    }

    private boolean isRelayed(final long nowMs) {
        if (flow.mayRelay(tree, SENDER, ROOT, nowMs * MS)) {
            flow.onRelayFree(tree, SENDER, ROOT, nowMs * MS);
            return true;
        }
        flow.onRelayHeldBack(tree, SENDER, ROOT, nowMs * MS);
        if (flow.mayPass(SENDER, nowMs * MS)) {
            flow.onPassed(tree, SENDER, ROOT, 5, nowMs * MS);
            return true;
        }
        return false;
    }

    /** All answers at one time, from {@code 0} for no to {@code 1} for yes. */
    private String answers(final long nowMs) {
        final StringBuilder answers = new StringBuilder();
        answers.append(flow.mayBroadcast() ? 1 : 0).append(flow.mayPush(tree, nowMs * MS) ? 1 : 0)
            .append(flow.mayRelay(tree, SENDER, ROOT, nowMs * MS) ? 1 : 0);
        for (int peer = 0; peer < owed.length; peer++) {
            answers.append(flow.mayPass(peer, nowMs * MS) ? 1 : 0).append(flow.isWaiting(peer, nowMs * MS) ? 1 : 0)
                .append(flow.isHolding(peer) ? 1 : 0).append(flow.isLagging(peer, nowMs * MS) ? 1 : 0);
        }
        return answers.toString();
    }

    // ---- ours

    @Test
    void shouldTellTheLinkThatSomethingWaitsForIt() {
        start();
        assertTrue(isBroadcast(0));
        assertTrue(isRelayed(0));
        expect();
        full.add(0);
        assertFalse(isBroadcast(1));
        expect("held back 0 by a broadcast");
        assertFalse(isRelayed(1));
        expect("held back 0 by a relay");
        full.clear();
        full.add(1);
        assertTrue(isBroadcast(2), "nothing is pushed to a lazy peer");
        full.clear();
        full.add(SENDER);
        assertTrue(isRelayed(2), "nothing goes back to who sent it");
        expect();
    }

    @Test
    void shouldLetARelayPassThatHasWaitedAndTellItsRoot() {
        start();
        full.add(0);
        assertFalse(isRelayed(0));
        assertTrue(flow.isWaiting(SENDER, 19 * MS));
        assertFalse(isRelayed(19));
        effects.clear();
        assertTrue(isRelayed(20));
        expect("held back 0 by a relay", "RELAYS_PASSED", "quench 2 root 20 handler 5", "QUENCHES");
        assertTrue(isRelayed(29));
        expect("held back 0 by a relay", "RELAYS_PASSED");
        full.clear();
        assertTrue(isRelayed(30));
        assertFalse(flow.isWaiting(SENDER, 30 * MS));
        full.add(0);
        assertFalse(isRelayed(31), "it waits anew");
        flow.onLinkDown(SENDER);
        assertFalse(flow.isWaiting(SENDER, 32 * MS));
    }

    @Test
    void shouldWaitForAPeerThatIsBehindUntilItsBudgetIsSpent() {
        start();
        owes(1, 5);
        assertTrue(isBroadcast(0));
        owes(1, 6);
        assertFalse(isBroadcast(1));
        assertTrue(flow.isHolding(1));
        assertFalse(isRelayed(2));
        owes(1, 4);
        assertFalse(isBroadcast(50), "it gets on");
        assertFalse(isBroadcast(99));
        expect();
        assertTrue(isBroadcast(100));
        expect("CONGESTION_BUDGETS_SPENT");
        assertTrue(flow.isLagging(1, 100 * MS));
        assertFalse(flow.isHolding(1));
        owes(1, 3);
        assertTrue(isBroadcast(101));
        owes(1, 6);
        assertFalse(isBroadcast(102), "it has a new budget, since it had caught up");
        flow.onPeerRemoved(1);
        assertFalse(flow.isHolding(1));
    }

    @Test
    void shouldBroadcastLessOnceTold() {
        start();
        assertTrue(isBroadcast(0));
        assertTrue(isBroadcast(0));
        flow.onQuench(tree, 0, SELF, 5, 0);
        expect("QUENCHES_RECEIVED");
        assertFalse(isBroadcast(0));
        assertFalse(isBroadcast(9));
        assertTrue(isBroadcast(10));
        flow.onQuench(tree, 0, ROOT, 5, 11 * MS);
        expect("QUENCHES_RECEIVED", "quench 2 root 20 handler 5", "QUENCHES");
    }

    @Test
    void shouldOnlyAnswerWhenAsked() {
        start();
        final List<Runnable> steps = List.of(
            () -> full.add(0),
            () -> effects.add("" + isBroadcast(1)),
            () -> effects.add("" + isRelayed(2)),
            () -> effects.add("" + isRelayed(30)),
            full::clear,
            () -> owes(1, 7),
            () -> effects.add("" + isBroadcast(31)),
            () -> owes(1, 5),
            () -> effects.add("" + isRelayed(32)),
            () -> flow.onQuench(tree, 0, SELF, 5, 33 * MS),
            () -> effects.add("" + isBroadcast(60)),
            () -> effects.add("" + isBroadcast(90)),
            () -> owes(1, 0),
            () -> effects.add("" + isBroadcast(100)));
        final List<String> unasked = run(steps, false);
        effects.clear();
        full.clear();
        owes(1, 0);
        position = 0;
        start();
        assertEquals(unasked, run(steps, true));
    }

    private List<String> run(final List<Runnable> steps, final boolean isAsked) {
        final List<String> seen = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            if (isAsked) {
                final String now = answers(i * 8);
                answers(1_000_000);
                assertEquals(now, answers(i * 8), "before step " + i);
            }
            steps.get(i).run();
            seen.add(effects.toString());
        }
        seen.add(answers(steps.size() * 8));
        return seen;
    }

    // ---- the reference's

    @Test
    void shouldNeverWaitWithoutFlowControl() {
        options.flowControl().enabled(false);
        start();
        full.add(0);
        owes(1, 100);
        for (int i = 0; i < 1_000; i++) {
            assertTrue(isBroadcast(0));
            assertTrue(isRelayed(i));
        }
        expect();
        flow.onQuench(tree, 0, SELF, 5, 0);
        flow.onQuench(tree, 0, ROOT, 5, 0);
        expect("QUENCHES_RECEIVED", "QUENCHES_RECEIVED");
        assertTrue(isBroadcast(0));
        flow.onExchangeNeeded(1);
        flow.onExchanged(1, true, 0);
        flow.onLinkDown(1);
        flow.onLinkUp(1);
        flow.onPeerRemoved(1);
        assertEquals("111100010001000", answers(0));
        expect();
    }

    private final class Recorder implements PlumtreeEffects {
        @Override
        public boolean isWritable(final int peer, final int channel) {
            assertEquals(CHANNEL, channel);
            return !full.contains(peer);
        }

        @Override
        public boolean isAdmissible(final int peer, final int channel) {
            assertEquals(CHANNEL, channel);
            return !full.contains(peer);
        }

        @Override
        public void onHeldBack(final int peer, final int channel, final boolean isRelay) {
            assertEquals(CHANNEL, channel);
            effects.add("held back " + peer + " by a " + (isRelay ? "relay" : "broadcast"));
        }

        @Override
        public boolean sendQuench(final int peer, final long root, final int handler) {
            return effects.add("quench " + peer + " root " + root + " handler " + handler);
        }

        @Override
        public int merge(final Broadcast broadcast) {
            throw new AssertionError();
        }

        @Override
        public int isStale(final MessageKey key) {
            throw new AssertionError();
        }

        @Override
        public int graft(final int peer, final MessageKey key) {
            throw new AssertionError();
        }

        @Override
        public boolean sendGossip(final int peer, final int round, final Broadcast broadcast) {
            throw new AssertionError();
        }

        @Override
        public boolean sendControl(final ControlMessage type, final int peer, final MessageKey key) {
            throw new AssertionError();
        }

        @Override
        public void onExchangeNeeded(final int peer) {
            throw new AssertionError();
        }
    }

    private static final class Links implements TreeLinks {
        @Override
        public int index() {
            return 0;
        }

        @Override
        public int parent() {
            return SENDER;
        }

        @Override
        public int words() {
            return 1;
        }

        @Override
        public long eagerWord(final int word) {
            return 0b101;
        }

        @Override
        public long lazyWord(final int word) {
            return 0b010;
        }
    }

    private static final class Lookup implements PeerLookup {
        @Override
        public int indexOf(final long id) {
            return id == ROOT ? SENDER : Peers.NO_PEER;
        }

        @Override
        public boolean isConnected(final int peer) {
            return true;
        }
    }

    private final class Owed implements Backlog {
        @Override
        public int count(final int peer) {
            return owed[peer];
        }

        @Override
        public int oldestPosition(final int peer) {
            return position - owed[peer];
        }

        @Override
        public int streamPosition() {
            return position;
        }
    }
}
