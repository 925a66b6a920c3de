package io.plumtree.transport.aeron;

import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * The time of a driver, and of the client that runs on its thread. A stall is next to no time here: from one look at
 * the clock to the next no more passes than one step. So neither takes the other, nor a peer, for dead because all of
 * them, or this process alone, stood still.
 *
 * <p>As an {@link EpochClock} it starts at the wall clock's time, for people who read Aeron's files, and goes on at
 * its own pace: nothing that is done to the wall clock later is seen.
 *
 * <p>For the driver's thread; {@link ExecutorThread} sees the time of that one's last look.
 */
final class HostClock implements NanoClock, EpochClock {
    /** So many steps at least lie within the shortest timeout. */
    private static final int STEPS_PER_TIMEOUT = 3;

    private final NanoClock source;
    private final long maxStepNs;
    private final long startNs;
    private final long startMs;
    private long lastNs;
    private long timeNs;

    HostClock(final NanoClock source, final EpochClock wallClock, final long maxStepNs) {
        this.source = source;
        this.maxStepNs = maxStepNs;
        this.startNs = source.nanoTime();
        this.startMs = wallClock.time();
        this.lastNs = startNs;
        this.timeNs = startNs;
    }

    static HostClock of(final AeronTransportOptions options) {
        return new HostClock(SystemNanoClock.INSTANCE, System::currentTimeMillis, maxStepNs(options));
    }

    static long maxStepNs(final AeronTransportOptions options) {
        return Math.min(
            Math.min(options.timeouts().imageLivenessTimeoutNs(), options.timeouts().connectionTimeoutNs()),
            Math.min(options.timeouts().clientLivenessTimeoutNs(), options.timeouts().driverTimeoutNs()))
            / STEPS_PER_TIMEOUT;
    }

    @Override
    public long nanoTime() {
        if (!(Thread.currentThread() instanceof ExecutorThread)) {
            final long nowNs = source.nanoTime();
            timeNs += Math.min(nowNs - lastNs, maxStepNs);
            lastNs = nowNs;
        }
        return timeNs;
    }

    @Override
    public long time() {
        return startMs + TimeUnit.NANOSECONDS.toMillis(nanoTime() - startNs);
    }
}
