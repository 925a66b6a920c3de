package io.plumtree.engine.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.Exchange;
import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.api.transport.Link;
import io.plumtree.engine.codec.MemberState;
import io.plumtree.engine.codec.Query;
import io.plumtree.engine.codec.QueryType;
import io.plumtree.engine.codec.RefusalReason;
import io.plumtree.engine.codec.TreePeer;
import io.plumtree.engine.options.QueryOptions;
import io.plumtree.engine.query.FakeTransport.FakeLink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class QueryResponderTest {
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int MEMBERS_ANSWER = 41;
    private static final int PEERS_ANSWER = 42;
    private static final int EXCHANGES_ANSWER = 43;
    private static final int REFUSED = 44;
    private static final Member B = Member.parse("b@h:2");
    private static final NodeId STRANGER = NodeId.of("stranger");

    private final FakeTransport transport = new FakeTransport();
    private final CountingCounters counters = new CountingCounters();
    private final QueryOptions options = new QueryOptions().maxWaiting(4).answerTimeoutNs(2_000 * MS);
    private final FakeLink memberLink = new FakeLink(B.endpoint(), true);
    private final List<MemberState> members = new ArrayList<>();
    private final QueryResponder responder = new QueryResponder(
        new Host(), 1, 1_376, new OnDemandLinks(transport, options, counters), options, counters);
    private long nowNs = Long.MAX_VALUE - 500 * MS;
    private int memberLists;

    private final class Host implements QueryHost {
        @Override
        public NodeId self() {
            return NodeId.of("a");
        }

        @Override
        public long incarnation() {
            return 1;
        }

        @Override
        public Member member(final long value) {
            return value == B.id().value() ? B : null;
        }

        @Override
        public Link memberLink(final long value) {
            return memberLink.isConnected() ? memberLink : null;
        }

        @Override
        public List<MemberState> members() {
            memberLists++;
            return members;
        }

        @Override
        public List<TreePeer> peers(final long root) {
            return List.of();
        }

        @Override
        public List<Exchange> exchanges() {
            return List.of();
        }
    }

    private void ask(final NodeId from, final QueryType type, final String replyTo) {
        ask(from, type.code(), 1_000, replyTo);
    }

    private void ask(final NodeId from, final int code, final long timeoutMs, final String replyTo) {
        responder.onQuery(from.value(), new Query(7, code, 0, timeoutMs, replyTo), nowNs);
    }

    @Test
    void shouldAnswerAMemberOverTheLinkThatThereIs() {
        ask(B.id(), QueryType.MEMBERS, "h:2");
        ask(B.id(), QueryType.PEERS, "h:2");
        ask(B.id(), QueryType.EXCHANGES, "0.0.0.0:2");
        assertEquals(MEMBERS_ANSWER, memberLink.template(0));
        assertEquals(PEERS_ANSWER, memberLink.template(1));
        assertEquals(EXCHANGES_ANSWER, memberLink.template(2));
        assertTrue(transport.links.isEmpty());
        assertEquals(3, counters.count(QueryCounter.ANSWERED));
    }

    @Test
    void shouldAnswerAMemberElsewhereOnDemand() {
        ask(B.id(), QueryType.MEMBERS, "other:9");
        assertTrue(memberLink.frames.isEmpty());
        assertEquals("other:9", transport.last().endpoint);
        memberLink.isConnected = false;
        ask(B.id(), QueryType.MEMBERS, "h:2");
        assertEquals("h:2", transport.last().endpoint);
        assertEquals(1, transport.last().frames.size());
    }

    @Test
    void shouldLetAnAnswerWaitForItsLink() {
        transport.isConnecting = false;
        ask(STRANGER, QueryType.PEERS, "x:1");
        responder.doWork(nowNs += 100 * MS);
        assertEquals(1, responder.waiting());
        transport.last().isConnected = true;
        responder.doWork(nowNs += 100 * MS);
        assertEquals(PEERS_ANSWER, transport.last().template(0));
        assertEquals(0, responder.waiting());
        assertEquals(1, counters.count(QueryCounter.ANSWERED));
    }

    @Test
    void shouldDropAnAnswerForWhichNobodyWaitsAnyMore() {
        transport.isConnecting = false;
        ask(STRANGER, QueryType.PEERS.code(), 300, "x:1");
        ask(STRANGER, QueryType.PEERS.code(), 1_000_000, "y:1");
        responder.doWork(nowNs + 299 * MS);
        assertEquals(2, responder.waiting());
        responder.doWork(nowNs + 300 * MS);
        assertEquals(1, responder.waiting());
        // However long they wait: the answer does not.
        responder.doWork(nowNs + 2_000 * MS);
        assertEquals(0, responder.waiting());
        assertEquals(2, counters.count(QueryCounter.DROPPED_ANSWERS));
    }

    @Test
    void shouldSplitALongAnswerAndSendItAsThereIsRoom() {
        for (int i = 0; i < 200; i++) {
            members.add(new MemberState(Member.parse("member-" + i + "@host-" + i + ":" + (1 + i)), true, false));
        }
        memberLink.room = 2;
        ask(B.id(), QueryType.MEMBERS, "h:2");
        assertEquals(2, memberLink.frames.size());
        assertEquals(1, responder.waiting());
        memberLink.room = 100;
        responder.doWork(nowNs);
        assertEquals(0, responder.waiting());
        final int last = memberLink.frames.size() - 1;
        assertTrue(last > 2 && last < 10, "parts: " + last);
        int entries = 0;
        for (int i = 0; i <= last; i++) {
            final byte[] frame = memberLink.frames.get(i);
            assertTrue(frame.length <= 1_376, "length " + frame.length);
            assertEquals(i == last ? 1 : 0, frame[32]);
            assertEquals(i, frame[33]);
            entries += frame[37];
        }
        assertEquals(200, entries);
    }

    @Test
    void shouldLeaveOutAMemberWhoseEndpointTheWireHasNoRoomFor() {
        members.add(new MemberState(new Member(B.id(), "h".repeat(300) + ":1"), true, false));
        members.add(new MemberState(B, true, false));
        ask(B.id(), QueryType.MEMBERS, "h:2");
        assertEquals(1, memberLink.frames.get(0)[37]);
    }

    @Test
    void shouldRefuseWhatItDoesNotKnow() {
        ask(B.id(), 99, 1_000, "h:2");
        assertEquals(REFUSED, memberLink.template(0));
        assertEquals(RefusalReason.UNSUPPORTED.code(), memberLink.frames.get(0)[32]);
        assertEquals(1, counters.count(QueryCounter.REFUSED));
    }

    @Test
    void shouldRefuseStrangersButNotMembersWhenItIsToldTo() {
        options.remote(false);
        ask(STRANGER, QueryType.MEMBERS, "x:1");
        assertEquals(REFUSED, transport.last().template(0));
        assertEquals(RefusalReason.DISABLED.code(), transport.last().frames.get(0)[32]);
        ask(B.id(), QueryType.MEMBERS, "h:2");
        assertEquals(MEMBERS_ANSWER, memberLink.template(0));
    }

    @Test
    void shouldRefuseWhenTooManyWaitAndThereIsAWay() {
        transport.isConnecting = false;
        memberLink.isConnected = false;
        for (int i = 0; i < 4; i++) {
            ask(B.id(), QueryType.PEERS, "h:2");
        }
        assertEquals(4, responder.waiting());
        ask(B.id(), QueryType.PEERS, "h:2");
        assertEquals(4, responder.waiting());
        assertEquals(1, counters.count(QueryCounter.DROPPED_ANSWERS));
        final int links = transport.links.size();
        ask(B.id(), QueryType.PEERS, "z:1");
        assertEquals(links, transport.links.size(), "a link for what can't wait");
        transport.last().isConnected = true;
        ask(B.id(), QueryType.PEERS, "h:2");
        assertEquals(REFUSED, transport.last().template(0));
        assertEquals(RefusalReason.BUSY.code(), transport.last().frames.get(0)[32]);
    }

    @Test
    void shouldLeaveRoomForMembersHoweverManyStrangersAsk() {
        transport.isConnecting = false;
        memberLink.isConnected = false;
        for (int i = 1; i < 10; i++) {
            ask(STRANGER, QueryType.PEERS, "x:" + i);
        }
        assertEquals(2, responder.waiting());
        assertEquals(7, counters.count(QueryCounter.DROPPED_ANSWERS));
        ask(B.id(), QueryType.PEERS, "h:2");
        assertEquals(3, responder.waiting());
        responder.doWork(nowNs + 1_000 * MS);
        ask(STRANGER, QueryType.PEERS, "x:1");
        assertEquals(1, responder.waiting(), "the strangers that are gone still count");
    }

    @Test
    void shouldMakeOneLongAnswerAtATimeHoweverManyAsk() {
        options.maxWaiting(20);
        for (int i = 0; i < 13_000; i++) {
            members.add(new MemberState(Member.parse("member-" + i + "@host-" + i + ":" + (1 + i)), true, false));
        }
        for (int i = 1; i < 10; i++) {
            ask(STRANGER, QueryType.MEMBERS, "x:" + i);
        }
        assertEquals(1, memberLists);
        assertEquals(8, responder.waiting());
        for (int i = 2; i < 10; i++) {
            responder.doWork(nowNs);
            assertEquals(i, memberLists);
        }
        assertEquals(0, responder.waiting());
        assertEquals(9, counters.count(QueryCounter.ANSWERED));
    }

    @Test
    void shouldMakeNoSecondAnswerForALinkOnWhichOneWaits() {
        for (int i = 0; i < 200; i++) {
            members.add(new MemberState(Member.parse("member-" + i + "@host-" + i + ":" + (1 + i)), true, false));
        }
        memberLink.room = 2;
        ask(B.id(), QueryType.MEMBERS, "h:2");
        ask(B.id(), QueryType.MEMBERS, "h:2");
        responder.doWork(nowNs);
        assertEquals(1, memberLists);
        ask(STRANGER, QueryType.PEERS, "x:1");
        assertEquals(PEERS_ANSWER, transport.last().template(0), "another link");
        memberLink.room = 100;
        responder.doWork(nowNs);
        assertEquals(2, memberLists);
        assertEquals(0, responder.waiting());
    }
}
