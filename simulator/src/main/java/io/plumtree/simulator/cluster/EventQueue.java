package io.plumtree.simulator.cluster;

import java.util.Arrays;

/**
 * Events by time, and those of one time in the order in which they were made, so that a run is the same everywhere.
 *
 * <p>A calendar queue: a wheel of short days for the next second, in which an event is only thrown on a heap of its
 * day and sorted when the day comes, and a heap for what is later. Grows as needed and allocates nothing else.
 */
final class EventQueue {
    private static final int DAY_SHIFT = 16;
    private static final int DAYS = 1 << 14;
    private static final int NONE = -1;

    private long[] times = new long[1024];
    private long[] orders = new long[1024];
    private int[] nodes = new int[1024];
    private int[] arguments = new int[1024];
    private byte[] kinds = new byte[1024];
    private int[] next = new int[1024];
    private int firstFree = NONE;
    private int used;
    private long nextOrder;

    private final int[] days = new int[DAYS];
    private final long[] occupied = new long[DAYS / Long.SIZE];
    private int inWheel;
    private long today;
    private int[] sorted = new int[64];
    private int position;
    private int end;
    private int[] later = new int[64];
    private int laterSize;

    private long timeNs;
    private int node;
    private int argument;
    private byte kind;

    EventQueue() {
        Arrays.fill(days, NONE);
    }

    boolean isEmpty() {
        return position == end && inWheel == 0 && laterSize == 0;
    }

    /** Adds an event; one whose time has passed happens now. */
    void add(final long atNs, final byte eventKind, final int eventNode, final int eventArgument) {
        final int event = allocate();
        times[event] = Math.max(atNs, timeNs);
        orders[event] = nextOrder++;
        kinds[event] = eventKind;
        nodes[event] = eventNode;
        arguments[event] = eventArgument;
        place(event);
    }

    private int allocate() {
        if (firstFree != NONE) {
            final int event = firstFree;
            firstFree = next[event];
            return event;
        }
        if (used == times.length) {
            final int capacity = used * 2;
            times = Arrays.copyOf(times, capacity);
            orders = Arrays.copyOf(orders, capacity);
            nodes = Arrays.copyOf(nodes, capacity);
            arguments = Arrays.copyOf(arguments, capacity);
            kinds = Arrays.copyOf(kinds, capacity);
            next = Arrays.copyOf(next, capacity);
        }
        return used++;
    }

    private void place(final int event) {
        final long day = times[event] >> DAY_SHIFT;
        if (day <= today) {
            insertToday(event);
        } else if (day - today < DAYS) {
            final int slot = (int) day & DAYS - 1;
            next[event] = days[slot];
            days[slot] = event;
            occupied[slot >> 6] |= 1L << slot;
            inWheel++;
        } else {
            pushLater(event);
        }
    }

    /** Takes the next event, if it comes no later than a time; false if none does. */
    boolean poll(final long untilNs) {
        while (position == end) {
            if (!advance(untilNs >> DAY_SHIFT)) {
                return false;
            }
        }
        final int event = sorted[position];
        if (times[event] > untilNs) {
            return false;
        }
        position++;
        timeNs = times[event];
        kind = kinds[event];
        node = nodes[event];
        argument = arguments[event];
        next[event] = firstFree;
        firstFree = event;
        return true;
    }

    /** Goes on to the next day that has events; false if there is none, or it is after the last day. */
    private boolean advance(final long lastDay) {
        final long day;
        if (inWheel > 0) {
            day = nextOccupied();
        } else if (laterSize > 0) {
            day = times[later[0]] >> DAY_SHIFT;
        } else {
            return false;
        }
        if (day > lastDay) {
            return false;
        }
        today = day;
        position = 0;
        end = 0;
        final int slot = (int) day & DAYS - 1;
        for (int event = days[slot]; event != NONE; event = next[event]) {
            append(event);
            inWheel--;
        }
        days[slot] = NONE;
        occupied[slot >> 6] &= ~(1L << slot);
        sort(0, end - 1);
        while (laterSize > 0 && (times[later[0]] >> DAY_SHIFT) - today < DAYS) {
            place(popLater());
        }
        return true;
    }

    private long nextOccupied() {
        final int from = (int) today & DAYS - 1;
        int word = from >> 6;
        long bits = occupied[word] & -1L << from & ~(1L << from);
        while (bits == 0) {
            word = word + 1 & occupied.length - 1;
            bits = occupied[word];
        }
        final int slot = (word << 6) + Long.numberOfTrailingZeros(bits);
        return today + (slot - from & DAYS - 1);
    }

    private void append(final int event) {
        if (end == sorted.length) {
            sorted = Arrays.copyOf(sorted, end * 2);
        }
        sorted[end++] = event;
    }

    private void insertToday(final int event) {
        if (position > 0 && position == end) {
            position = 0;
            end = 0;
        }
        append(event);
        int i = end - 1;
        while (i > position && isBefore(event, sorted[i - 1])) {
            sorted[i] = sorted[i - 1];
            i--;
        }
        sorted[i] = event;
    }

    private boolean isBefore(final int a, final int b) {
        return times[a] != times[b] ? times[a] < times[b] : orders[a] < orders[b];
    }

    /** Days are short: insertion where few events are left, halves where there are more. */
    private void sort(final int from, final int to) {
        int low = from;
        int high = to;
        while (high - low > 24) {
            final int pivot = sorted[low + high >>> 1];
            int i = low;
            int j = high;
            while (i <= j) {
                while (isBefore(sorted[i], pivot)) {
                    i++;
                }
                while (isBefore(pivot, sorted[j])) {
                    j--;
                }
                if (i <= j) {
                    final int swapped = sorted[i];
                    sorted[i++] = sorted[j];
                    sorted[j--] = swapped;
                }
            }
            if (j - low < high - i) {
                sort(low, j);
                low = i;
            } else {
                sort(i, high);
                high = j;
            }
        }
        for (int i = low + 1; i <= high; i++) {
            final int event = sorted[i];
            int j = i;
            while (j > low && isBefore(event, sorted[j - 1])) {
                sorted[j] = sorted[j - 1];
                j--;
            }
            sorted[j] = event;
        }
    }

    private void pushLater(final int event) {
        if (laterSize == later.length) {
            later = Arrays.copyOf(later, laterSize * 2);
        }
        int child = laterSize++;
        while (child > 0 && isBefore(event, later[child - 1 >> 1])) {
            later[child] = later[child - 1 >> 1];
            child = child - 1 >> 1;
        }
        later[child] = event;
    }

    private int popLater() {
        final int first = later[0];
        final int last = later[--laterSize];
        int parent = 0;
        while (2 * parent + 1 < laterSize) {
            int child = 2 * parent + 1;
            if (child + 1 < laterSize && isBefore(later[child + 1], later[child])) {
                child++;
            }
            if (!isBefore(later[child], last)) {
                break;
            }
            later[parent] = later[child];
            parent = child;
        }
        later[parent] = last;
        return first;
    }

    long timeNs() {
        return timeNs;
    }

    /** Lets time pass to where no event has happened. */
    void timeNs(final long nowNs) {
        timeNs = nowNs;
    }

    byte kind() {
        return kind;
    }

    int node() {
        return node;
    }

    int argument() {
        return argument;
    }
}
