package io.plumtree.protocol.membership;

import java.util.random.RandomGenerator;

/** Requests that wait for an answer, each named by a number that nobody can guess. All wait equally long. */
final class PendingRequests {
    /** Walks that end here are others' doing, so there is a bound: this many for each place in the active view. */
    private static final int WALK_ENDS_A_PLACE = 4;

    /** A request; its node is null where only the contact's endpoint is known. */
    record Request(long nonce, RequestKind kind, NodeDescriptor node, String contact, long dueNs) {
    }

    private final RandomGenerator random;
    private final int maxWalkEnds;
    private final Request[] requests;
    private final int[] counts = new int[RequestKind.values().length];
    private int size;

    PendingRequests(final int activeViewSize, final int newcomers, final RandomGenerator random) {
        this.random = random;
        maxWalkEnds = WALK_ENDS_A_PLACE * activeViewSize;
        // Beside those for places and for walks: one probe, one reunion, one insistence and one exchange at a time, and
        // one question to each neighbour.
        requests = new Request[activeViewSize + maxWalkEnds + 4 + activeViewSize + newcomers];
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

    int size() {
        return size;
    }

    Request get(final int index) {
        return requests[index];
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

    Request add(final RequestKind kind, final NodeDescriptor node, final String contact, final long dueNs) {
        final Request request = new Request(nonce(), kind, node, contact, dueNs);
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

    /** A request to a contact; null if none has been asked. */
    Request toContact() {
        return toContact("");
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
