package io.plumtree.engine.ring;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * Has an engine's thread sleep until a datagram, a command or a timer is there. Before that it spins and yields for a
 * moment: long where work has come often lately, since falling asleep and waking costs more than that; otherwise just
 * long enough for what one cycle leaves to the next, and not at all where a cycle after a sleep has found nothing.
 *
 * <p>Backs off where there is no engine, or it can't sleep: its transport can't wait, or something waits for room.
 */
public final class SleepUntilWork implements IdleStrategy {
    /** What an engine answers that has not slept. */
    public static final long AWAKE = -1;
    private static final int MAX_SPINS = 10;
    private static final int MAX_YIELDS = 20;
    private static final long MIN_PARK_NS = 1_000;
    /** Rounds after work before a sleep: what a cycle leaves to the next is done in them. */
    private static final int SETTLING_ROUNDS = 1;
    /** Where work comes again within this time, so many times in a row, it is spun for. */
    private static final long OFTEN_NS = TimeUnit.MICROSECONDS.toNanos(500);
    private static final int OFTEN_TIMES = 4;

    private final BackoffIdleStrategy backoff;
    private LongSupplier sleep = () -> AWAKE;
    private int rounds;
    private int shortSleeps;

    /**
     * A way to idle for one thread.
     *
     * @param maxParkNs longest pause, in nanoseconds, where the engine can't sleep.
     */
    public SleepUntilWork(final long maxParkNs) {
        this.backoff = new BackoffIdleStrategy(MAX_SPINS, MAX_YIELDS, MIN_PARK_NS, maxParkNs);
    }

    /**
     * Says how the engine sleeps whose thread it is. Before that thread starts.
     *
     * @param engineSleep sleeps; returns for how long, in nanoseconds, or {@link #AWAKE} if it has not.
     */
    public void sleep(final LongSupplier engineSleep) {
        sleep = engineSleep;
    }

    @Override
    public void idle(final int workCount) {
        if (workCount > 0) {
            reset();
        } else {
            idle();
        }
    }

    @Override
    public void idle() {
        rounds++;
        if (rounds <= (shortSleeps >= OFTEN_TIMES ? MAX_SPINS + MAX_YIELDS : SETTLING_ROUNDS)) {
            if (rounds <= MAX_SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
            return;
        }
        final long sleptNs = sleep.getAsLong();
        if (sleptNs == AWAKE) {
            backoff.idle();
        } else {
            shortSleeps = sleptNs < OFTEN_NS ? Math.min(shortSleeps + 1, OFTEN_TIMES) : 0;
            backoff.reset();
            // Where the cycle after a sleep has nothing to do, it has left nothing to the next.
            rounds = shortSleeps >= OFTEN_TIMES ? 0 : SETTLING_ROUNDS;
        }
    }

    @Override
    public void reset() {
        rounds = 0;
        backoff.reset();
    }

    @Override
    public String alias() {
        return "sleep";
    }

    @Override
    public String toString() {
        return "SleepUntilWork{shortSleeps=" + shortSleeps + '}';
    }
}
