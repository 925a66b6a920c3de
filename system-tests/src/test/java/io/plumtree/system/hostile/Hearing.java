package io.plumtree.system.hostile;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the subscribers of one node were given of the numbered traffic, by origin: one takes messages as they come, one
 * in order. Any thread.
 */
final class Hearing {
    private static final int MAX_WRONG = 8;

    private final Map<String, Origin> origins = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();
    private long wrongTexts;
    private long gaps;

    private static final class Origin {
        private final BitSet any = new BitSet();
        private final BitSet ordered = new BitSet();
        private int doubled;
        private int doubledInOrder;
        private int outOfOrder;
    }

    /** A message of the subscriber that takes what comes. */
    synchronized void onAny(final String text) {
        final int number = number(text);
        if (number > 0) {
            final Origin origin = origin(text);
            origin.doubled += origin.any.get(number) ? 1 : 0;
            origin.any.set(number);
        }
    }

    /** A message of the ordered subscriber. */
    synchronized void onOrdered(final String text) {
        final int number = number(text);
        if (number > 0) {
            final Origin origin = origin(text);
            if (origin.ordered.get(number)) {
                origin.doubledInOrder++;
            } else if (number < origin.ordered.length()) {
                origin.outOfOrder++;
            }
            origin.ordered.set(number);
        }
    }

    synchronized void onGap(final long messages) {
        gaps += messages;
    }

    private Origin origin(final String text) {
        return origins.computeIfAbsent(text.substring(0, text.indexOf(' ')), name -> new Origin());
    }

    /** 0 if the text is none that was published. */
    private int number(final String text) {
        final int number = Traffic.number(text);
        if (number == 0) {
            wrongTexts++;
            if (wrong.size() < MAX_WRONG) {
                wrong.add(text);
            }
        }
        return number;
    }

    /** Whether both subscribers have all numbers of an origin, from one to another. */
    synchronized boolean hasAll(final String name, final int from, final int to) {
        final Origin origin = origins.get(name);
        return origin != null && origin.any.nextClearBit(from) > to && origin.ordered.nextClearBit(from) > to;
    }

    /** What is not as it should be, of the numbers after some and up to others; empty if nothing is. */
    synchronized String faults(final Map<String, Integer> before, final Map<String, Integer> published) {
        final StringBuilder faults = new StringBuilder();
        published.forEach((name, last) -> {
            final Origin origin = origins.getOrDefault(name, new Origin());
            final int from = before.getOrDefault(name, 0) + 1;
            final int count = last + 1 - from;
            append(faults, name, "missed", count - origin.any.get(from, last + 1).cardinality());
            append(faults, name, "missed in order", count - origin.ordered.get(from, last + 1).cardinality());
            append(faults, name, "doubled", origin.doubled);
            append(faults, name, "doubled in order", origin.doubledInOrder);
            append(faults, name, "out of order", origin.outOfOrder);
        });
        append(faults, "all", "given up as gaps", gaps);
        append(faults, "all", "wrong texts " + wrong, wrongTexts);
        return faults.toString();
    }

    private static void append(final StringBuilder faults, final String name, final String fault, final long count) {
        if (count > 0) {
            faults.append(name).append(' ').append(fault).append(": ").append(count).append("; ");
        }
    }

    synchronized long wrongTexts() {
        return wrongTexts;
    }
}
