package io.plumtree.transport.aeron;

import io.aeron.Aeron;
import io.aeron.CncFileDescriptor;
import java.io.File;
import java.nio.MappedByteBuffer;
import java.util.concurrent.TimeUnit;
import org.agrona.BufferUtil;
import org.agrona.IoUtil;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;

/**
 * The time by which a driver that runs elsewhere writes its signs of life, and judges its clients'. That may be a wall
 * clock's, ours or one that was set since, or {@link SteadyClock}'s of another process: it is read off the driver's
 * signs of life, and goes on evenly between them. For one thread.
 */
final class DriverClock implements EpochClock, AutoCloseable {
    private final NanoClock source;
    private final MappedByteBuffer file;
    private final RingBuffer toDriver;
    private long lastSignMs = Aeron.NULL_VALUE;
    private long offsetMs;

    private DriverClock(final NanoClock source, final MappedByteBuffer file, final RingBuffer toDriver) {
        this.source = source;
        this.file = file;
        this.toDriver = toDriver;
    }

    /** The clock of the driver in a directory; null if there is none that is ready. */
    static DriverClock of(final String directory, final NanoClock source) {
        final File cncFile = new File(directory, CncFileDescriptor.CNC_FILE);
        if (!cncFile.exists() || cncFile.length() <= CncFileDescriptor.META_DATA_LENGTH) {
            return null;
        }
        final MappedByteBuffer file = IoUtil.mapExistingFile(cncFile, CncFileDescriptor.CNC_FILE);
        try {
            final UnsafeBuffer metaData = CncFileDescriptor.createMetaDataBuffer(file);
            final int version = metaData.getIntVolatile(CncFileDescriptor.cncVersionOffset(0));
            if (version != 0 && CncFileDescriptor.isCncFileLengthSufficient(metaData, file.capacity())) {
                CncFileDescriptor.checkVersion(version);
                return new DriverClock(source, file,
                    new ManyToOneRingBuffer(CncFileDescriptor.createToDriverBuffer(file, metaData)));
            }
        } catch (final Throwable ex) {
            BufferUtil.free(file);
            throw ex;
        }
        BufferUtil.free(file);
        return null;
    }

    /** The driver's last sign of life, by its clock; 0 or less if there is none, or it has closed. */
    long lastSignMs() {
        return toDriver.consumerHeartbeatTime();
    }

    /** Never behind the driver's last sign of life; follows a clock that is set back as well. */
    @Override
    public long time() {
        final long nowMs = TimeUnit.NANOSECONDS.toMillis(source.nanoTime());
        final long signMs = lastSignMs();
        if (signMs > 0 && (signMs < lastSignMs || lastSignMs <= 0 || signMs - nowMs > offsetMs)) {
            offsetMs = signMs - nowMs;
        }
        if (signMs > 0) {
            lastSignMs = signMs;
        }
        return nowMs + offsetMs;
    }

    @Override
    public void close() {
        BufferUtil.free(file);
    }
}
