package io.plumtree.protocol.flow;

/** Which members there are, and which of them can be reached. */
public interface PeerLookup {
    /** The index of a member; {@link io.plumtree.protocol.Peers#NO_PEER} if it is none, or this node. */
    int indexOf(long id);

    /** Whether a peer can be reached. */
    boolean isConnected(int peer);
}
