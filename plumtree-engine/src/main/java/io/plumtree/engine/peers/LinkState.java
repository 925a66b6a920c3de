package io.plumtree.engine.peers;

import io.plumtree.api.DownReason;

/**
 * How far the link to a peer has come. Each method is a transition and answers the state that follows; one that does
 * not start from the present state is a fault of this node.
 *
 * <p>Whether the transport has the link connected is no part of it: that comes and goes by itself, and is looked at.
 */
enum LinkState {
    /** No run of the peer is known, or the one that is has said goodbye: nothing that it sends is taken in. */
    UNGREETED,

    /** The peer has greeted. The link comes up once this node's own greeting is on its way. */
    GREETED,

    /** The protocol has been told that the link is up. */
    UP,

    /** The link has gone down. The peer has to greet again, but what its run sends is taken in still. */
    LOST;

    /** Whether what the peer's run sends is taken in. */
    boolean isIntroduced() {
        return this != UNGREETED;
    }

    /** Whether the peer has greeted since the link last went down. */
    boolean isGreeted() {
        return this == GREETED || this == UP;
    }

    /** The peer has greeted. A greeting on a link that is up changes nothing. */
    LinkState greeted() {
        return this == UP ? UP : GREETED;
    }

    /** The link has come up. */
    LinkState up() {
        require(this == GREETED);
        return UP;
    }

    /** The link has gone down. Only a goodbye is the last word of a run. */
    LinkState down(final DownReason reason) {
        require(this == UP);
        return reason == DownReason.GOODBYE ? UNGREETED : LOST;
    }

    /** The peer's run has said goodbye, or another one has begun. The link is down already. */
    LinkState forgotten() {
        require(this != UP);
        return UNGREETED;
    }

    /** The peer listens elsewhere, and has to greet from there. The link is down already. */
    LinkState moved() {
        require(this != UP);
        return this == UNGREETED ? UNGREETED : LOST;
    }

    private void require(final boolean isAllowed) {
        if (!isAllowed) {
            throw new IllegalStateException("a link that is " + this);
        }
    }
}
