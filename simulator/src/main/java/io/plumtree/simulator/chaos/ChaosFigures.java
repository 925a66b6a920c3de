package io.plumtree.simulator.chaos;

/**
 * What happened in a run, or in several: equal where runs were the same.
 *
 * @param events     events on virtual time.
 * @param messages   messages that nodes were to broadcast.
 * @param frames     frames sent, of any kind.
 * @param deliveries deliveries of messages, those by exchange included.
 * @param redundant  payloads that reached a node which had them.
 * @param digest     stands for all events, one by one, and when they happened.
 */
public record ChaosFigures(long events, long messages, long frames, long deliveries, long redundant, long digest) {
    /** Nothing has happened. */
    public static final ChaosFigures NONE = new ChaosFigures(0, 0, 0, 0, 0, 0);

    /**
     * These and those of a later run.
     *
     * @param next the later run's.
     * @return the sums; the digest stands for both digests, in this order.
     */
    public ChaosFigures plus(final ChaosFigures next) {
        return new ChaosFigures(
            events + next.events, messages + next.messages, frames + next.frames, deliveries + next.deliveries,
            redundant + next.redundant, digest * 31 + next.digest);
    }
}
