package io.plumtree.engine.peers;

import io.plumtree.api.Member;
import io.plumtree.engine.codec.Greeting;
import io.plumtree.engine.codec.OverlayFrameListener;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.protocol.Plumtree;
import java.util.Set;
import java.util.SortedMap;

/** How a node comes by its neighbours: they are given to it, or HyParView finds them. On the engine's thread. */
public interface Neighbours {
    /** A duty cycle begins. */
    void nowNs(long timeNs);

    /** Does what is due, and makes those the peers that have been found. Returns how much was done. */
    int doWork(long timeNs, Membership membership);

    /** Sends what waits, and has the slow replaced; when links are looked at. Returns how much was done. */
    int check(long timeNs, Plumtree plumtree);

    /** How long until there is something to do; {@link Long#MAX_VALUE} if there will be nothing. */
    long waitNs(long timeNs);

    /** Whether frames wait for a link. */
    boolean isWaiting();

    /** The link to a peer has come up. */
    void onLinkUp(Peer peer);

    /** The link to a peer has gone down, and the peer with it. */
    void onLinkDown(Peer peer);

    /** A peer goes on in a later incarnation. */
    void onPeerRaised(Peer peer, long later);

    /** This node goes on in a later incarnation. */
    void onRaised();

    /** The full view has changed: who has failed there, but does not seem to here, may be in another part. */
    void onMembersLeft(Set<Member> left);

    /** What takes in the frames by which neighbours find each other. */
    OverlayFrameListener receiver(FrameOrigin origin, Agreement agreement);

    /** Whether strangers are listened to: they may become neighbours. */
    boolean areWelcome();

    /** A node that is no peer greets; only where strangers are welcome. */
    void onStrangersGreeting(Greeting greeting);

    /** Whether this node has asked somebody with that number, and waits for the answer. */
    boolean hasAsked(long nonce);

    /** Tells the neighbours that this node leaves. Returns whether they have something to let go of. */
    boolean leave(long timeNs);

    /** Looks for no others any more. */
    void close();

    /** Adds what peers should have set as this node has. */
    void addSettings(SortedMap<String, String> settings);

    /** Brings counters and levels up to date. */
    void publish(EngineCounters to);
}
