package io.plumtree.handlers.heartbeat;

import io.plumtree.api.NodeId;
import io.plumtree.handlers.spi.HandlerContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.agrona.collections.Hashing;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The nodes whose heartbeats have come; bounded. When it is full, a new node takes the place of the one that was quiet
 * the longest, if that one was quiet long enough, and is refused otherwise: were a live one to go, its messages that
 * still travel would pass for new again and again. A member takes the place of one that is none.
 *
 * <p>A run is gone by once the node itself has told it, or enough has come of it: then what is of an earlier one is
 * stale, as long as something comes of it. A run that was told by heartbeats alone is a claim beside it, and bars
 * nothing, until the former has been silent for as long as after which a node may be forgotten.
 */
final class NodeTable {
    /** How many are looked at, when one that is no member is to go. */
    private static final int MAX_CHANCES = 64;

    private final Long2ObjectHashMap<NodeBeats> beatsByValue;
    /** The same, for other threads. */
    private final Map<NodeId, NodeBeats> beatsByNode = new ConcurrentHashMap<>();
    private final int maxNodes;
    private final int maxRuns;
    private final long quietNs;
    private final HandlerContext context;
    private final HeartbeatCounters counters;
    /** Head of a ring of all nodes: next is the one heard of last, previous the one quiet the longest. */
    private final NodeBeats ring = new NodeBeats(NodeId.of("ring"), 0);

    NodeTable(final HeartbeatOptions options, final HandlerContext context, final HeartbeatCounters counters) {
        this.maxNodes = options.nodes();
        this.maxRuns = options.intervals();
        this.quietNs = options.quietNs();
        this.context = context;
        this.counters = counters;
        beatsByValue = new Long2ObjectHashMap<>(maxNodes * 2, Hashing.DEFAULT_LOAD_FACTOR);
    }

    /** By the node's value; null if the node is not known. */
    NodeBeats find(final long value) {
        return beatsByValue.get(value);
    }

    /** Whether a node that is not there may be added. */
    boolean hasRoom(final long value, final long nowNs) {
        return beatsByValue.size() < maxNodes || nowNs - ring.previous.touchedNs > quietNs
            || context.isMember(value) && stranger() != null;
    }

    /** The one quiet the longest that is no member, as far as one is found; null if none is. */
    private NodeBeats stranger() {
        NodeBeats beats = ring.previous;
        for (int i = 0; i < MAX_CHANCES && beats != ring; i++) {
            if (!context.isMember(beats.node.value())) {
                return beats;
            }
            beats = beats.previous;
        }
        return null;
    }

    /** Whether what comes of a run of a known node is outdated. */
    boolean isOutdated(final NodeBeats beats, final long epoch, final long nowNs) {
        final BeatRun current = beats.current;
        return epoch < current.epoch && epoch != beats.claimed.epoch && current.isEstablished
            && nowNs - current.heardNs < quietNs && context.confirmedIncarnation(beats.node.value()) != epoch;
    }

    /** The latest run that is gone by; 0 if there is none. */
    long latestEpoch(final long value) {
        final NodeBeats beats = beatsByValue.get(value);
        return beats == null || !beats.current.isEstablished ? 0 : beats.current.epoch;
    }

    /** Adds a node that is not there; there must be room. */
    NodeBeats add(final NodeId node) {
        if (beatsByValue.size() == maxNodes) {
            final NodeBeats stranger = stranger();
            final NodeBeats quiet = stranger == null ? ring.previous : stranger;
            quiet.unlink();
            beatsByValue.remove(quiet.node.value());
            beatsByNode.remove(quiet.node);
            counters.nodesEvicted.incrementRelease();
        }
        final NodeBeats added = new NodeBeats(node, maxRuns);
        added.linkAfter(ring);
        beatsByValue.put(node.value(), added);
        return added;
    }

    /** A heartbeat of a node that is here, and not seen before; true if it is the latest. */
    boolean heard(final NodeBeats beats, final long epoch, final long sequence, final long nowNs) {
        if (ring.next != beats) {
            beats.unlink();
            beats.linkAfter(ring);
        }
        beats.touchedNs = nowNs;
        final BeatRun run = run(beats, epoch, nowNs);
        final boolean isLatest = run.isLatest(sequence, nowNs);
        if (run.isNear(sequence)) {
            final long coalesced = run.seen.add(sequence);
            if (coalesced > 0) {
                counters.sequencesCoalesced.getAndAddRelease(coalesced);
            }
        }
        weigh(beats, run);
        if (isLatest) {
            final boolean isFirst = beats.epoch() == 0;
            beats.heard(epoch, sequence, nowNs);
            if (isFirst) {
                // Only now there is something for other threads to see.
                beatsByNode.put(beats.node, beats);
            }
        }
        return isLatest;
    }

    /** The run of a heartbeat, which may be the first of it. */
    private BeatRun run(final NodeBeats beats, final long epoch, final long nowNs) {
        final BeatRun known = beats.find(epoch);
        if (known != null && known == beats.current) {
            return known;
        }
        if (beats.current.epoch == 0) {
            beats.current.begin(epoch);
            return beats.current;
        }
        if (known == null) {
            beats.claimed.begin(epoch);
        }
        if (nowNs - beats.current.heardNs >= quietNs) {
            beats.takeOver();
            return beats.current;
        }
        return beats.claimed;
    }

    private void weigh(final NodeBeats beats, final BeatRun run) {
        if (run.isEstablished) {
            return;
        }
        final boolean isConfirmed = context.confirmedIncarnation(beats.node.value()) == run.epoch;
        if (run == beats.current) {
            run.isEstablished = isConfirmed || run.hasEnough();
        } else if (isConfirmed || run.hasEnough() && !beats.current.isEstablished) {
            beats.takeOver();
            run.isEstablished = true;
        }
    }

    /** Any thread. */
    Map<NodeId, NodeBeats> all() {
        return beatsByNode;
    }
}
