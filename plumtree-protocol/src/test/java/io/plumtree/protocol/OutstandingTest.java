package io.plumtree.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** A table of four entries has four buckets, and all of a peer's entries are in one of them. */
class OutstandingTest {
    private static final int PEER = 1;

    private final MessageTable messages = new MessageTable(8, 8);
    private final Outstanding outstanding = new Outstanding(messages, 2, 4, 4, 100);

    private int message(final long id) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[8]);
        buffer.putLong(0, id);
        return messages.acquire(Messages.key(7, 0, 0, buffer, 8), 7, 0);
    }

    private List<Integer> slots() {
        final List<Integer> slots = slots(0);
        assertEquals(outstanding.count(PEER), slots.size());
        return slots;
    }

    private List<Integer> slots(final int level) {
        final List<Integer> slots = new ArrayList<>();
        int entry = outstanding.first(PEER, level);
        while (entry != Outstanding.NONE) {
            slots.add(outstanding.slot(entry));
            entry = outstanding.next(entry);
        }
        return slots;
    }

    @Test
    void shouldTellEntriesInOneBucketApart() {
        final int one = message(1);
        final int two = message(2);
        final int three = message(3);
        for (final int slot : new int[] {one, two, three, two}) {
            assertTrue(outstanding.add(PEER, slot, 0));
        }
        assertEquals(List.of(one, two, three), slots());
        // The middle of the bucket, its end, its start; each a second time, too, when it is not there.
        for (final int slot : new int[] {two, two}) {
            assertFalse(outstanding.remove(PEER, slot));
            assertEquals(List.of(one, three), slots());
        }
        assertTrue(outstanding.add(PEER, two, 0));
        for (final int slot : new int[] {one, one}) {
            assertFalse(outstanding.remove(PEER, slot));
            assertEquals(List.of(three, two), slots());
        }
        for (final int slot : new int[] {two, two}) {
            assertFalse(outstanding.remove(PEER, slot));
            assertEquals(List.of(three), slots());
        }
        assertEquals(1, outstanding.size());
    }

    @Test
    void shouldTellWhetherWhatItRemovesWasAnnounced() {
        final int slot = message(1);
        outstanding.add(PEER, slot, 0);
        outstanding.announced(PEER, 0, 1, 0);
        assertTrue(outstanding.remove(PEER, slot));
        assertEquals(0, outstanding.count(PEER));
    }

    @Test
    void shouldMoveWhatIsAnnouncedToTheEndOfTheNextQueue() {
        final int one = message(1);
        final int two = message(2);
        final int three = message(3);
        for (final int slot : new int[] {one, two, three}) {
            outstanding.add(PEER, slot, 0);
        }
        outstanding.announced(PEER, 0, 0, 7);
        assertEquals(List.of(one, two, three), slots(0));
        outstanding.announced(PEER, 0, 2, 7);
        assertEquals(List.of(three), slots(0));
        assertEquals(List.of(one, two), slots(1));
        outstanding.announced(PEER, 0, 1, 8);
        assertEquals(List.of(), slots(0));
        assertEquals(List.of(one, two, three), slots(1));
        assertEquals(99, outstanding.waitNs(PEER, 8));
        // From the last queue back into it, in turn.
        final int top = Outstanding.LEVELS - 1;
        for (int level = 1; level < top; level++) {
            outstanding.announced(PEER, level, 3, 9);
        }
        assertEquals(List.of(one, two, three), slots(top));
        outstanding.announced(PEER, top, 3, 10);
        assertEquals(List.of(one, two, three), slots(top));
        outstanding.announced(PEER, top, 1, 11);
        assertEquals(List.of(two, three, one), slots(top));
        assertEquals((100 << top - 1) - 1, outstanding.waitNs(PEER, 11));
        // All are where the queue says: from the middle, the start and the end.
        assertTrue(outstanding.remove(PEER, three));
        assertEquals(List.of(two, one), slots(top));
        assertTrue(outstanding.remove(PEER, two));
        assertTrue(outstanding.remove(PEER, one));
        assertEquals(0, outstanding.count(PEER));
        assertEquals(List.of(), slots(top));
    }
}
