package io.plumtree.protocol.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.NodeId;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Anybody can say anything in anybody's name: what is believed of it. */
class HyParViewClaimsTest extends HyParViewFixture {
    private static final long HIGH = NodeDescriptor.MAX_INCARNATION;

    private static NodeDescriptor at(final String name, final String endpoint, final long incarnation) {
        return new NodeDescriptor(NodeId.of(name), endpoint, incarnation);
    }

    // ---- a neighbour whose link is up

    @Test
    void shouldAskANeighbourThatIsUpInPlaceOfBelievingThatItIsALaterRun() {
        start("a");
        view.onJoin(node("a", HIGH), 7, nowNs);
        expect("neighbor a low");
        reply("a", true);
        expect();
        assertEquals(List.of(node("a")), view.active());
        assertEquals(1, count(HyParViewCounter.CLAIMS));
        assertEquals(1, count(HyParViewCounter.CLAIMS_REFUTED));
    }

    @Test
    void shouldTakeTheJoinOfARestartedNeighbourInAsSoonAsThatHasAnswered() {
        start("a", "b");
        view.onJoin(node("a", 2), 7, nowNs);
        expect("neighbor a low");
        view.onNeighborReply(node("a", 2), effects.nonce("a"), true, nowNs);
        expect("down a", "up a.2", "reply a.2 7 yes", "forward b a.2 6");
        assertEquals(0, count(HyParViewCounter.CLAIMS_REFUTED));
    }

    @Test
    void shouldTakeTheRequestOfARestartedNeighbourIn() {
        start("a", "b", "c");
        view.onNeighbor(node("a", 2), 7, false, nowNs);
        expect("neighbor a low");
        view.onNeighborReply(node("a", 2), effects.nonce("a"), false, nowNs);
        expect("down a", "up a.2", "reply a.2 7 yes");
    }

    @Test
    void shouldNotTakeWhatAnotherRunAskedForThanTheOneThatAnswers() {
        start("a", "b");
        view.onJoin(node("a", 9), 7, nowNs);
        expect("neighbor a low");
        view.onNeighborReply(node("a", 2), effects.nonce("a"), true, nowNs);
        expect("down a", "up a.2");
    }

    @Test
    void shouldBelieveAnAnswerOnlyWithTheNumberOfTheQuestion() {
        start("a");
        view.onJoin(node("a", 2), 7, nowNs);
        view.onNeighborReply(node("a", 2), effects.nonce("a") + 1, true, nowNs);
        expect("neighbor a low");
        assertEquals(List.of(node("a")), view.active());
    }

    @Test
    void shouldAskAgainUntilTheTimeOfARequestIsOver() {
        start("a");
        view.onJoin(node("a", 2), 7, nowNs);
        pass(options.requestTimeoutNs());
        final List<String> asked = effects.take();
        assertEquals(Collections.nCopies(asked.size(), "neighbor a low"), asked);
        assertTrue(asked.size() > 6 && asked.size() < 10, asked.toString());
        assertEquals(List.of(node("a")), view.active());
        assertEquals(1, count(HyParViewCounter.CLAIMS_REFUTED));
        pass(options.requestTimeoutNs());
        expect();
    }

    @Test
    void shouldAskANeighbourOnceInTheTimeOfARequestHoweverManyClaimsThereAre() {
        start("a");
        for (int i = 0; i < 100; i++) {
            view.onJoin(node("a", 2 + i), 7, nowNs);
        }
        expect("neighbor a low");
        reply("a", true);
        view.onJoin(node("a", HIGH), 7, nowNs);
        expect();
        pass(options.requestTimeoutNs());
        view.onJoin(node("a", HIGH), 7, nowNs);
        expect("neighbor a low");
    }

    @Test
    void shouldAskWhateverIsSaidInTheNameOfALaterRun() {
        final NodeDescriptor later = node("a", 9);
        final List<Runnable> frames = List.of(
            () -> view.onForwardJoin(later, node("n"), 0, nowNs),
            () -> view.onForwardJoin(node("b"), later, 0, nowNs),
            () -> view.onNeighborReply(later, 99, true, nowNs),
            () -> view.onDisconnect(later, true, nowNs),
            () -> view.onShuffle(later, later, 1, List.of(), nowNs),
            () -> view.onShuffleReply(later, List.of(), nowNs),
            () -> view.onGreeted(later, 0, nowNs));
        for (final Runnable frame : frames) {
            start("a", "b");
            frame.run();
            expect("neighbor a low");
            assertEquals(List.of(node("a"), node("b")), view.active());
        }
    }

