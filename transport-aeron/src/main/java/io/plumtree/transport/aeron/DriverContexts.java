package io.plumtree.transport.aeron;

import io.aeron.CncFileDescriptor;
import io.aeron.driver.Configuration;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.driver.reports.LossReportUtil;
import io.aeron.logbuffer.LogBufferDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.status.CountersReader;

/** Sets up a media driver as the options say. */
final class DriverContexts {
    /** With its endpoint, which may be another for each. */
    private static final int COUNTERS_PER_LINK = 9;
    private static final int COUNTERS_PER_SESSION = 4;
    /** The driver's own, and those that rest for a second before the next use. */
    private static final int FURTHER_COUNTERS = 512;

    private DriverContexts() {
    }

    /** The space for counters: Aeron's default takes 40 MB, more than some machines have for all. */
    private static int counterValuesLength(final AeronTransportOptions options) {
        return Math.max(Configuration.COUNTERS_VALUES_BUFFER_LENGTH_MIN,
            counters(options) * CountersReader.COUNTER_LENGTH);
    }

    private static int counters(final AeronTransportOptions options) {
        return options.maxLinks() * COUNTERS_PER_LINK + Admission.maxSessions(options) * COUNTERS_PER_SESSION
            + FURTHER_COUNTERS;
    }

    /** How long the driver's files are together, logs aside. */
    static long filesLength(final AeronTransportOptions options) {
        final int counterValuesLength = counterValuesLength(options);
        return (long) CncFileDescriptor.META_DATA_LENGTH
            + Configuration.CONDUCTOR_BUFFER_LENGTH_DEFAULT
            + Configuration.TO_CLIENTS_BUFFER_LENGTH_DEFAULT
            + Configuration.countersMetadataBufferLength(counterValuesLength)
            + counterValuesLength
            + Configuration.ERROR_BUFFER_LENGTH_DEFAULT
            + Configuration.LOSS_REPORT_BUFFER_LENGTH_DEFAULT;
    }

    /**
     * Has the file system give room for those files of a driver that has just been launched that Aeron leaves to be
     * filled later; all others are filled when they are made. Later there may be none, and touching them would be a
     * fault.
     */
    static void reserveFiles(final Path directory) {
        final Path file = directory.resolve(LossReportUtil.LOSS_REPORT_FILE_NAME);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            final ByteBuffer zeros = ByteBuffer.allocate((int) channel.size());
            while (zeros.hasRemaining()) {
                channel.write(zeros);
            }
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static Thread daemon(final Runnable task) {
        final Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    }

    static MediaDriver.Context create(
        final AeronTransportOptions options,
        final SocketBuffers buffers,
        final Path directory,
        final ThreadingMode threadingMode,
        final ErrorHandler errorHandler) {
        // Tells apart a timeout from the timer's own grain; without effect otherwise, as we have tethered images only.
        final long untetheredTimeoutNs =
            2 * Math.max(options.timeouts().timerIntervalNs(), options.timeouts().imageLivenessTimeoutNs());
        return new MediaDriver.Context()
            .aeronDirectoryName(directory.toString())
            .threadingMode(threadingMode)
            .errorHandler(errorHandler)
            .asyncExecutorThreadFactory(ExecutorThread::new)
            .sharedThreadFactory(DriverContexts::daemon)
            .dirDeleteOnStart(false)
            .dirDeleteOnShutdown(true)
            .warnIfDirectoryExists(false)
            .printConfigurationOnStart(false)
            .performStorageChecks(true)
            .lowStorageWarningThreshold(0)
            .conductorBufferLength(Configuration.CONDUCTOR_BUFFER_LENGTH_DEFAULT)
            .toClientsBufferLength(Configuration.TO_CLIENTS_BUFFER_LENGTH_DEFAULT)
            .counterValuesBufferLength(counterValuesLength(options))
            .errorBufferLength(Configuration.ERROR_BUFFER_LENGTH_DEFAULT)
            .lossReportBufferLength(Configuration.LOSS_REPORT_BUFFER_LENGTH_DEFAULT)
            .termBufferSparseFile(!options.preallocate())
            .mtuLength(options.mtuLength())
            .publicationTermBufferLength(options.termLength())
            .ipcTermBufferLength(LogBufferDescriptor.TERM_MIN_LENGTH)
            .initialWindowLength(buffers.receiveWindowLength())
            .socketRcvbufLength(buffers.receiveLength())
            .socketSndbufLength(buffers.sendLength())
            .imageLivenessTimeoutNs(options.timeouts().imageLivenessTimeoutNs())
            .publicationConnectionTimeoutNs(options.timeouts().connectionTimeoutNs())
            .flowControlReceiverTimeoutNs(options.timeouts().connectionTimeoutNs())
            .statusMessageTimeoutNs(options.timeouts().statusMessageIntervalNs())
            .timerIntervalNs(options.timeouts().timerIntervalNs())
            .publicationLingerTimeoutNs(options.timeouts().lingerTimeoutNs())
            .untetheredWindowLimitTimeoutNs(untetheredTimeoutNs)
            .untetheredRestingTimeoutNs(untetheredTimeoutNs)
            .clientLivenessTimeoutNs(options.timeouts().clientLivenessTimeoutNs())
            .publicationUnblockTimeoutNs(2 * options.timeouts().clientLivenessTimeoutNs())
            .driverTimeoutMs(TimeUnit.NANOSECONDS.toMillis(options.timeouts().driverTimeoutNs()));
    }
}
