package io.plumtree.protocol.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.protocol.options.HyParViewOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HyParViewTest extends HyParViewFixture {
    // ---- joins

    @Test
    void shouldAskAContactAtOnceAndBeItsNeighbourWhenItAgrees() {
        start();
        view.contacts(List.of("c:1"), nowNs);
        expect("join c:1");
        assertActive();
        view.onNeighborReply(node("c"), effects.nonce("c:1"), true, nowNs);
        expect("up c");
        assertActive("c");
    }

    @Test
    void shouldLetANodeInAndSendItsWalksToAllOtherNeighbours() {
        start("a", "b");
        view.onJoin(node("n"), 7, nowNs);
        expect("up n", "reply n 7 yes", "forward a n 6", "forward b n 6");
    }

    @Test
    void shouldMakeRoomForANodeThatJoins() {
        start("a");
        options.activeViewSize(1);
        view = new HyParView(ME, options, new SplittableRandom(1), effects, nowNs);
        view.onJoin(node("a"), 1, nowNs);
        effects.take();
        view.onLinkUp(node("a"), nowNs);
        view.onJoin(node("n"), 7, nowNs);
        expect("up n", "reply n 7 yes", "forward a n 6");
        assertActive("a", "n");
        view.onLinkUp(node("n"), nowNs);
        expect("disconnect a", "down a");
        assertActive("n");
        assertPassive("a");
        assertEquals(1, count(HyParViewCounter.NEIGHBORS_EVICTED));
    }

    @Test
    void shouldAnswerARepeatedJoinWithoutWalks() {
        start("a");
        view.onJoin(node("n"), 7, nowNs);
        effects.take();
        view.onJoin(node("n"), 8, nowNs);
        expect("reply n 8 yes");
    }

    @Test
    void shouldPassAWalkOnNeitherBackNorToWhoHasJoined() {
        start("a", "b", "n");
        view.onForwardJoin(node("a"), node("n"), 6, nowNs);
        expect("forward b n 5");
    }

    @Test
    void shouldRememberWhoJoinsWhereTheWalkIsHalfWay() {
        start("a", "b");
        view.onForwardJoin(node("a"), node("n"), 3, nowNs);
        expect("forward b n 2", "neighbor n low");
        assertPassive("n");
    }

    @Test
    void shouldAskWhoJoinsWhereTheWalkEnds() {
        start("a", "b");
        view.onForwardJoin(node("a"), node("n"), 0, nowNs);
        expect("neighbor n low");
        assertActive("a", "b");
        reply("n", true);
        expect("up n");
    }

    @Test
    void shouldEndAWalkWhereThereIsNobodyElse() {
        start("a");
        view.onForwardJoin(node("a"), node("n"), 4, nowNs);
        expect("neighbor n low");
        start("a", "n");
        view.onForwardJoin(node("a"), node("n"), 4, nowNs);
        expect();
    }

    @Test
    void shouldEndAWalkThoughItIsFullAndMakeRoomOnlyWhenItIsAccepted() {
        start("a", "b", "c");
        view.onForwardJoin(node("a"), node("n"), 0, nowNs);
        expect("neighbor n low");
        reply("n", true);
        expect("up n");
        view.onLinkUp(node("n"), nowNs);
        final List<String> taken = effects.take();
        assertTrue(taken.get(0).matches("disconnect [abc]"), taken.toString());
        assertEquals(3, view.active().size());
    }

    @Test
    void shouldClampAWalkOfTheNetworks() {
        start("a", "b");
        view.onForwardJoin(node("a"), node("n"), Integer.MAX_VALUE, nowNs);
        expect("forward b n 5");
        view.onForwardJoin(node("a"), node("n"), -1, nowNs);
        expect("neighbor n low");
    }

    @Test
    void shouldPassItsOwnWalkOn() {
        start("a", "b");
        view.onForwardJoin(node("a"), ME, 2, nowNs);
        expect("forward b me 1");
        view.onForwardJoin(node("a"), ME, 0, nowNs);
        expect();
        assertPassive();
    }

    @Test
    void shouldBoundTheWalksThatEndHere() {
        start("a");
        for (int i = 0; i < 20; i++) {
            view.onForwardJoin(node("a"), node("n" + i), 0, nowNs);
        }
        assertTrue(count(HyParViewCounter.WALKS_DROPPED) > 0);
        assertEquals(20 - count(HyParViewCounter.WALKS_DROPPED) + 2, count(HyParViewCounter.REQUESTS),
            "and two of those remembered fill gaps");
    }

    // ---- requests

    @Test
    void shouldAcceptWhileThereIsRoomAndRefuseAfterThat() {
        start("a", "b");
        view.onNeighbor(node("c"), 3, false, nowNs);
        expect("up c", "reply c 3 yes");
        view.onNeighbor(node("d"), 4, false, nowNs);
        expect("reply d 4 no");
        assertPassive("d");
        assertEquals(1, count(HyParViewCounter.REFUSALS));
    }

    @Test
    void shouldMakeRoomForANodeThatHasNobody() {
        start("a", "b", "c");
        view.onNeighbor(node("d"), 4, true, nowNs);
        expect("up d", "reply d 4 yes");
        assertActive("a", "b", "c", "d");
        view.onLinkUp(node("d"), nowNs);
        assertEquals(2, effects.take().size());
        assertEquals(3, view.active().size());
        assertEquals(1, view.passive().size());
        assertTrue(names(view.active()).contains("d"));
    }

    @Test
    void shouldAcceptANeighbourAgainThatHasLostThisNode() {
        start("a", "b", "c");
        view.onNeighbor(node("a"), 4, false, nowNs);
        expect("reply a 4 yes");
    }

    @Test
    void shouldSettleRequestsThatCross() {
        start("a", "b", "c");
        view.onForwardJoin(node("a"), node("n"), 0, nowNs);
        effects.take();
        view.onNeighbor(node("n"), 9, false, nowNs);
        expect("up n", "reply n 9 yes");
        reply("n", true);
        reply("n", false);
        expect();
        assertTrue(names(view.active()).contains("n"));
    }

    @Test
    void shouldTellWhoAcceptsTooLateThatItIsNoNeighbour() {
        start("a");
        view.onNeighborReply(node("n"), 99, true, nowNs);
        expect("disconnect n");
        view.onNeighborReply(node("n"), 99, false, nowNs);
        expect();
        assertEquals(2, count(HyParViewCounter.STALE));
    }

    @Test
    void shouldTryTheNextCandidateWhenOneRefuses() {
        start("a", "b", "c");
        hear("p", "q");
        view.onLinkDown(node("c"), nowNs);
        final String first = effects.take().get(1).split(" ")[1];
        final String second = first.equals("p") ? "q" : "p";
        reply(first, false);
        expect("neighbor " + second + " low");
        reply(second, true);
        expect("up " + second);
        assertPassive(first);
    }

    @Test
    void shouldPauseLongerEachTimeAllCandidatesHaveRefused() {
        start("a", "b", "c");
        hear("p");
        view.onLinkDown(node("c"), nowNs);
        expect("down c", "neighbor p low");
        long pauseNs = 0;
        for (int i = 0; i < 10; i++) {
            reply("p", false);
            expect();
            final long fromNs = nowNs;
            while (!effects.take().contains("neighbor p low")) {
                pass(view.deadlineNs() - nowNs);
            }
            assertTrue(nowNs - fromNs > pauseNs / 2, i + ": " + (nowNs - fromNs));
            pauseNs = nowNs - fromNs;
        }
        assertTrue(pauseNs > options.retryMaxNs() / 2 - 1 && pauseNs <= options.retryMaxNs(), "" + pauseNs);
        reply("p", false);
        view.onLinkDown(node("b"), nowNs);
        expect("down b", "neighbor p low");
        reply("p", false);
        final long lostNs = nowNs;
        pass(view.deadlineNs() - nowNs);
        assertTrue(nowNs - lostNs <= options.retryMinNs(), "soon again: " + (nowNs - lostNs));
        expect("neighbor p high");
    }

    @Test
    void shouldAskANewCandidateAtOnce() {
        start("a", "b", "c");
        hear("p");
        view.onLinkDown(node("c"), nowNs);
        reply("p", false);
        effects.take();
        view.onNeighbor(node("c"), 1, false, nowNs);
        view.onDisconnect(node("c"), false, nowNs);
        effects.take();
        view.onForwardJoin(node("a"), node("q"), 3, nowNs);
        expect("forward b q 2", "neighbor q low");
    }

    @Test
    void shouldLoseWhoDoesNotAnswer() {
        start("a", "b", "c");
        hear("p");
        view.onLinkDown(node("c"), nowNs);
        effects.take();
        pass(options.requestTimeoutNs());
        assertPassive();
        assertLost("c", "p");
        assertEquals(1, count(HyParViewCounter.TIMEOUTS));
    }

    @Test
    void shouldGiveUpAGapFilledMeanwhile() {
        start("a", "b", "c");
        hear("p");
        view.onLinkDown(node("c"), nowNs);
        effects.take();
        view.onNeighbor(node("d"), 4, false, nowNs);
        expect("up d", "reply d 4 yes");
        reply("p", true);
        expect("disconnect p");
        assertPassive("p");
    }

    // ---- neighbours lost, given up, replaced

    @Test
    void shouldReplaceALostNeighbourAtOnce() {
        start("a", "b", "c");
        hear("p");
        view.onLinkDown(node("c"), nowNs);
        expect("down c", "neighbor p low");
        assertLost("c");
        assertPassive("p");
    }

    @Test
    void shouldLoseANeighbourWhoseLinkDoesNotComeUp() {
        start("a");
        view.onNeighbor(node("b"), 1, false, nowNs);
        effects.take();
        pass(options.linkTimeoutNs() - 1);
        expect();
        pass(1);
        expect("down b");
        assertLost("b");
        assertEquals(1, count(HyParViewCounter.NEIGHBORS_FAILED));
    }

    @Test
    void shouldNotHeedTheLinkOfAnotherRun() {
        start("a");
        view.onNeighbor(node("a", 2), 1, false, nowNs);
        expect("neighbor a low");
        view.onNeighborReply(node("a", 2), effects.nonce("a"), true, nowNs);
        expect("down a", "up a.2", "reply a.2 1 yes");
        view.onLinkDown(node("a"), nowNs);
        expect();
        assertActive("a");
        assertLost();
    }

    @Test
    void shouldNotHeedAnEarlierRunButTellItOfTheLaterOne() {
        start();
        view.onNeighbor(node("a", 5), 1, true, nowNs);
        view.onLinkUp(node("a", 5), nowNs);
        effects.take();
        view.onNeighbor(node("a", 4), 1, true, nowNs);
        view.onDisconnect(node("a", 4), true, nowNs);
        view.onForwardJoin(node("a", 5), node("a", 4), 0, nowNs);
        expect("known a.4 5", "known a.4 5");
        assertEquals(3, count(HyParViewCounter.STALE));
    }

    @Test
    void shouldKeepANeighbourThatIsUpWhenItsNameComesFromElsewhere() {
        start("a");
        view.onLinkUp(node("a"), nowNs);
        effects.take();
        final NodeDescriptor elsewhere = new NodeDescriptor(node("a").id(), "elsewhere:1", 7);
        view.onJoin(elsewhere, 1, nowNs);
        expect("known a.7 " + node("a").incarnation() + " live");
        assertActive("a");
        view.onLinkDown(node("a"), nowNs);
        effects.take();
        view.onJoin(elsewhere, 2, nowNs);
        assertEquals(List.of(elsewhere), view.active());
    }

    /** Its link may never come up, as after a restart elsewhere. */
    @Test
    void shouldHearALaterRunFromElsewhereWhereTheNeighbourIsNotUp() {
        start();
        view.onNeighbor(node("a"), 1, true, nowNs);
        final NodeDescriptor elsewhere = new NodeDescriptor(node("a").id(), "elsewhere:1", 7);
        view.onJoin(elsewhere, 1, nowNs);
        assertEquals(List.of(elsewhere), view.active());
    }

    @Test
    void shouldAskItsContactAgainWhenItGoesOnInALaterIncarnation() {
        start();
        view.contacts(List.of("contact:1"), nowNs);
        final List<String> asked = List.copyOf(effects.take());
        view.onRaised(new NodeDescriptor(ME.id(), ME.endpoint(), ME.incarnation() + 1));
        assertEquals(asked, effects.take());
    }

    @Test
    void shouldFollowANeighbourThatGoesOnInALaterIncarnation() {
        start("a");
        view.onRaised(node("a"), 9);
        assertEquals(List.of(node("a", 9)), view.active());
        view.onLinkDown(node("a"), nowNs);
        assertActive("a");
        view.onLinkDown(node("a", 9), nowNs);
        assertActive();
    }

    @Test
    void shouldTakeALaterRunForTheOneInThePassiveView() {
        start("a", "b", "c");
        hear("p");
        view.onNeighbor(node("p", 3), 1, false, nowNs);
        expect("reply p.3 1 no");
        assertEquals(List.of(node("p", 3)), view.passive());
    }

    @Test
    void shouldReplaceANeighbourThatGivesThisNodeUpBySomebodyElse() {
        start("a", "b", "c");
        hear("p");
        view.onDisconnect(node("c"), false, nowNs);
        expect("down c", "neighbor p low");
        assertPassive("c", "p");
        reply("p", false);
        expect();
        pass(options.retryMinNs());
        assertEquals(2, effects.take().size() + 1, "one place, one request");
    }

    @Test
    void shouldForgetANodeThatLeaves() {
        start("a", "b", "c");
        hear("p");
        view.onDisconnect(node("c"), true, nowNs);
        expect("down c", "neighbor p low");
        view.onDisconnect(node("p"), true, nowNs);
        expect();
        assertPassive();
        assertLost();
    }

    @Test
    void shouldReplaceASlowNeighbourOnlyIfThereIsAnother() {
        start("a", "b", "c");
        view.onSlow(node("a"), nowNs);
        expect();
        hear("p");
        view.onSlow(node("a"), nowNs);
        expect("disconnect a", "down a", "neighbor p low");
        assertPassive("a", "p");
    }

    @Test
    void shouldLeave() {
        start("a", "b");
        view.leave(nowNs);
        expect("disconnect a leaving", "disconnect b leaving");
        view.onJoin(node("n"), 1, nowNs);
        view.onLinkDown(node("a"), nowNs);
        view.contacts(List.of("c:1"), nowNs);
        view.leave(nowNs);
        assertEquals(0, view.onTimers(nowNs + TimeUnit.DAYS.toNanos(1)));
        assertTrue(view.deadlineNs() - nowNs > TimeUnit.DAYS.toNanos(1));
        expect();
    }

    // ---- greetings

    @Test
    void shouldTakeAGreetingForTheAnswerToARequest() {
        start("a", "b");
        view.onForwardJoin(node("a"), node("n"), 0, nowNs);
        effects.take();
        view.onGreeted(node("n"), 0, nowNs);
        expect("up n");
        reply("n", true);
        expect();
    }

    @Test
    void shouldTakeAContactsGreetingForItsAnswer() {
        start();
        view.contacts(List.of("c:1"), nowNs);
        effects.take();
        view.onGreeted(node("c"), 0, nowNs);
        expect("up c");
    }

    @Test
    void shouldAwaitAContactsAnswerThatMayHaveGreetedUnderAnotherEndpoint() {
        start();
        view.contacts(List.of("alias:1"), nowNs);
        effects.take();
        view.onGreeted(node("c"), 0, nowNs);
        expect();
        view.onNeighborReply(node("c"), effects.nonce("alias:1"), true, nowNs);
        expect("up c");
    }

    @Test
    void shouldTellWhoGreetsThatItIsNoNeighbourButNotEachTime() {
        start("a");
        view.onGreeted(node("a"), 0, nowNs);
        view.onGreeted(node("n"), 0, nowNs);
        view.onGreeted(node("n"), 0, nowNs);
        expect("disconnect n");
        nowNs += options.requestTimeoutNs() / 2;
        view.onGreeted(node("n"), 0, nowNs);
        expect("disconnect n");
    }

    // ---- alone

    @Test
    void shouldAskCandidatesInHasteAndThenContactsWhenItIsAlone() {
        start("a", "b");
        hear("p");
        reply("p", false);
        view.contacts(List.of("c:1"), nowNs);
        expect();
        view.onLinkDown(node("a"), nowNs);
        expect("down a", "neighbor p low");
        view.onLinkDown(node("b"), nowNs);
        expect("down b", "join c:1");
        assertEquals(1, count(HyParViewCounter.ISOLATIONS));
        reply("p", false);
        effects.take();
        pass(2 * options.requestTimeoutNs());
        final List<String> asked = effects.take();
        assertTrue(asked.contains("neighbor p high"), asked.toString());
        assertTrue(asked.contains("join c:1"), asked.toString());
    }

    @Test
    void shouldAskContactsForEverOneAtATimeWithPauses() {
        start();
        view.contacts(List.of("c:1", "d:1"), nowNs);
        assertEquals(1, effects.take().size());
        pass(options.requestTimeoutNs());
        assertEquals(1, effects.take().size(), "the other one");
        pass(TimeUnit.HOURS.toNanos(1) / 2);
        final int asked = effects.take().size();
        final long roundNs = 2 * options.requestTimeoutNs() + options.retryMaxNs();
        assertTrue(asked > TimeUnit.HOURS.toNanos(1) / roundNs, "" + asked);
        assertTrue(asked < 3 * TimeUnit.HOURS.toNanos(1) / roundNs, "" + asked);
        assertEquals(0, count(HyParViewCounter.ISOLATIONS), "it never had neighbours");
    }

    @Test
    void shouldNotHurryToAContactThatDropsItAtOnce() {
        start();
        view.contacts(List.of("c:1"), nowNs);
        view.onNeighborReply(node("c"), effects.nonce("c:1"), true, nowNs);
        effects.take();
        view.onDisconnect(node("c"), false, nowNs);
        expect("down c");
        pass(options.retryMinNs());
        expectAnyOrder("neighbor c high", "join c:1");
    }

    @Test
    void shouldUseNewContactsFromThenOn() {
        start();
        view.contacts(List.of("c:1"), nowNs);
        view.contacts(List.of("c:1"), nowNs);
        effects.take();
        pass(options.requestTimeoutNs());
        view.contacts(List.of("d:1"), nowNs);
        expect("join d:1");
    }

    @Test
    void shouldNotAskItself() {
        start();
        view.contacts(List.of("me:1", "alias:1"), nowNs);
        expect("join alias:1");
        view.onSelf("alias:1", effects.nonce("alias:1"));
        pass(TimeUnit.MINUTES.toNanos(1));
        expect();
        view.contacts(List.of("me:1", "alias:1", "c:1"), nowNs);
        assertEquals(1, effects.take().size());
    }

    @Test
    void shouldAskTheNextContactAtOnceWhenOneIsItself() {
        start();
        view.contacts(List.of("x:1", "y:1"), nowNs);
        final String first = effects.take().get(0).substring(5);
        view.onSelf(first, effects.nonce(first));
        pass(0);
        expect("join " + (first.equals("x:1") ? "y:1" : "x:1"));
    }

    @Test
    void shouldTryAContactThatNobodyKnowsNowAndThenWhileThereIsRoom() {
        start("a", "b");
        view.contacts(List.of("a:1", "x:1"), nowNs);
        expect();
        pass(2 * options.retryMaxNs());
        assertEquals(List.of("join x:1"), effects.take().stream().distinct().toList());
        view.onNeighbor(node("c"), 1, false, nowNs);
        effects.take();
        view.onLinkUp(node("c"), nowNs);
        pass(TimeUnit.HOURS.toNanos(1) / 4);
        expect();
    }

    // ---- lost nodes

    @Test
    void shouldAskALostNodeNowAndThenAndTakeItBackThoughItIsFull() {
        start("a", "b", "c");
        view.onLinkDown(node("c"), nowNs);
        view.onNeighbor(node("d"), 1, false, nowNs);
        view.onLinkUp(node("d"), nowNs);
        effects.take();
        pass(SECOND);
        expect("neighbor c low");
        reply("c", false);
        expect("neighbor c high");
        reply("c", true);
        expect("up c");
        view.onLinkUp(node("c"), nowNs);
        assertEquals(2, effects.take().size(), "another one goes");
        assertLost();
        assertEquals(1, count(HyParViewCounter.REUNIONS));
    }

    @Test
    void shouldNotInsistOnALostNodeThatWasRestartedAndHasFoundOthers() {
        start("a", "b", "c");
        view.onLinkDown(node("c"), nowNs);
        view.onNeighbor(node("d"), 1, false, nowNs);
        view.onLinkUp(node("d"), nowNs);
        effects.take();
        pass(SECOND);
        expect("neighbor c low");
        view.onNeighborReply(node("c", 2), effects.nonce("c"), false, nowNs);
        expect();
        assertLost();
        assertTrue(names(view.passive()).contains("c"));
    }

    @Test
    void shouldMakeNoRoomForALostNodeThatWasRestarted() {
        start("a", "b", "c");
        view.onLinkDown(node("c"), nowNs);
        view.onNeighbor(node("d"), 1, false, nowNs);
        view.onLinkUp(node("d"), nowNs);
        effects.take();
        pass(SECOND);
        expect("neighbor c low");
        view.onNeighborReply(node("c", 2), effects.nonce("c"), true, nowNs);
        expect("disconnect c.2");
        assertActive("a", "b", "d");
    }

    @Test
    void shouldAskWhomNothingIsHeardOfAnyMore() {
        start("a", "b", "c");
        view.onMissed(node("a"), nowNs);
        view.onMissed(ME, nowNs);
        assertLost();
        view.onMissed(node("x"), nowNs);
        assertLost("x");
        expect();
        pass(SECOND);
        expect("neighbor x low");
    }

    @Test
    void shouldInsistWhenAllRefuseAndMoreThanOnePlaceIsFree() {
        start("a", "b", "c");
        hear("p");
        view.onLinkDown(node("c"), nowNs);
        expect("down c", "neighbor p low");
        reply("p", false);
        pass(view.deadlineNs() - nowNs);
        expect("neighbor p low");
        view.onLinkDown(node("b"), nowNs);
        expect("down b");
        reply("p", false);
        pass(view.deadlineNs() - nowNs);
        expect("neighbor p high");
    }

    @Test
    void shouldAskLostNodesInTurnAndLessAndLessOften() {
        start("a", "b", "c");
        view.onLinkDown(node("b"), nowNs);
        view.onLinkDown(node("c"), nowNs);
        effects.take();
        pass(TimeUnit.MINUTES.toNanos(10));
        final List<String> asked = effects.take();
        assertTrue(asked.size() > 40 && asked.size() < 125, asked.size() + " in ten minutes");
        assertFalse(asked.get(5).equals(asked.get(6)), "in turn");
        view.onNeighbor(node("d"), 1, false, nowNs);
        view.onLinkUp(node("d"), nowNs);
        view.onLinkDown(node("d"), nowNs);
        effects.take();
        pass(SECOND);
        assertEquals(1, effects.take().size(), "soon again when another is lost");
    }

    @Test
    void shouldStopAskingALostNodeThatHasSaidSomething() {
        start("a", "b", "c");
        view.onLinkDown(node("c"), nowNs);
        effects.take();
        view.onForwardJoin(node("c"), node("n"), 4, nowNs);
        assertLost();
        assertTrue(names(view.passive()).contains("c"));
    }

    @Test
    void shouldNotTakeOthersWordForALostNodeUnlessItIsALaterRun() {
        start("a", "b", "c");
        view.onLinkDown(node("c"), nowNs);
        view.onShuffle(node("a"), node("o"), 1, List.of(node("c"), node("p")), nowNs);
        assertPassive("o", "p");
        assertLost("c");
        view.onShuffle(node("a"), node("o"), 1, List.of(node("c", 2)), nowNs);
        assertPassive("c", "o", "p");
        assertLost();
    }

    @Test
    void shouldBoundTheLost() {
        start();
        for (int i = 0; i < 6; i++) {
            view.onNeighbor(node("n" + i), 1, true, nowNs);
            view.onLinkDown(node("n" + i), nowNs);
        }
        assertLost("n2", "n3", "n4", "n5");
        assertEquals(2, count(HyParViewCounter.LOST_EVICTED));
    }

    // ---- shuffles

    @Test
    void shouldShuffleWithAWalkAndTakeTheAnswerInPlaceOfWhatItHasSent() {
        options.shufflePeriodNs(SECOND).shuffleActive(2).shufflePassive(2);
        start("a", "b", "c");
        hear("p", "q", "r", "s");
        pass(3 * SECOND / 2);
        assertTrue(effects.take().get(0).matches("shuffle [abc] of me 6"));
        final List<String> sent = names(effects.lastSample);
        assertEquals(4, sent.size());
        view.onShuffleReply(node("z"), List.of(node("t"), node("u"), ME, node("a")), nowNs);
        final List<String> expected = new ArrayList<>(List.of("p", "q", "r", "s", "t", "u"));
        expected.removeAll(sent);
        assertEquals(expected, names(view.passive()));
        view.onShuffleReply(node("z"), List.of(node("v")), nowNs);
        assertEquals(expected, names(view.passive()));
        assertEquals(1, count(HyParViewCounter.STALE), "nobody has asked");
    }

    @Test
    void shouldExchangeNobodyWhereItsViewsHaveRoomForAll() {
        options.shufflePeriodNs(SECOND);
        start("a", "b", "c");
        hear("p", "q", "r");
        pass(3 * SECOND / 2);
        effects.take();
        view.onShuffleReply(node("z"), List.of(), nowNs);
        expect();
        assertEquals(0, count(HyParViewCounter.MIXES));
    }

    @Test
    void shouldExchangeANeighbourInEachOfItsFirstShuffles() {
        options.shufflePeriodNs(SECOND);
        start("a", "b", "c");
        hear("p", "q", "r", "s");
        for (int i = 0; i < 5; i++) {
            view.onNeighbor(node("n" + i), 1, true, nowNs);
            view.active().forEach(node -> view.onLinkUp(node, nowNs));
            pass(3 * SECOND / 2);
            effects.take();
            view.onShuffleReply(node("z"), List.of(node("q" + i)), nowNs);
            final List<String> taken = effects.take();
            assertEquals(i < options.activeViewSize() ? 1 : 0, taken.size(), taken.toString());
            if (!taken.isEmpty()) {
                assertTrue(taken.get(0).matches("neighbor .+ high"), taken.toString());
                final String far = taken.get(0).split(" ")[1];
                reply(far, i == 0);
                view.onLinkUp(node(far), nowNs);
                assertEquals(i == 0 ? 3 : 0, effects.take().size(), "another one goes if it agrees");
            }
        }
        assertEquals(1, count(HyParViewCounter.MIXES));
        view.active().forEach(node -> view.onLinkDown(node, nowNs));
        assertEquals(1, count(HyParViewCounter.ISOLATIONS));
        for (final String name : List.of("x", "y", "z")) {
            view.onNeighbor(node(name), 1, true, nowNs);
            view.onLinkUp(node(name), nowNs);
        }
        pass(3 * SECOND / 2);
        hear("u", "v", "w", "t");
        view.onShuffleReply(node("z"), List.of(), nowNs);
        assertTrue(effects.take().stream().anyMatch(text -> text.matches("neighbor .+ high")), "after isolation, too");
    }

    @Test
    void shouldPassAShuffleOnAndAnswerItAtTheEnd() {
        start("a", "b", "o");
        hear("p", "q");
        view.onShuffle(node("a"), node("o"), 6, List.of(node("x")), nowNs);
        expect("shuffle b of o 5");
        view.onShuffle(node("a"), node("far"), 1, List.of(node("x"), node("y"), node("b")), nowNs);
        expect("shuffled far p,q");
        assertEquals(4, view.passive().size());
        view.onShuffle(node("a"), ME, 1, List.of(node("w")), nowNs);
        expect();
        assertFalse(names(view.passive()).contains("w"));
    }

    @Test
    void shouldBoundASample() {
        start("a");
        final List<NodeDescriptor> sample = IntStream.range(0, 1000).mapToObj(i -> node("n" + i)).toList();
        view.onShuffle(node("a"), node("o"), 6, sample, nowNs);
        assertEquals(1, count(HyParViewCounter.SAMPLES_CUT));
        assertEquals(4, view.passive().size());
        assertTrue(names(view.passive()).stream().noneMatch(name -> name.length() > 3));
    }

    @Test
    void shouldHaveADeadlineAndRefuseOptionsOutOfRange() {
        start();
        assertTrue(view.deadlineNs() - nowNs >= options.shufflePeriodNs() / 2);
        assertEquals(0, view.onTimers(nowNs));
        final HyParViewOptions wrong = new HyParViewOptions().activeViewSize(0);
        assertThrows(IllegalArgumentException.class,
            () -> new HyParView(ME, wrong, new SplittableRandom(), effects, nowNs));
    }
}
