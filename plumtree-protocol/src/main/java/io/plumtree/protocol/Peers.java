package io.plumtree.protocol;

/** Peers are dense indexes ({@link Plumtree#peerIndex}), from 0 on; this is what stands where there is none. */
public final class Peers {
    /** No such peer. */
    public static final int NO_PEER = -1;

    private Peers() {
    }
}
