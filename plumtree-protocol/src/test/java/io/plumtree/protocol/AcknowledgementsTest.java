package io.plumtree.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Acknowledgements that wait for company. */
class AcknowledgementsTest extends PlumtreeFixture {
    AcknowledgementsTest() {
        options.sharedTreeMessages(0).reannounceIntervalNs(200 * MS).acknowledgementDelayNs(50 * MS);
    }

    @Test
    void shouldAcknowledgeSeveralMessagesAtTheTickAtWhichTheFirstIsDue() {
        start(nodes(10), nodes());
        gossip(0, 1, 0, 10);
        ihave(1, 1, 3, 10);
        pass(40);
        gossip(0, 2, 0, 10);
        ihave(1, 2, 4, 10);
        lazyTick();
        expect();
        assertEquals(2, plumtree.pendingAcknowledgementCount());
        assertEquals(10 * MS, plumtree.lazyTickWaitNs(nowNs));
        pass(10);
        lazyTick();
        expect("ack 1 m1 r3 root 10", "ack 1 m2 r4 root 10");
        lazyTick();
        expect();
        assertEquals(0, plumtree.pendingAcknowledgementCount());
    }

    @Test
    void shouldNotAcknowledgeToWhomItHasAnnouncedTheMessageItself() {
        start(nodes(10), nodes(20));
        gossip(0, 1, 0, 10);
        lazyTick();
        expect("ihave 1 m1 r1 root 10");
        ihave(1, 1, 3, 10);
        pass(60);
        lazyTick();
        expect();
        // Ours was lost, so the peer announces again.
        ihave(1, 1, 3, 10);
        pass(60);
        lazyTick();
        expect("ack 1 m1 r3 root 10");
    }

    @Test
    void shouldAcknowledgeAtOnceWhatItDoesNotRemember() {
        options.recentMessages(0);
        start(nodes(10), nodes());
        gossip(0, 1, 0, 10);
        ihave(1, 1, 3, 10);
        expect("ack 1 m1 r3 root 10");
    }

    @Test
    void shouldAcknowledgeAtOnceWhatFindsNoRoom() {
        options.maxAnnounced(2).recentMessages(1);
        options.flowControl().maxOutstanding(2).maxOutstandingPerPeer(2);
        start(nodes(10), nodes());
        gossip(0, 1, 0, 10);
        ihave(1, 1, 3, 10);
        ihave(2, 1, 3, 10);
        expect();
        ihave(3, 1, 3, 10);
        expect("ack 3 m1 r3 root 10");
    }

    @Test
    void shouldForgetTheAcknowledgementsToAMemberThatIsGone() {
        start(nodes(10), nodes());
        gossip(0, 1, 0, 10);
        ihave(1, 1, 3, 10);
        ihave(2, 1, 3, 10);
        plumtree.update(Arrays.stream(MEMBERS).filter(member -> member != 20).toArray(), nowNs);
        pass(60);
        lazyTick();
        expect("ack 2 m1 r3 root 10");
    }

    @Test
    void shouldWaitNoLongerThanHalfOfTheIntervalInWhichAnnouncementsAreRepeated() {
        options.reannounceIntervalNs(20 * MS);
        start(nodes(10), nodes());
        gossip(0, 1, 0, 10);
        ihave(1, 1, 3, 10);
        pass(10);
        lazyTick();
        expect("ack 1 m1 r3 root 10");
    }
}
