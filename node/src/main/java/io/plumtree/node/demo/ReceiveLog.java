package io.plumtree.node.demo;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one worker has received, by root. Written by the engine's thread, read by the one that answers the parent;
 * hence the lock, which at the rate of a demonstration nobody feels.
 */
final class ReceiveLog {
    private final SortedMap<String, Entry> entries = new TreeMap<>();
    private final LatencyHistogram latencies = new LatencyHistogram();
    private long received;
    /** Of the last message: most often the next one's, too. */
    private String lastRoot;
    private Entry lastEntry;

    /** What came from one root. */
    private static final class Entry {
        final SequenceRanges sequences = new SequenceRanges();
        long repeated;
        long lastNs;
        long longestGapNs;
        boolean isStarted;
    }

    /**
     * Notes a message.
     *
     * @param root      where it was published.
     * @param sequence  its number there.
     * @param latencyNs time since it ought to have been sent.
     * @param nowNs     when it came, {@link System#nanoTime()}.
     */
    synchronized void onMessage(final String root, final long sequence, final long latencyNs, final long nowNs) {
        if (!root.equals(lastRoot)) {
            lastRoot = root;
            lastEntry = entries.computeIfAbsent(root, key -> new Entry());
        }
        final Entry entry = lastEntry;
        if (!entry.sequences.add(sequence)) {
            entry.repeated++;
            return;
        }
        received++;
        latencies.add(latencyNs);
        if (entry.isStarted) {
            entry.longestGapNs = Math.max(entry.longestGapNs, nowNs - entry.lastNs);
        }
        entry.isStarted = true;
        entry.lastNs = nowNs;
    }

    /** Forgets the longest gaps so far; one that is open now counts from its beginning. */
    synchronized void mark() {
        entries.values().forEach(entry -> entry.longestGapNs = 0);
    }

    /** How many different messages have been received, of all roots. */
    synchronized long received() {
        return received;
    }

    /** What has been received, by root. */
    synchronized SortedMap<String, RootStatus> roots() {
        final SortedMap<String, RootStatus> roots = new TreeMap<>();
        entries.forEach((root, entry) -> roots.put(root, new RootStatus(
            entry.sequences.size(), entry.repeated, entry.longestGapNs, entry.sequences.ranges())));
        return roots;
    }

    /** Latencies, by bucket of {@link LatencyHistogram}. */
    synchronized SortedMap<Integer, Long> latencies() {
        return latencies.buckets();
    }
}
