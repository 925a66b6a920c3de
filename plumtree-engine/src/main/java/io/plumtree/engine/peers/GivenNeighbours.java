package io.plumtree.engine.peers;

import io.plumtree.api.Member;
import io.plumtree.engine.codec.Greeting;
import io.plumtree.engine.codec.OverlayFrameListener;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.options.MembershipKind;
import io.plumtree.engine.options.MembershipOptions;
import io.plumtree.protocol.Plumtree;
import java.util.Set;
import java.util.SortedMap;

/** All members are neighbours, and an embedder says who they are. */
public final class GivenNeighbours implements Neighbours {
    private final EngineCounters counters;

    /**
     * Neighbours that are given.
     *
     * @param counters where to count who takes this node for one that finds them by itself.
     */
    public GivenNeighbours(final EngineCounters counters) {
        this.counters = counters;
    }

    @Override
    public void nowNs(final long timeNs) {
    }

    @Override
    public int doWork(final long timeNs, final Membership membership) {
        return 0;
    }

    @Override
    public int check(final long timeNs, final Plumtree plumtree) {
        return 0;
    }

    @Override
    public long waitNs(final long timeNs) {
        return Long.MAX_VALUE;
    }

    @Override
    public boolean isWaiting() {
        return false;
    }

    @Override
    public void onLinkUp(final Peer peer) {
    }

    @Override
    public void onLinkDown(final Peer peer) {
    }

    @Override
    public void onPeerRaised(final Peer peer, final long later) {
    }

    @Override
    public void onRaised() {
    }

    @Override
    public void onMembersLeft(final Set<Member> left) {
    }

    @Override
    public OverlayFrameListener receiver(final FrameOrigin origin, final Agreement agreement) {
        return new UninvitedReceiver(origin, agreement, counters);
    }

    @Override
    public boolean areWelcome() {
        return false;
    }

    @Override
    public void onStrangersGreeting(final Greeting greeting) {
        throw new IllegalStateException("no stranger is listened to");
    }

    @Override
    public boolean hasAsked(final long nonce) {
        return false;
    }

    @Override
    public boolean leave(final long timeNs) {
        return false;
    }

    @Override
    public void close() {
    }

    @Override
    public void addSettings(final SortedMap<String, String> settings) {
        settings.put(MembershipOptions.KIND_PROPERTY, MembershipKind.STATIC.toString());
    }

    @Override
    public void publish(final EngineCounters to) {
    }
}
