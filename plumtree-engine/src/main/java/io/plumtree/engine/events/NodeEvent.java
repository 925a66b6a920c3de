package io.plumtree.engine.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.StackTrace;

/** What all events have: whose they are. Where they come from in the code would only tell of the engine's loop. */
@Category("Plumtree")
@StackTrace(false)
abstract class NodeEvent extends Event {
    @Label("Node")
    @Description("Name of the node that tells")
    String node;
}
