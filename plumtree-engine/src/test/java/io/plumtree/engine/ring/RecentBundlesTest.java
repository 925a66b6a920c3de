package io.plumtree.engine.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.MessageId;
import io.plumtree.engine.codec.GossipBundle;
import io.plumtree.engine.codec.Keys;
import io.plumtree.handlers.spi.GraftPayload;
import io.plumtree.protocol.Broadcast;
import io.plumtree.protocol.MessageKey;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class RecentBundlesTest {
    private static final int HANDLER = 3;
    private static final int CAPACITY = 1024;

    private final RecentBundles recent = new RecentBundles(CAPACITY);

    private static UnsafeBuffer id(final long value, final int length) {
        final UnsafeBuffer id = new UnsafeBuffer(new byte[length]);
        id.putLong(0, value);
        return id;
    }

    private static void append(
        final GossipBundle bundle, final long value, final int idLength, final int payloadLength) {
        final GraftPayload payload = new GraftPayload();
        payload.wrap(new UnsafeBuffer(new byte[payloadLength]), 0, payloadLength);
        bundle.append(new MessageId().wrap(id(value, idLength), 0, idLength), payload);
    }

    private static Broadcast broadcast(final int handler, final GossipBundle bundle) {
        final Broadcast broadcast = new Broadcast();
        bundle.wrap(broadcast);
        broadcast.key().set(0, 0, handler);
        return broadcast;
    }

    private void add(final int handler, final int idLength, final long... ids) {
        final GossipBundle bundle = new GossipBundle(4096);
        for (final long value : ids) {
            append(bundle, value, idLength, 5);
        }
        recent.add(broadcast(handler, bundle));
    }

    private List<Long> find(final int handler, final int idLength, final long first) {
        final int bundle = recent.find(Keys.key(0, 0, handler, id(first, idLength), 0, idLength));
        final List<Long> ids = new ArrayList<>();
        if (bundle != RecentBundles.NONE) {
            int at = recent.first(bundle);
            for (int i = 0; i < recent.count(bundle); i++) {
                final MessageId id = recent.id(at);
                assertEquals(idLength, id.length());
                ids.add(id.buffer().getLong(id.offset()));
                at = recent.next(at);
            }
        }
        return ids;
    }

    @Test
    void shouldKnowABundleByItsFirstMessageAlone() {
        add(HANDLER, 13, 7, 8, 9);
        assertEquals(List.of(7L, 8L, 9L), find(HANDLER, 13, 7));
        assertEquals(List.of(), find(HANDLER, 13, 8));
        assertEquals(List.of(), find(HANDLER + 1, 13, 7));
        assertEquals(List.of(), find(HANDLER, 12, 7));
        assertFalse(recent.hasForgotten());
    }

    @Test
    void shouldForgetTheOldestForTheNewestAndSaySo() {
        for (long first = 0; first < 1_000; first += 10) {
            add(HANDLER, 8 + (int) (first % 3), first, first + 1, first + 2);
            assertEquals(List.of(first, first + 1, first + 2), find(HANDLER, 8 + (int) (first % 3), first));
        }
        assertTrue(recent.hasForgotten());
        assertEquals(List.of(), find(HANDLER, 8, 0));
        int known = 0;
        for (long first = 0; first < 1_000; first += 10) {
            final List<Long> found = find(HANDLER, 8 + (int) (first % 3), first);
            assertTrue(found.isEmpty() || found.equals(List.of(first, first + 1, first + 2)), found::toString);
            known += found.isEmpty() ? 0 : 1;
        }
        assertTrue(known > 5 && known < 25, known + " are known");
    }

    @Test
    void shouldKnowAllThatThereIsRoomForWhateverPlacesTheyWant() {
        final RecentBundles large = new RecentBundles(1 << 16);
        for (long first = 0; first < 600; first++) {
            final GossipBundle bundle = new GossipBundle(4096);
            for (long value = 1_000 * first; value < 1_000 * first + 5; value++) {
                append(bundle, value, 16, 0);
            }
            large.add(broadcast(HANDLER, bundle));
        }
        assertFalse(large.hasForgotten());
        for (long first = 0; first < 600; first++) {
            final MessageKey key = Keys.key(0, 0, HANDLER, id(1_000 * first, 16), 0, 16);
            assertTrue(large.find(key) != RecentBundles.NONE, "bundle " + first);
        }
    }

    @Test
    void shouldSaySoIfABundleIsTooLongToBeKept() {
        final long[] ids = new long[CAPACITY / 10];
        add(HANDLER, 8, ids);
        assertEquals(List.of(), find(HANDLER, 8, 0));
        assertTrue(recent.hasForgotten());
    }
}
