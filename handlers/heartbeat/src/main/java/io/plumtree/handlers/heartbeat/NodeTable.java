package io.plumtree.handlers.heartbeat;

import io.plumtree.api.NodeId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.agrona.collections.Hashing;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The nodes whose heartbeats have come; bounded. When it is full, a new node takes the place of the one that was quiet
 * the longest, if that one was quiet long enough, and is refused otherwise: were a live one to go, its messages that
 * still travel would pass for new again and again.
 */
final class NodeTable {
    private final Long2ObjectHashMap<NodeBeats> beatsByValue;
    /** The same, for other threads. */
    private final Map<NodeId, NodeBeats> beatsByNode = new ConcurrentHashMap<>();
    private final int maxNodes;
    private final int maxRuns;
    private final long quietNs;
    private final HeartbeatCounters counters;
    /** Head of a ring of all nodes: next is the one heard of last, previous the one quiet the longest. */
    private final NodeBeats ring = new NodeBeats(NodeId.of("ring"), 0);

    NodeTable(final HeartbeatOptions options, final HeartbeatCounters counters) {
        this.maxNodes = options.nodes();
        this.maxRuns = options.intervals();
        this.quietNs = options.quietNs();
        this.counters = counters;
        beatsByValue = new Long2ObjectHashMap<>(maxNodes * 2, Hashing.DEFAULT_LOAD_FACTOR);
    }

    /** By the node's value; null if the node is not known. */
    NodeBeats find(final long value) {
        return beatsByValue.get(value);
    }

    boolean hasRoom(final long nowNs) {
        return beatsByValue.size() < maxNodes || nowNs - ring.previous.touchedNs > quietNs;
    }

    /** Adds a node that is not there; there must be room. */
    NodeBeats add(final NodeId node) {
        if (beatsByValue.size() == maxNodes) {
            final NodeBeats quiet = ring.previous;
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
        if (beats.epoch() != epoch) {
            beats.seen.clear();
        }
        final boolean isLatest = beats.seen.isEmpty() || sequence > beats.seen.highest();
        final long coalesced = beats.seen.add(sequence);
        if (coalesced > 0) {
            counters.sequencesCoalesced.getAndAddRelease(coalesced);
        }
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

    /** Any thread. */
    Map<NodeId, NodeBeats> all() {
        return beatsByNode;
    }
}
