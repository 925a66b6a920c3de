package io.plumtree.protocol;

import java.util.Arrays;

/**
 * Messages announced and not yet here (the paper's {@code missing}, algorithm 3), each with those who announced it, in
 * order, and one timer.
 *
 * <p>At most one announcer of a message has been asked at a time; one that does not answer is dropped. Messages whose
 * turn to be asked for has not come stand in a queue.
 */
final class MissingMessages {
    static final int NONE = -1;

    private final MessageTable messages;
    private final int maxAnnouncers;
    private final int[] announcers;
    private final long[] roots;
    private final int[] rounds;
    private final int[] counts;
    private final int[] asked;
    private final int[] askedTimes;
    private final long[] askedNs;
    private final long[] announcedNs;
    private final int[] firstAnnouncers;
    private final boolean[] inUse;
    private final boolean[] queued;
    private final int[] nextInQueue;
    private final int[] previousInQueue;
    private final TimerHeap timers;
    private int askedCount;
    private int firstInQueue = NONE;
    private int lastInQueue = NONE;

    MissingMessages(final int capacity, final int maxAnnouncers, final int maxIdLength) {
        this.maxAnnouncers = maxAnnouncers;
        messages = new MessageTable(capacity, maxIdLength);
        announcers = new int[capacity * maxAnnouncers];
        roots = new long[capacity * maxAnnouncers];
        rounds = new int[capacity * maxAnnouncers];
        counts = new int[capacity];
        asked = new int[capacity];
        askedTimes = new int[capacity];
        askedNs = new long[capacity];
        announcedNs = new long[capacity];
        firstAnnouncers = new int[capacity];
        inUse = new boolean[capacity];
        queued = new boolean[capacity];
        nextInQueue = new int[capacity];
        previousInQueue = new int[capacity];
        Arrays.fill(asked, Peers.NO_PEER);
        timers = new TimerHeap(capacity);
    }

    int size() {
        return messages.size();
    }

    int capacity() {
        return inUse.length;
    }

    boolean isInUse(final int slot) {
        return inUse[slot];
    }

    int find(final MessageKey key) {
        return messages.size() == 0 ? NONE : messages.find(key);
    }

    /** Makes the entry of a message, with no announcer yet and no timer; NONE if the table is full. */
    int add(final MessageKey key, final long nowNs) {
        final int slot = messages.acquire(key, 0, 0);
        if (slot != NONE) {
            inUse[slot] = true;
            counts[slot] = 0;
            askedTimes[slot] = 0;
            announcedNs[slot] = nowNs;
            firstAnnouncers[slot] = Peers.NO_PEER;
        }
        return slot;
    }

    void remove(final int slot) {
        timers.cancel(slot);
        dequeue(slot);
        forgetAsked(slot);
        inUse[slot] = false;
        messages.release(slot);
    }

    /** Adds an announcer; false if there are as many as there may be. One that is there already stays as it is. */
    boolean addAnnouncer(final int slot, final int peer, final long root, final int round) {
        if (hasAnnouncer(slot, peer)) {
            return true;
        }
        if (counts[slot] == maxAnnouncers) {
            return false;
        }
        if (counts[slot] == 0 && firstAnnouncers[slot] == Peers.NO_PEER) {
            firstAnnouncers[slot] = peer;
        }
        final int index = slot * maxAnnouncers + counts[slot]++;
        announcers[index] = peer;
        roots[index] = root;
        rounds[index] = round;
        return true;
    }

    boolean hasAnnouncer(final int slot, final int peer) {
        for (int i = 0; i < counts[slot]; i++) {
            if (announcers[slot * maxAnnouncers + i] == peer) {
                return true;
            }
        }
        return false;
    }

    int announcerCount(final int slot) {
        return counts[slot];
    }

    int announcer(final int slot, final int index) {
        return announcers[slot * maxAnnouncers + index];
    }

    long root(final int slot, final int index) {
        return roots[slot * maxAnnouncers + index];
    }

