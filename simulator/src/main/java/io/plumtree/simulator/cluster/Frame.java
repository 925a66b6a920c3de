package io.plumtree.simulator.cluster;

import io.plumtree.protocol.ControlMessage;
import java.util.Arrays;

/** A frame under way: a payload, or control messages of one kind. */
final class Frame implements ControlFrame {
    final int index;
    DirectedLink link;
    int connection;
    /** What its control messages are; null for a payload. */
    ControlMessage type;
    int length;
    int count;
    boolean isGrafted;
    /** Whether a graft was needed on the way so far. */
    boolean isRepaired;
    private int[] messages = new int[4];
    private int[] rounds = new int[4];
    private boolean[] isCommon = new boolean[4];

    Frame(final int index) {
        this.index = index;
    }

    void clear() {
        count = 0;
        isGrafted = false;
        isRepaired = false;
    }

    void add(final int message, final int round, final boolean isCommonTree) {
        if (count == messages.length) {
            messages = Arrays.copyOf(messages, count * 2);
            rounds = Arrays.copyOf(rounds, count * 2);
            isCommon = Arrays.copyOf(isCommon, count * 2);
        }
        messages[count] = message;
        rounds[count] = round;
        isCommon[count++] = isCommonTree;
    }

    @Override
    public ControlMessage type() {
        return type;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public int message(final int entry) {
        return messages[entry];
    }

    int round(final int entry) {
        return rounds[entry];
    }

    /** Whether the tree is named that all roots share, rather than the message's root. */
    boolean isCommonTree(final int entry) {
        return isCommon[entry];
    }

    void copyTo(final Frame copy) {
        copy.link = link;
        copy.connection = connection;
        copy.type = type;
        copy.length = length;
        copy.count = count;
        copy.isGrafted = isGrafted;
        copy.isRepaired = isRepaired;
        copy.messages = messages.clone();
        copy.rounds = rounds.clone();
        copy.isCommon = isCommon.clone();
    }
}
