package io.plumtree.transport.aeron;

import io.plumtree.api.TokenBucket;
import java.net.InetAddress;

/** An address from which sessions come, or to which there are links. */
final class RemoteSource {
    final InetAddress address;
    /** Bounds what it may take of the strangers' rate. */
    final TokenBucket rate;
    /** To sockets at this address. */
    int links;
    int sessions;

    RemoteSource(final InetAddress address, final TokenBucket rate) {
        this.address = address;
        this.rate = rate;
    }

    /** Whether this node sends there, so that it expects to be sent to from there. */
    boolean isKnown() {
        return links > 0;
    }
}
