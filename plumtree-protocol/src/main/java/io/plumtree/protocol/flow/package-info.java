/**
 * Flow control, in one room: whether this node may broadcast, relay and push now, and what tells it. The rest of the
 * protocol knows {@link io.plumtree.protocol.flow.FlowControl} alone. What flow control has to know of the rest, it
 * asks for by the small interfaces here.
 */
package io.plumtree.protocol.flow;