    @Test
    void shouldNotAskWhereAClaimSaysButWhereTheNeighbourIs() {
        start("a", "b");
        view.onForwardJoin(node("b"), at("a", "evil:1", 9), 0, nowNs);
        expect();
        view.onJoin(at("a", "evil:1", 9), 7, nowNs);
        expect("known a.9 1 live");
        assertActive("a", "b");
    }

    @Test
    void shouldNotTakeAnotherNodesAnswerForTheNeighbours() {
        start("a", "b");
        view.onJoin(node("a", 2), 7, nowNs);
        view.onNeighborReply(at("x", "a:1", 5), effects.nonce("a"), false, nowNs);
        expect("neighbor a low");
        assertActive("a", "b");
    }

    @Test
    void shouldFollowANeighbourThatWasRaisedWhileItWasAsked() {
        start("a");
        view.onShuffleReply(node("a", 2), List.of(), nowNs);
        expect("neighbor a low");
        view.onRaised(node("a"), 2);
        view.onNeighborReply(node("a", 2), effects.nonce("a"), true, nowNs);
        expect();
        assertEquals(List.of(node("a", 2)), view.active());
        assertEquals(0, count(HyParViewCounter.CLAIMS_REFUTED));
    }

    // ---- neighbours whose links are not up

    @Test
    void shouldTakeANodesOwnWordForANeighbourWhoseLinkIsNotUp() {
        start("b");
        view.onJoin(node("a", HIGH), 7, nowNs);
        effects.take();
        view.onJoin(node("a"), 8, nowNs);
        expect("down a.281474976710656", "up a", "reply a 8 yes");
        view.onJoin(at("a", "evil:1", 9), 9, nowNs);
        view.onJoin(node("a"), 10, nowNs);
        assertEquals(List.of(node("b"), node("a")), view.active());
        view.onDisconnect(at("a", "evil:1", 9), false, nowNs);
        assertEquals(List.of(node("b"), node("a")), view.active(), "no other one's");
    }

    @Test
    void shouldKnowANeighbourByTheRunWhoseLinkComesUp() {
        start("b");
        view.onJoin(node("a", HIGH), 7, nowNs);
        view.onLinkUp(node("a"), nowNs);
        assertEquals(List.of(node("b"), node("a")), view.active());
    }

    @Test
    void shouldBoundDisconnectsOfNeighboursWhoseLinksAreNotUp() {
        start("a", "b");
        for (int i = 0; i < 100; i++) {
            view.onNeighbor(node("n"), 1, false, nowNs);
            view.onDisconnect(node("n"), false, nowNs);
        }
        assertEquals(20, count(HyParViewCounter.NEIGHBORS_PARTED));
        assertEquals(80, count(HyParViewCounter.DISCONNECTS_LIMITED));
        assertActive("a", "b", "n");
        view.onDisconnect(node("a"), false, nowNs);
        assertActive("b", "n");
    }

    @Test
    void shouldNotTakeAGreetingFromElsewhereForTheAnswerToARequest() {
        start("a", "b");
        view.onForwardJoin(node("a"), node("n"), 0, nowNs);
        effects.take();
        view.onGreeted(at("n", "evil:1", 1), 0, nowNs);
        expect("disconnect n");
        reply("n", true);
        expect("up n");
    }

    // ---- passive and lost nodes

    @Test
    void shouldLetANodeInWhateverWasHeardOfIt() {
        start("a", "b", "c");
        view.onForwardJoin(node("a"), node("p", HIGH), 3, nowNs);
        effects.take();
        view.onNeighbor(node("p"), 1, false, nowNs);
        expect("reply p 1 no");
        assertEquals(List.of(node("p")), view.passive());
    }

    @Test
    void shouldLetALostNodeInThatWasNeverThereInALaterRun() {
        start("a", "b");
        view.onForwardJoin(node("a"), node("p", HIGH), 3, nowNs);
        pass(options.requestTimeoutNs());
        assertEquals(List.of(node("p", HIGH)), view.lost());
        effects.take();
        view.onJoin(node("p"), 7, nowNs);
        expect("up p", "reply p 7 yes", "forward a p 6", "forward b p 6");
    }

    @Test
    void shouldTellALostNodeInWhichRunItWasThereAndLetItIn() {
        start("a");
        view.onJoin(node("b", 5), 1, nowNs);
        view.onLinkUp(node("b", 5), nowNs);
        view.onLinkDown(node("b", 5), nowNs);
        effects.take();
        view.onJoin(node("b", 4), 7, nowNs);
        expect("known b.4 5", "up b.4", "reply b.4 7 yes", "forward a b.4 6");
    }

