package io.plumtree.handlers.pubsub;

import io.plumtree.api.BroadcastResult;
import io.plumtree.api.NodeId;
import io.plumtree.handlers.spi.BroadcastClaim;
import io.plumtree.handlers.spi.HandlerContext;
import io.plumtree.handlers.spi.MutableMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/** A node of one thread: what is committed is broadcast at once. */
final class FakeContext implements HandlerContext {
    static final int MAX_MESSAGE_LENGTH = 1 << 16;
    static final long INCARNATION = 1_000;

    /** The machine's, so that it differs from run to run; from there on a test says how it goes on. */
    final long startNs = System.nanoTime();
    final Map<String, String> options = new HashMap<>();
    /** The options that were looked at. */
    final Set<String> asked = new TreeSet<>();
    final Map<String, AtomicCounter> counters = new HashMap<>();
    final List<Throwable> errors = new ArrayList<>();
    /** What a claim returns; 0 to let it succeed. */
    long claimResult;
    PubSub handler;
    /** Whether an exchange is still to come, and how often one was asked for. */
    boolean isExchangePending;
    int exchangeRequests;
    /** The runs that nodes have told, and the members. */
    final Map<Long, Long> confirmed = new HashMap<>();
    final Set<Long> members = new HashSet<>();
    /** The message that was claimed last. */
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[MAX_MESSAGE_LENGTH]);
    int payloadLength;
    int commitCount;
    int abortCount;
    /** Claims that were asked for, by any thread. */
    final AtomicInteger claimCount = new AtomicInteger();

    private final NodeId self = NodeId.of("self");
    private long position;

    @Override
    public NodeId self() {
        return self;
    }

    @Override
    public long incarnation() {
        return INCARNATION;
    }

    @Override
    public long startNs() {
        return startNs;
    }

    @Override
    public String option(final String key, final String defaultValue) {
        asked.add(key);
        return options.getOrDefault(key, defaultValue);
    }

    @Override
    public AtomicCounter counter(final String label) {
        final AtomicCounter counter = new AtomicCounter(new UnsafeBuffer(new byte[128]), 0);
        if (counters.put(label, counter) != null) {
            throw new IllegalArgumentException("counter " + label + " exists");
        }
        return counter;
    }

    @Override
    public BroadcastClaim newClaim() {
        claimCount.incrementAndGet();
        return new Claim();
    }

    @Override
    public int maxMessageLength() {
        return MAX_MESSAGE_LENGTH;
    }

    @Override
    public boolean isExchangePending(final long sinceNs) {
        return isExchangePending;
    }

    @Override
    public void requestExchange(final long sinceNs) {
        exchangeRequests++;
    }

    @Override
    public long confirmedIncarnation(final long node) {
        return confirmed.getOrDefault(node, 0L);
    }

    @Override
    public boolean isMember(final long node) {
        return members.contains(node);
    }

    @Override
    public void onError(final Throwable error) {
        errors.add(error);
    }

    final class Claim implements BroadcastClaim {
        private final MutableMessage message = new MutableMessage();
        private boolean isOpen;

        boolean isOpen() {
            return isOpen;
        }

        @Override
        public long tryClaim(final int idLength, final int length) {
            if (isOpen) {
                throw new IllegalStateException("a claim is open");
            }
            if (claimResult < 0) {
                return claimResult;
            }
            if (idLength + length > MAX_MESSAGE_LENGTH) {
                return BroadcastResult.PAYLOAD_TOO_LONG;
            }
            isOpen = true;
            payloadLength = length;
            position += idLength + length;
            return position;
        }

        @Override
        public MutableDirectBuffer buffer() {
            return buffer;
        }

        @Override
        public int idOffset() {
            return 0;
        }

        @Override
        public int payloadOffset() {
            return MessageLayout.ID_LENGTH;
        }

        @Override
        public void commit() {
            end();
            commitCount++;
            handler.onBroadcast(
                message.wrap(buffer, 0, MessageLayout.ID_LENGTH, MessageLayout.ID_LENGTH, payloadLength));
        }

        @Override
        public void abort() {
            end();
            abortCount++;
        }

        private void end() {
            if (!isOpen) {
                throw new IllegalStateException("no claim is open");
            }
            isOpen = false;
        }
    }
}
