package io.plumtree.protocol.membership;

/** A time at which something is due, or none. */
final class Alarm {
    private boolean isSet;
    private long dueNs;

    boolean isSet() {
        return isSet;
    }

    void set(final long atNs) {
        isSet = true;
        dueNs = atNs;
    }

    /** Sets it where it is not, or is set to a later time. */
    void setEarlier(final long atNs) {
        if (!isSet || atNs - dueNs < 0) {
            set(atNs);
        }
    }

    void clear() {
        isSet = false;
    }

    boolean isDue(final long nowNs) {
        return isSet && nowNs - dueNs >= 0;
    }

    /** This time, if there is one and it is the earlier one. */
    long earlierNs(final long thanNs) {
        return isSet && dueNs - thanNs < 0 ? dueNs : thanNs;
    }
}
