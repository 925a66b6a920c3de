package io.plumtree.engine.agent;

/** Something that is due again and again. Any thread may change the period; it holds from the engine's next look on. */
final class Tick {
    private volatile long periodNs;
    private long lastNs;

    Tick(final long periodNs, final long startNs) {
        this.periodNs = periodNs;
        this.lastNs = startNs;
    }

    long periodNs() {
        return periodNs;
    }

    void periodNs(final long newPeriodNs) {
        periodNs = newPeriodNs;
    }

    /** How long until it is due. */
    long waitNs(final long nowNs) {
        return lastNs - nowNs + periodNs;
    }

    /** Whether a period has passed since the last time; if so, the next begins. */
    boolean isDue(final long nowNs) {
        if (nowNs - lastNs < periodNs) {
            return false;
        }
        lastNs = nowNs;
        return true;
    }
}
