package io.plumtree.protocol.membership;

import io.plumtree.protocol.options.HyParViewOptions;
import java.util.random.RandomGenerator;

/**
 * This node's own requests: each is sent under a number that nobody can guess, and waits for an answer. All wait
 * equally long.
 */
final class PendingRequests {
    /** Walks that end here are others' doing, so there is a bound: this many for each place in the active view. */
    private static final int WALK_ENDS_A_PLACE = 4;

    /** A request; its node is null where only the contact's endpoint is known. */
    record Request(long nonce, RequestKind kind, NodeDescriptor node, String contact, long dueNs) {
    }

    private final RandomGenerator random;
    private final HyParViewEffects effects;
    private final HyParViewCounters counters;
    private final long timeoutNs;
    private final int maxWalkEnds;
    private final Request[] requests;
    private final int[] counts = new int[RequestKind.values().length];
    private int size;

    PendingRequests(
        final HyParViewOptions options,
        final RandomGenerator random,
        final HyParViewEffects effects,
        final HyParViewCounters counters) {
        this.random = random;
        this.effects = effects;
        this.counters = counters;
        timeoutNs = options.requestTimeoutNs();
        final int places = options.activeViewSize();
        maxWalkEnds = WALK_ENDS_A_PLACE * places;
        // Beside those for places and for walks: one probe, one reunion, one insistence and one exchange at a time, and
        // one question to each neighbour.
        requests = new Request[places + maxWalkEnds + 4 + places + options.newcomers()];
    }

    /** How many places of the active view are kept for those asked. */
    int places() {
        return counts[RequestKind.JOIN.ordinal()] + counts[RequestKind.PROMOTION.ordinal()];
    }

    boolean has(final RequestKind kind) {
        return counts[kind.ordinal()] > 0;
    }

    boolean isFullOfWalkEnds() {
        return counts[RequestKind.WALK_END.ordinal()] == maxWalkEnds;
    }

    /** The request to a node; null if there is none. */
    Request to(final NodeDescriptor node) {
        for (int i = 0; i < size; i++) {
            if (requests[i].node() != null && requests[i].node().id().equals(node.id())) {
                return requests[i];
            }
        }
        return null;
    }

    /** A request to a contact, to this one if there is such; null if no contact has been asked. */
    Request toContact(final String endpoint) {
        Request found = null;
        for (int i = 0; i < size; i++) {
            if (requests[i].contact() != null && (found == null || requests[i].contact().equals(endpoint))) {
                found = requests[i];
            }
        }
        return found;
    }

    /** Asks a node to become a neighbour. */
    void ask(final RequestKind kind, final NodeDescriptor node, final boolean isHighPriority, final long nowNs) {
        final Request request = add(kind, node, null, nowNs);
        counters.increment(HyParViewCounter.REQUESTS);
        effects.sendNeighbor(node, request.nonce(), isHighPriority);
    }

    /** Asks a contact to let this node into its cluster. */
    void join(final RequestKind kind, final String contact, final long nowNs) {
        final Request request = add(kind, null, contact, nowNs);
        counters.increment(HyParViewCounter.JOINS);
        effects.sendJoin(contact, request.nonce());
    }

    /** Asks the first contact once more that has been asked, if there is one, under the same number. */
    void repeatJoin() {
        final Request request = toContact("");
        if (request != null) {
            effects.sendJoin(request.contact(), request.nonce());
        }
    }

    /** Asks all nodes once more that were asked for a reason, under the same numbers; false if there is none. */
    boolean repeat(final RequestKind kind) {
        for (int i = 0; i < size; i++) {
            if (requests[i].kind() == kind) {
                effects.sendNeighbor(requests[i].node(), requests[i].nonce(), false);
            }
        }
        return has(kind);
    }

    private Request add(final RequestKind kind, final NodeDescriptor node, final String contact, final long nowNs) {
        final Request request = new Request(nonce(), kind, node, contact, nowNs + timeoutNs);
        requests[size++] = request;
        counts[kind.ordinal()]++;
        return request;
    }

    private long nonce() {
        long nonce;
        do {
            nonce = random.nextLong();
        } while (nonce == 0);
        return nonce;
    }

    /** Whether there is a request of this number. */
    boolean contains(final long nonce) {
        for (int i = 0; i < size; i++) {
            if (requests[i].nonce() == nonce) {
                return true;
            }
        }
        return false;
    }

    /** Takes the request of this number; null if there is none. */
    Request take(final long nonce) {
        for (int i = 0; i < size; i++) {
            if (requests[i].nonce() == nonce) {
                return remove(i);
            }
        }
        return null;
    }

    /** Takes the request that has waited longest, if its time is over; null if not. */
    Request takeOverdue(final long nowNs) {
        return size > 0 && nowNs - requests[0].dueNs() >= 0 ? remove(0) : null;
    }

    void removeTo(final NodeDescriptor node) {
        final Request request = to(node);
        if (request != null) {
            take(request.nonce());
        }
    }

    private Request remove(final int index) {
        final Request removed = requests[index];
        System.arraycopy(requests, index + 1, requests, index, size - index - 1);
        requests[--size] = null;
        counts[removed.kind().ordinal()]--;
        return removed;
    }

    long earlierDeadlineNs(final long thanNs) {
        return size > 0 && requests[0].dueNs() - thanNs < 0 ? requests[0].dueNs() : thanNs;
    }
}
