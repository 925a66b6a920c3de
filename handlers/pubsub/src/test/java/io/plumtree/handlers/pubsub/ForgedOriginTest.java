package io.plumtree.handlers.pubsub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Frames of origins that are no nodes. */
class ForgedOriginTest {
    private static final int FORGED = 20_000;
    private static final int MEMBERS = 300;
    private static final int STRANGERS = 100;

    /** Hardly anything is retained, so that nothing else knows what was seen. */
    private final Fixture fixture = new Fixture("retained.messages", "16", "holdback.messages", "16");
    private long forged = 1_000_000;

    private boolean merge(final long origin, final long sequence) {
        return fixture.merge(origin, 7, sequence, "t", "");
    }

    private void forge(final int count) {
        for (int i = 0; i < count; i++) {
            assertTrue(merge(forged++, 1));
            if (i % 300 == 0) {
                fixture.advanceMs(100);
            }
        }
    }

    @Test
    void shouldKeepMembersAndThoseOfWhichMoreCame() {
        for (long member = 1; member <= MEMBERS; member++) {
            fixture.context.members.add(member);
            merge(member, 1);
        }
        for (long stranger = 1_001; stranger <= 1_000 + STRANGERS; stranger++) {
            for (int i = 1; i <= 5; i++) {
                merge(stranger, i);
            }
        }
        forge(FORGED);
        for (long member = 1; member <= MEMBERS; member++) {
            assertFalse(merge(member, 1), "member " + member);
        }
        for (long stranger = 1_001; stranger <= 1_000 + STRANGERS; stranger++) {
            assertFalse(merge(stranger, 5), "stranger " + stranger);
        }
        assertEquals(FORGED + MEMBERS + STRANGERS - 1_024, fixture.counter("origins-evicted"));
    }

    @Test
    void shouldMakeRoomForMembersAmongStrangers() {
        forge(FORGED);
        for (long member = 1; member <= 700; member++) {
            fixture.context.members.add(member);
            merge(member, 1);
        }
        forge(FORGED);
        for (long member = 1; member <= 700; member++) {
            assertFalse(merge(member, 1), "member " + member);
        }
    }

    @Test
    void shouldTakeNoMoreThanOnePlaceFromMembersForStrangers() {
        for (long member = 1; member <= 1_024; member++) {
            fixture.context.members.add(member);
            merge(member, 1);
        }
        forge(FORGED);
        int forgotten = 0;
        for (long member = 1; member <= 1_024; member++) {
            forgotten += fixture.isStale(member, 7, 1) ? 0 : 1;
        }
        assertEquals(1, forgotten);
    }

    @Test
    void shouldTakeANewcomerForAMemberAsSoonAsItIsKnown() {
        merge(1, 1);
        fixture.context.members.add(1L);
        forge(FORGED);
        assertFalse(merge(1, 1));
    }

    @Test
    void shouldForgetThoseWithASingleMessageFirst() {
        merge(1, 1);
        merge(1, 2);
        forge(1_500);
        assertFalse(merge(1, 2), "more than one frame has named it");
    }
}