    @Test
    void shouldTakeOthersWordForALostNodeThatWasNeverWhereItWasSaidToBe() {
        start("a", "b");
        view.onForwardJoin(node("a"), at("p", "evil:1", HIGH), 3, nowNs);
        pass(options.requestTimeoutNs());
        assertLost("p");
        view.onForwardJoin(node("a"), node("p"), 3, nowNs);
        assertEquals(List.of(node("p")), view.passive());
        assertLost();
    }

    @Test
    void shouldNotForgetLostNeighboursForNodesThatWereNeverThere() {
        start("a", "b", "c");
        view.onLinkDown(node("b"), nowNs);
        view.onLinkDown(node("c"), nowNs);
        for (int i = 0; i < 20; i++) {
            view.onMissed(node("n" + i), nowNs);
        }
        assertTrue(names(view.lost()).containsAll(List.of("b", "c")), () -> "" + view.lost());
        assertEquals(4, view.lostCount());
    }

    // ---- newcomers

    @Test
    void shouldGiveNoNeighbourUpForNewcomersWhoseLinksDoNotComeUp() {
        start("a", "b", "c");
        for (int i = 0; i < 200; i++) {
            view.onJoin(node("n" + i), 1, nowNs);
            pass(25 * MS);
        }
        assertTrue(names(view.active()).containsAll(List.of("a", "b", "c")), () -> "" + view.active());
        assertEquals(0, count(HyParViewCounter.NEIGHBORS_EVICTED));
        assertEquals(195, count(HyParViewCounter.NEWCOMERS_DROPPED));
        pass(options.linkTimeoutNs());
        assertActive("a", "b", "c");
    }

    @Test
    void shouldDropTheOldestNewcomerBeforeOneThatHasAgreed() {
        options.newcomers(2);
        start("a", "b", "c");
        view.onForwardJoin(node("a"), node("m"), 0, nowNs);
        reply("m", true);
        view.onJoin(node("n"), 1, nowNs);
        effects.take();
        view.onJoin(node("o"), 7, nowNs);
        expect("disconnect n", "down n", "up o", "reply o 7 yes", "forward a o 6", "forward b o 6", "forward c o 6");
        assertActive("a", "b", "c", "m", "o");
    }

    @Test
    void shouldPassWalksOnToNeighboursThatAreUp() {
        start("a", "b");
        for (int i = 0; i < 6; i++) {
            view.onJoin(node("n" + i), 1, nowNs);
        }
        effects.take();
        for (int i = 0; i < 20; i++) {
            view.onForwardJoin(node("a"), node("x"), 6, nowNs);
            expect("forward b x 5");
        }
    }

    @Test
    void shouldTakeWalksFromNeighboursOnly() {
        start("a", "b");
        view.onForwardJoin(node("z"), node("n"), 3, nowNs);
        view.onForwardJoin(node("z"), node("n"), 0, nowNs);
        view.onShuffle(node("z"), node("o"), 1, List.of(node("p")), nowNs);
        expect();
        assertPassive();
        assertEquals(3, count(HyParViewCounter.WALKS_OF_STRANGERS));
    }

    @Test
    void shouldBoundJoinsAHost() {
        options.joinsPerHost(10);
        start("a");
        for (int i = 0; i < 30; i++) {
            view.onJoin(at("n" + i, "h:" + i, 1), 1, nowNs);
        }
        assertEquals(20, count(HyParViewCounter.JOINS_LIMITED));
        view.onJoin(at("x", "g:1", 1), 1, nowNs);
        view.onNeighbor(at("y", "h:99", 1), 1, true, nowNs);
        assertEquals(21, count(HyParViewCounter.JOINS_LIMITED));
        pass(SECOND / 10);
        view.onJoin(at("z", "h:1", 1), 1, nowNs);
        assertEquals(21, count(HyParViewCounter.JOINS_LIMITED));
    }

    @Test
    void shouldBoundJoinsInAll() {
        options.joinsPerHost(1).joinsPerSecond(100);
        start("a");
        for (int i = 0; i < 300; i++) {
            view.onJoin(node("n" + i), 1, nowNs);
        }
        assertEquals(201, count(HyParViewCounter.JOINS_LIMITED), "a has counted, too");
    }

    @Test
    void shouldAskItsContactsThoughOthersAskToBeLetIn() {
        start();
        view.contacts(List.of("c:1"), nowNs);
        effects.take();
        for (int i = 0; i < 200; i++) {
            view.onJoin(node("n" + i), 1, nowNs);
            pass(25 * MS);
        }
        assertTrue(effects.take().stream().filter("join c:1"::equals).count() >= 2);
    }
}
