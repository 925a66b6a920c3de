package io.plumtree.system.hostile;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/**
 * Something that is done so many times, at a rate.
 *
 * @param name      what it is, in words.
 * @param count     how many times, at most.
 * @param perSecond how many times a second, at most.
 * @param step      what is done; its number, from 0 on, is given.
 */
record Attack(String name, int count, int perSecond, IntConsumer step) {
    private static final long MIN_PARK_NS = TimeUnit.MILLISECONDS.toNanos(1);

    /** Does it all. */
    void run() {
        runUntil(() -> false);
    }

    /** Does it until all is done, or it has had its effect; that is looked at now and then. */
    void runUntil(final BooleanSupplier isEnough) {
        final long startNs = System.nanoTime();
        final int lookPeriod = Math.max(1, perSecond / 20);
        for (int i = 0; i < count; i++) {
            if (i % lookPeriod == 0 && isEnough.getAsBoolean()) {
                return;
            }
            step.accept(i);
            final long dueNs = startNs + TimeUnit.SECONDS.toNanos(i + 1) / perSecond;
            if (dueNs - System.nanoTime() > MIN_PARK_NS) {
                LockSupport.parkNanos(dueNs - System.nanoTime());
            }
        }
    }

    /** The same, so many times. */
    Attack times(final int newCount) {
        return new Attack(name, newCount, perSecond, step);
    }
}
