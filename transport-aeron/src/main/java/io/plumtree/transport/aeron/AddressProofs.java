package io.plumtree.transport.aeron;

import io.aeron.protocol.SetupFlyweight;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.agrona.collections.Hashing;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Has whoever begins to send here show first that it is where its datagrams say. It is asked, there, to measure the
 * round trip, with a number that nobody else can know: Aeron's senders answer that at once, with the number. Until then
 * nothing is made for it, and it gets back as many bytes as it sent.
 *
 * <p>The number follows from a secret, the sender and the time, so that however many others ask, an answer is known to
 * be right. What the sender had said is kept, so that its answer is enough; there are so many places for that, in sets
 * of four, of which those that have answered keep theirs longest. Where it was displaced, the sender is let in when it
 * says again that it begins, a tenth of a second later.
 *
 * <p>For the driver's thread.
 */
final class AddressProofs {
    /** Sets and places in each; powers of two. */
    static final int SETS = 256;
    static final int SET_SIZE = 4;
    private static final long MIN_PATIENCE_NS = TimeUnit.SECONDS.toNanos(2);
    private static final int KEY_LENGTH = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private final Place[] places = new Place[SETS * SET_SIZE];
    private final ByteBuffer input = ByteBuffer.allocate(64);
    private final long patienceNs;
    private final int seed;
    private final Mac mac;

    /** What a sender has said; in use until it is let in, or is silent for too long. */
    static final class Place {
        private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SetupFlyweight.HEADER_LENGTH]);
        private final SetupFlyweight setup = new SetupFlyweight(buffer);
        private InetSocketAddress address;
        private long key;
        private long sinceNs;
        private boolean hasSaid;
        private boolean isProven;

        SetupFlyweight setup() {
            return setup;
        }

        UnsafeBuffer buffer() {
            return buffer;
        }
    }

    /**
     * Nobody has been asked.
     *
     * @param waitNs for how long a sender is waited for otherwise; an answer may take as long, and two seconds at
     *               least.
     */
    AddressProofs(final long waitNs) {
        patienceNs = Math.max(MIN_PATIENCE_NS, waitNs);
        final SecureRandom random = new SecureRandom();
        seed = random.nextInt();
        final byte[] secret = new byte[KEY_LENGTH];
        random.nextBytes(secret);
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
        } catch (final GeneralSecurityException ex) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, ex);
        }
    }

    /** A sender says that it begins; the number to ask it with. */
    long ask(final SetupFlyweight setup, final UnsafeBuffer buffer, final InetSocketAddress from, final long nowNs) {
        final long key = RemoteSession.key(setup.streamId(), setup.sessionId());
        final Place place = take(key, from, nowNs);
        place.buffer.putBytes(0, buffer, 0, SetupFlyweight.HEADER_LENGTH);
        place.hasSaid = true;
        return number(key, from, slice(nowNs));
    }

    /** A sender answers; what it had said, or null if its answer is wrong or that is not known any more. */
    Place answer(
        final int streamId, final int sessionId, final long number, final InetSocketAddress from, final long nowNs) {
        final long key = RemoteSession.key(streamId, sessionId);
        final long slice = slice(nowNs);
        if (number != number(key, from, slice) && number != number(key, from, slice - 1)) {
            return null;
        }
        final Place place = take(key, from, nowNs);
        place.isProven = true;
        return place.hasSaid ? place : null;
    }

    /** Whether a sender has answered, and has not been let in since. */
    boolean isProven(final int streamId, final int sessionId, final InetSocketAddress from, final long nowNs) {
        final Place place = find(RemoteSession.key(streamId, sessionId), from, nowNs);
        return place != null && place.isProven;
    }

    /** A sender has been let in. */
    void forget(final int streamId, final int sessionId, final InetSocketAddress from, final long nowNs) {
        final Place place = find(RemoteSession.key(streamId, sessionId), from, nowNs);
        if (place != null) {
            place.address = null;
        }
    }

    private Place find(final long key, final InetSocketAddress from, final long nowNs) {
        final int first = firstOfSet(key, from);
        for (int i = first; i < first + SET_SIZE; i++) {
            if (places[i] != null && places[i].key == key && from.equals(places[i].address) &&
                !isOver(places[i], nowNs)) {
                return places[i];
            }
        }
        return null;
    }

    /** The place of a sender, its own or another's. */
    private Place take(final long key, final InetSocketAddress from, final long nowNs) {
        Place place = find(key, from, nowNs);
        if (place == null) {
            place = toReplace(firstOfSet(key, from), nowNs);
            place.key = key;
            place.address = from;
            place.hasSaid = false;
            place.isProven = false;
        }
        place.sinceNs = nowNs;
        return place;
    }

    private Place toReplace(final int first, final long nowNs) {
        Place replaced = null;
        for (int i = first; i < first + SET_SIZE; i++) {
            if (places[i] == null) {
                places[i] = new Place();
                return places[i];
            }
            if (places[i].address == null || isOver(places[i], nowNs)) {
                return places[i];
            }
            if (replaced == null || isRather(places[i], replaced)) {
                replaced = places[i];
            }
        }
        return replaced;
    }

    private static boolean isRather(final Place place, final Place than) {
        return place.isProven == than.isProven ? place.sinceNs - than.sinceNs < 0 : than.isProven;
    }

    private boolean isOver(final Place place, final long nowNs) {
        return nowNs - place.sinceNs >= patienceNs;
    }

    private int firstOfSet(final long key, final InetSocketAddress from) {
        return SET_SIZE * (Hashing.hash(key * 31 + from.hashCode() ^ seed) & SETS - 1);
    }

    private long slice(final long nowNs) {
        return Math.floorDiv(nowNs, patienceNs);
    }

    private long number(final long key, final InetSocketAddress from, final long slice) {
        input.clear();
        input.putLong(key).putLong(slice).putInt(from.getPort()).put(from.getAddress().getAddress());
        mac.update(input.array(), 0, input.position());
        return ByteBuffer.wrap(mac.doFinal()).getLong();
    }
}
