package io.plumtree.engine.membership;

import io.plumtree.engine.options.HyParViewOptions;

/**
 * How many nodes may ask to be let in: in a second from one host, as they name it, and in all. A host has an allowance
 * of its own while it uses it; where more hosts ask than are kept here, those count for all together only.
 */
final class JoinLimits {
    private static final int HOSTS = 64;

    private final int perHost;
    private final Allowance all;
    private final String[] hosts = new String[HOSTS];
    private final Allowance[] allowances = new Allowance[HOSTS];

    JoinLimits(final HyParViewOptions options, final long nowNs) {
        perHost = options.joinsPerHost();
        all = new Allowance(options.joinsPerSecond(), nowNs);
    }

    /** Whether a node that listens there may be let in now; it counts then. */
    boolean admits(final String endpoint, final long nowNs) {
        final Allowance ofHost = ofHost(host(endpoint), nowNs);
        return (ofHost == null || ofHost.take(nowNs)) && all.take(nowNs);
    }

    private static String host(final String endpoint) {
        final int colon = endpoint.lastIndexOf(':');
        return colon < 0 ? endpoint : endpoint.substring(0, colon);
    }

    private Allowance ofHost(final String host, final long nowNs) {
        int slot = -1;
        for (int i = 0; i < HOSTS; i++) {
            if (host.equals(hosts[i])) {
                return allowances[i];
            }
            if (hosts[i] == null || allowances[i].isWhole(nowNs)) {
                slot = i;
            }
        }
        if (slot < 0) {
            return null;
        }
        hosts[slot] = host;
        allowances[slot] = new Allowance(perHost, nowNs);
        return allowances[slot];
    }
}
