package io.plumtree.protocol.membership;

import io.plumtree.api.TokenBucket;
import io.plumtree.protocol.options.HyParViewOptions;

/**
 * How many nodes may ask to be let in: in a second from one host, as they name it, and in all. A host has a bucket
 * of its own while it uses it; where more hosts ask than are kept here, those count for all together only.
 */
final class JoinLimits {
    private static final int HOSTS = 64;

    private final int perHost;
    private final TokenBucket all;
    private final String[] hosts = new String[HOSTS];
    private final TokenBucket[] buckets = new TokenBucket[HOSTS];

    JoinLimits(final HyParViewOptions options, final long nowNs) {
        perHost = options.joinsPerHost();
        all = new TokenBucket(options.joinsPerSecond(), options.joinsPerSecond(), nowNs);
    }

    /** Whether a node that listens there may be let in now; it counts then. */
    boolean admits(final String endpoint, final long nowNs) {
        final TokenBucket ofHost = ofHost(host(endpoint), nowNs);
        return (ofHost == null || ofHost.take(nowNs)) && all.take(nowNs);
    }

    private static String host(final String endpoint) {
        final int colon = endpoint.lastIndexOf(':');
        return colon < 0 ? endpoint : endpoint.substring(0, colon);
    }

    private TokenBucket ofHost(final String host, final long nowNs) {
        int slot = -1;
        for (int i = 0; i < HOSTS; i++) {
            if (host.equals(hosts[i])) {
                return buckets[i];
            }
            if (hosts[i] == null || buckets[i].isFull(nowNs)) {
                slot = i;
            }
        }
        if (slot < 0) {
            return null;
        }
        hosts[slot] = host;
        buckets[slot] = new TokenBucket(perHost, perHost, nowNs);
        return buckets[slot];
    }
}
