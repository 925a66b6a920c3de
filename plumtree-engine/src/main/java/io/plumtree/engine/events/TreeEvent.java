package io.plumtree.engine.events;

import jdk.jfr.Description;
import jdk.jfr.Label;

/** An event that changes a link of a tree. */
abstract class TreeEvent extends PeerEvent {
    @Label("Root")
    @Description("Root of the tree: a node's name, its value in hexadecimal if it is no member here, or 'common' for"
        + " the tree that new roots share")
    String root;

    @Label("Round")
    @Description("How many hops the message had travelled from its root")
    int round;

    @Label("Handler")
    @Description("Name of the handler whose message it is about")
    String handler;
}
