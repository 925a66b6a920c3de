package io.plumtree.engine.handlers;

import io.plumtree.api.NodeId;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.exchange.Exchanges;
import io.plumtree.engine.peers.KnownMembers;
import io.plumtree.engine.ring.CommandRing;
import io.plumtree.engine.settings.EngineSettings;
import io.plumtree.handlers.spi.BroadcastClaim;
import io.plumtree.handlers.spi.HandlerContext;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.agrona.concurrent.status.AtomicCounter;

/** The node, as one handler sees it. */
public final class EngineHandlerContext implements HandlerContext {
    private static final int COUNTERS_OF_ENGINE = 4;

    private final Set<String> labels = new HashSet<>(Set.of("failures", "malformed", "slow", "deferred"));
    private final Set<String> read = new HashSet<>();
    private final HandlerSlot slot;
    private final EngineSettings settings;
    private final long startNs;
    private final Map<String, String> options;
    private final EngineCounters counters;
    private final CommandRing ring;
    private final Exchanges exchanges;
    private final KnownMembers members;
    private boolean isStarted;

    /**
     * What a handler sees.
     *
     * @param slot      the handler.
     * @param settings  the node's.
     * @param startNs   the time from which that of the node's duty cycles goes on.
     * @param options   the handler's options, by what follows {@code handler.NAME.}
     * @param counters  where its counters go.
     * @param ring      where its broadcasts go.
     * @param exchanges the node's.
     * @param members   what the node has heard of members.
     */
    public EngineHandlerContext(
        final HandlerSlot slot,
        final EngineSettings settings,
        final long startNs,
        final Map<String, String> options,
        final EngineCounters counters,
        final CommandRing ring,
        final Exchanges exchanges,
        final KnownMembers members) {
        this.slot = slot;
        this.settings = settings;
        this.startNs = startNs;
        this.options = Map.copyOf(options);
        this.counters = counters;
        this.ring = ring;
        this.exchanges = exchanges;
        this.members = members;
    }

    /** Ends the start of the handler: the options that it has looked at until now are those that it knows. */
    public void started() {
        isStarted = true;
    }

    /**
     * The options that the handler has looked at while it started.
     *
     * @return what follows {@code handler.NAME.}
     */
    public Set<String> knownOptions() {
        return Set.copyOf(read);
    }

    @Override
    public NodeId self() {
        return settings.self().id();
    }

    @Override
    public long incarnation() {
        return settings.incarnation().get();
    }

    @Override
    public long startNs() {
        return startNs;
    }

    @Override
    public String option(final String key, final String defaultValue) {
        if (!isStarted) {
            read.add(key);
        }
        return options.getOrDefault(key, defaultValue);
    }

    @Override
    public AtomicCounter counter(final String label) {
        if (isStarted) {
            throw new IllegalStateException("counter '" + label + "' of handler '" + slot.name +
                "': counters are made in onStart only");
        }
        if (labels.size() == EngineCounters.MAX_PER_HANDLER) {
            throw new IllegalStateException("handler '" + slot.name + "' can have at most " +
                (EngineCounters.MAX_PER_HANDLER - COUNTERS_OF_ENGINE) + " counters: '" + label + "' is one more");
        }
        if (!labels.add(label)) {
            throw new IllegalArgumentException("handler '" + slot.name + "' has a counter '" + label + "' already");
        }
        return counters.newCounter("handler." + slot.name + "." + label);
    }

    @Override
    public BroadcastClaim newClaim() {
        return ring.newClaim(slot);
    }

    @Override
    public int maxMessageLength() {
        return ring.maxMessageLength();
    }

    @Override
    public boolean isExchangePending(final long sinceNs) {
        return exchanges.isPending(slot.index, sinceNs);
    }

    @Override
    public void requestExchange(final long sinceNs) {
        exchanges.request(slot.index, sinceNs);
    }

    @Override
    public long confirmedIncarnation(final long node) {
        return members.confirmedIncarnation(node);
    }

    @Override
    public boolean isMember(final long node) {
        return members.isMember(node);
    }

    @Override
    public void onError(final Throwable error) {
        slot.errors.onError(error);
    }
}
