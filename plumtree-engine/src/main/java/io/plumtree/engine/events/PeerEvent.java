package io.plumtree.engine.events;

import jdk.jfr.Description;
import jdk.jfr.Label;

/** An event between a node and a peer. */
abstract class PeerEvent extends NodeEvent {
    @Label("Peer")
    @Description("Name of the peer")
    String peer;
}