    int round(final int slot, final int index) {
        return rounds[slot * maxAnnouncers + index];
    }

    /** Drops an announcer. True if it was the one that had been asked. */
    boolean removeAnnouncer(final int slot, final int peer) {
        for (int i = 0; i < counts[slot]; i++) {
            final int index = slot * maxAnnouncers + i;
            if (announcers[index] == peer) {
                final int after = counts[slot] - i - 1;
                System.arraycopy(announcers, index + 1, announcers, index, after);
                System.arraycopy(roots, index + 1, roots, index, after);
                System.arraycopy(rounds, index + 1, rounds, index, after);
                counts[slot]--;
                final boolean wasAsked = asked[slot] == peer;
                if (wasAsked) {
                    forgetAsked(slot);
                }
                return wasAsked;
            }
        }
        return false;
    }

    /** The announcer that has been asked, or NO_PEER. */
    int asked(final int slot) {
        return asked[slot];
    }

    void asked(final int slot, final int peer, final long nowNs) {
        forgetAsked(slot);
        askedCount++;
        asked[slot] = peer;
        askedTimes[slot]++;
        askedNs[slot] = nowNs;
    }

    private void forgetAsked(final int slot) {
        askedCount -= asked[slot] == Peers.NO_PEER ? 0 : 1;
        asked[slot] = Peers.NO_PEER;
    }

    /** How often a message has been asked for. */
    int askedTimes(final int slot) {
        return askedTimes[slot];
    }

    /** When a message was asked for last. */
    long askedNs(final int slot) {
        return askedNs[slot];
    }

    /** Who announced a message first; NO_PEER if that one is no announcer any more. */
    int firstAnnouncer(final int slot) {
        return hasAnnouncer(slot, firstAnnouncers[slot]) ? firstAnnouncers[slot] : Peers.NO_PEER;
    }

    /** When a message was first announced. */
    long announcedNs(final int slot) {
        return announcedNs[slot];
    }

    /** How many messages have been asked for and are not here. */
    int askedCount() {
        return askedCount;
    }

    boolean isQueued(final int slot) {
        return queued[slot];
    }

    void enqueue(final int slot) {
        timers.cancel(slot);
        queued[slot] = true;
        nextInQueue[slot] = NONE;
        previousInQueue[slot] = lastInQueue;
        if (lastInQueue == NONE) {
            firstInQueue = slot;
        } else {
            nextInQueue[lastInQueue] = slot;
        }
        lastInQueue = slot;
    }

    void dequeue(final int slot) {
        if (!queued[slot]) {
            return;
        }
        queued[slot] = false;
        if (previousInQueue[slot] == NONE) {
            firstInQueue = nextInQueue[slot];
        } else {
            nextInQueue[previousInQueue[slot]] = nextInQueue[slot];
        }
        if (nextInQueue[slot] == NONE) {
            lastInQueue = previousInQueue[slot];
        } else {
            previousInQueue[nextInQueue[slot]] = previousInQueue[slot];
        }
    }

    int firstInQueue() {
        return firstInQueue;
    }

    /** What an announcer named a message by: a flyweight, until the next call. */
    MessageKey key(final int slot, final int index) {
        return key(slot, root(slot, index), round(slot, index));
    }

    /** What names a message, with this root and round: a flyweight, until the next call. */
    MessageKey key(final int slot, final long root, final int round) {
        return messages.key(slot, root, round);
    }

    void schedule(final int slot, final long deadlineNs) {
        timers.schedule(slot, deadlineNs);
    }

    boolean hasTimers() {
        return !timers.isEmpty();
    }

    /** When the first timer expires; only if there is one. */
    long timerDeadlineNs() {
        return timers.firstDeadlineNs();
    }

    /** Takes away the timer that expired first; its message, or NONE if none has expired. */
    int pollExpired(final long nowNs) {
        return timers.pollExpired(nowNs);
    }
}
