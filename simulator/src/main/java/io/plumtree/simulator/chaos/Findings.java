package io.plumtree.simulator.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What did not hold in a run. The first ones are kept, all are counted. */
final class Findings {
    static final int NONE = -1;
    private static final int MOST = 20;

    private final List<String> texts = new ArrayList<>();
    private int count;
    private int firstMessage = NONE;
    private int firstNode = NONE;

    /** The message and the node that it is about, or NONE. */
    void add(final int message, final int node, final String text, final long nowNs) {
        if (count == 0) {
            firstNode = node;
        }
        if (firstMessage == NONE) {
            firstMessage = message;
        }
        if (count++ < MOST) {
            texts.add(time(nowNs) + " " + text);
        }
    }

    static String time(final long nowNs) {
        return String.format(Locale.ROOT, "%.3f ms", nowNs / 1e6);
    }

    boolean isEmpty() {
        return count == 0;
    }

    int firstMessage() {
        return firstMessage;
    }

    int firstNode() {
        return firstNode;
    }

    List<String> texts() {
        final List<String> all = new ArrayList<>(texts);
        if (count > MOST) {
            all.add("and " + (count - MOST) + " more");
        }
        return List.copyOf(all);
    }
}
