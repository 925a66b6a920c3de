package io.plumtree.transport.aeron;

import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/** Starts at the wall clock's time, and goes on evenly, whatever is done to that one. For any thread. */
final class SteadyClock implements EpochClock {
    private final NanoClock source;
    private final long startNs;
    private final long startMs;

    SteadyClock(final NanoClock source, final EpochClock wallClock) {
        this.source = source;
        this.startNs = source.nanoTime();
        this.startMs = wallClock.time();
    }

    static SteadyClock ofSystem() {
        return new SteadyClock(SystemNanoClock.INSTANCE, System::currentTimeMillis);
    }

    @Override
    public long time() {
        return startMs + TimeUnit.NANOSECONDS.toMillis(source.nanoTime() - startNs);
    }
}
