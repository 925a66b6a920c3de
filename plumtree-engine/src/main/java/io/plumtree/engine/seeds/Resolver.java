package io.plumtree.engine.seeds;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host. */
@FunctionalInterface
interface Resolver {
    /** The JDK's, with its caches. */
    Resolver SYSTEM = host -> List.of(InetAddress.getAllByName(host));

    /**
     * Resolves a name; may block.
     *
     * @param host the name, not an address.
     * @return its addresses, in the order of preference.
     * @throws UnknownHostException if there are none.
     */
    List<InetAddress> resolve(String host) throws UnknownHostException;
}
