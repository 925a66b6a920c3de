package io.plumtree.protocol;

/** The last messages that passed through this node, oldest first; holds a reference to each one's slot. */
final class RecentMessages {
    private final MessageTable messages;
    private final int[] slots;
    private int first;
    private int size;

    RecentMessages(final MessageTable messages, final int capacity) {
        this.messages = messages;
        this.slots = new int[capacity];
    }

    int size() {
        return size;
    }

    int slot(final int index) {
        final int at = first + index;
        return slots[at < slots.length ? at : at - slots.length];
    }

    void add(final int slot) {
        if (slots.length == 0) {
            return;
        }
        messages.retain(slot);
        if (size == slots.length) {
            messages.release(slots[first]);
            slots[first] = slot;
            first = first + 1 == slots.length ? 0 : first + 1;
        } else {
            final int at = first + size++;
            slots[at < slots.length ? at : at - slots.length] = slot;
        }
    }
}
