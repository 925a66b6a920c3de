package io.plumtree.protocol.flow;

import io.plumtree.protocol.ProtocolCounter;

/** Where flow control counts. */
public interface FlowCounter {
    /** One more. */
    void increment(ProtocolCounter counter);
}
