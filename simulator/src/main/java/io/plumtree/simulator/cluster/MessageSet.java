package io.plumtree.simulator.cluster;

import java.util.Arrays;

/** A set of messages' numbers; grows. */
final class MessageSet {
    private long[] words = new long[2];

    boolean contains(final int message) {
        final int word = message >> 6;
        return word < words.length && (words[word] & 1L << message) != 0;
    }

    /** Adds a message; false if it was there. */
    boolean add(final int message) {
        final int word = message >> 6;
        if (word >= words.length) {
            words = Arrays.copyOf(words, Math.max(word + 1, words.length * 2));
        }
        final boolean isNew = (words[word] & 1L << message) == 0;
        words[word] |= 1L << message;
        return isNew;
    }

    void clear() {
        Arrays.fill(words, 0);
    }

    /** The first message at or after a number that is in this set and not in another; -1 if there is none. */
    int nextNotIn(final MessageSet other, final int from) {
        int word = from >> 6;
        if (word >= words.length) {
            return -1;
        }
        long bits = missing(other, word) & -1L << from;
        while (bits == 0) {
            if (++word == words.length) {
                return -1;
            }
            bits = missing(other, word);
        }
        return (word << 6) + Long.numberOfTrailingZeros(bits);
    }

    private long missing(final MessageSet other, final int word) {
        return words[word] & ~(word < other.words.length ? other.words[word] : 0);
    }
}
