package io.plumtree.protocol;

import io.plumtree.protocol.flow.PeerLookup;
import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;

/** The members beside this node, as dense indexes, and which of them are connected. */
final class MemberIndexes implements PeerLookup {
    private final long self;
    private final long[] ids;
    private final boolean[] inUse;
    private final boolean[] connected;
    private final Long2LongHashMap indexById;
    private int limit;
    /** Which id was asked for last, and its index: a message asks for its root several times. */
    private long lastId;
    private int lastIndex = Peers.NO_PEER;

    MemberIndexes(final long self, final int maxPeers) {
        this.self = self;
        lastId = self;
        ids = new long[maxPeers];
        inUse = new boolean[maxPeers];
        connected = new boolean[maxPeers];
        indexById = new Long2LongHashMap(Math.max(8, maxPeers * 2), 0.65f, Peers.NO_PEER);
    }

    /** One above the highest index in use. */
    int limit() {
        return limit;
    }

    int count() {
        return indexById.size();
    }

    boolean isMember(final int peer) {
        return inUse[peer];
    }

    @Override
    public boolean isConnected(final int peer) {
        return connected[peer];
    }

    void connected(final int peer, final boolean isConnected) {
        connected[peer] = isConnected;
    }

    @Override
    public int indexOf(final long id) {
        if (id != lastId) {
            lastId = id;
            lastIndex = (int) indexById.get(id);
        }
        return lastIndex;
    }

    long id(final int peer) {
        return ids[peer];
    }

    /** Index of a node that must be a member. */
    int require(final long id) {
        final int peer = indexOf(id);
        if (peer == Peers.NO_PEER) {
            throw new IllegalArgumentException("not a member: " + Long.toHexString(id));
        }
        return peer;
    }

    /** Whether members, sorted, are as many as there may be. */
    void checkCount(final long[] sorted) {
        final int others = Arrays.binarySearch(sorted, self) < 0 ? sorted.length : sorted.length - 1;
        if (others > ids.length) {
            throw new IllegalArgumentException(
                others + " members beside this node are more than maxPeers, which is " + ids.length);
        }
    }

    /** Adds a member; its index, or NO_PEER if there is nothing to add. */
    int addNew(final long id) {
        return id == self || indexOf(id) != Peers.NO_PEER ? Peers.NO_PEER : add(id);
    }

    private int add(final long id) {
        int peer = 0;
        while (peer < limit && inUse[peer]) {
            peer++;
        }
        if (peer == ids.length) {
            throw new IllegalArgumentException("more members than maxPeers, which is " + ids.length);
        }
        ids[peer] = id;
        inUse[peer] = true;
        connected[peer] = false;
        limit = Math.max(limit, peer + 1);
        indexById.put(id, peer);
        lastId = id;
        lastIndex = peer;
        return peer;
    }

    void remove(final int peer) {
        indexById.remove(ids[peer]);
        lastId = ids[peer];
        lastIndex = Peers.NO_PEER;
        inUse[peer] = false;
        connected[peer] = false;
        while (limit > 0 && !inUse[limit - 1]) {
            limit--;
        }
    }

    /** The next connected member after this node, in the cyclic order of ids; NO_PEER if there is none. */
    int successor() {
        int lowest = Peers.NO_PEER;
        int next = Peers.NO_PEER;
        for (int peer = 0; peer < limit; peer++) {
            if (inUse[peer] && connected[peer]) {
                final long id = ids[peer];
                if (lowest < 0 || id < ids[lowest]) {
                    lowest = peer;
                }
                if (id > self && (next < 0 || id < ids[next])) {
                    next = peer;
                }
            }
        }
        return next < 0 ? lowest : next;
    }
}
