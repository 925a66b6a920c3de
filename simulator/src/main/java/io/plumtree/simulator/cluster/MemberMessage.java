package io.plumtree.simulator.cluster;

import io.plumtree.protocol.membership.HyParView;

/** A message under way to a member. */
interface MemberMessage {
    /** Tells the receiver. */
    void deliver(HyParView view, long nowNs);
}
