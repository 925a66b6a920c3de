package io.plumtree.engine.query;

import io.plumtree.api.PlumtreeException;
import io.plumtree.api.transport.Link;
import io.plumtree.api.transport.Transport;
import io.plumtree.engine.options.QueryOptions;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Links that are made when a query or an answer needs one, and closed when they have been idle. There is a bound: the
 * one that has been idle longest gives way, and if all are wanted, one that has had its time to connect in vain; who
 * wanted it waits for his turn to come again.
 */
public final class OnDemandLinks {
    /** Whoever waits for a link asks for it more often than that. */
    static final long WANTED_NS = TimeUnit.MILLISECONDS.toNanos(100);
    /** What a link is given to connect before it has to give way. */
    static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(1);
    /** When to try again after the transport has refused a link. */
    private static final long RETRY_NS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Map<String, Entry> byEndpoint = new LinkedHashMap<>();
    private final Transport transport;
    private final QueryCounters counters;
    private final int maxLinks;
    private final long idleTimeNs;
    private boolean isRefused;
    private long refusedNs;

    /** A link and when it was last wanted. */
    private static final class Entry {
        final Link link;
        final long madeNs;
        long usedNs;
        boolean wasConnected;

        Entry(final Link link, final long nowNs) {
            this.link = link;
            this.madeNs = nowNs;
            this.usedNs = nowNs;
        }
    }

    /**
     * No links yet.
     *
     * @param transport makes them.
     * @param options   say how many, and for how long.
     * @param counters  where to count.
     */
    public OnDemandLinks(final Transport transport, final QueryOptions options, final QueryCounters counters) {
        this.transport = transport;
        this.counters = counters;
        this.maxLinks = options.maxLinks();
        this.idleTimeNs = options.linkIdleTimeNs();
    }

    /**
     * The link to an endpoint, which is made if there is none and there is room.
     *
     * @param endpoint where to.
     * @param nowNs    the time.
     * @return the link, connected; null if it is not, so that it has to be asked for again.
     */
    public Link connected(final String endpoint, final long nowNs) {
        Entry entry = byEndpoint.get(endpoint);
        if (entry == null) {
            if (isRefused && nowNs - refusedNs < RETRY_NS || !makeRoom(nowNs)) {
                return null;
            }
            entry = make(endpoint, nowNs);
            if (entry == null) {
                return null;
            }
        }
        entry.usedNs = nowNs;
        return entry.link.isConnected() ? entry.link : null;
    }

    /**
     * Closes what has been idle for long enough.
     *
     * @param nowNs the time.
     * @return how many were closed.
     */
    public int closeIdle(final long nowNs) {
        if (byEndpoint.isEmpty()) {
            return 0;
        }
        int count = 0;
        for (final Iterator<Entry> entries = byEndpoint.values().iterator(); entries.hasNext();) {
            final Entry entry = entries.next();
            final boolean isConnected = entry.link.isConnected();
            final boolean isGivenUp = entry.wasConnected && !isConnected && nowNs - entry.usedNs >= WANTED_NS;
            entry.wasConnected = isConnected;
            // One that the other side has closed would be opened there again and again, for nothing.
            if (isGivenUp || nowNs - entry.usedNs >= idleTimeNs) {
                entries.remove();
                entry.link.close();
                count++;
            }
        }
        return count;
    }

    boolean has(final String endpoint) {
        return byEndpoint.containsKey(endpoint);
    }

    int size() {
        return byEndpoint.size();
    }

    private Entry make(final String endpoint, final long nowNs) {
        try {
            final Entry entry = new Entry(transport.connectBriefly(endpoint), nowNs);
            isRefused = false;
            byEndpoint.put(endpoint, entry);
            counters.increment(QueryCounter.LINKS);
            return entry;
        } catch (final PlumtreeException ex) {
            // The transport has as many links as it may, or does not understand the endpoint.
            isRefused = true;
            refusedNs = nowNs;
            counters.increment(QueryCounter.LINKS_FAILED);
            return null;
        }
    }

    private boolean makeRoom(final long nowNs) {
        if (byEndpoint.size() < maxLinks) {
            return true;
        }
        String loser = null;
        long loserUsedNs = nowNs - WANTED_NS;
        for (final Map.Entry<String, Entry> entry : byEndpoint.entrySet()) {
            if (entry.getValue().usedNs - loserUsedNs <= 0) {
                loser = entry.getKey();
                loserUsedNs = entry.getValue().usedNs;
            }
        }
        if (loser == null) {
            loser = firstInVain(nowNs);
        }
        if (loser == null) {
            return false;
        }
        byEndpoint.remove(loser).link.close();
        return true;
    }

    /** The one that was made first, of those that have had their time to connect. */
    private String firstInVain(final long nowNs) {
        for (final Map.Entry<String, Entry> entry : byEndpoint.entrySet()) {
            if (nowNs - entry.getValue().madeNs >= PATIENCE_NS && !entry.getValue().link.isConnected()) {
                return entry.getKey();
            }
        }
        return null;
    }
}
