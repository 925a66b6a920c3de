package io.plumtree.transport.aeron;

import io.aeron.CncFileDescriptor;
import io.aeron.driver.Configuration;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.logbuffer.LogBufferDescriptor;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.status.CountersReader;

/** Sets up a media driver as the options say. */
final class DriverContexts {
    /** A link and an image with their endpoints have 13 at most, and counters rest for a second before the next use. */
    private static final int COUNTERS_PER_LINK = 16;

    private DriverContexts() {
    }

    /** The space for counters: Aeron's default takes 40 MB, more than some machines have for all. */
    private static int counterValuesLength(final AeronTransportOptions options) {
        return Math.max(Configuration.COUNTERS_VALUES_BUFFER_LENGTH_MIN,
            options.maxLinks() * COUNTERS_PER_LINK * CountersReader.COUNTER_LENGTH);
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

    static MediaDriver.Context create(
        final AeronTransportOptions options,
        final SocketBuffers buffers,
        final Path directory,
        final ThreadingMode threadingMode,
        final ErrorHandler errorHandler) {
        // Tells apart a timeout from the timer's own grain; without effect otherwise, as we have tethered images only.
        final long untetheredTimeoutNs = 2 * Math.max(options.timerIntervalNs(), options.imageLivenessTimeoutNs());
        return new MediaDriver.Context()
            .aeronDirectoryName(directory.toString())
            .threadingMode(threadingMode)
            .errorHandler(errorHandler)
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
            .imageLivenessTimeoutNs(options.imageLivenessTimeoutNs())
            .publicationConnectionTimeoutNs(options.connectionTimeoutNs())
            .flowControlReceiverTimeoutNs(options.connectionTimeoutNs())
            .statusMessageTimeoutNs(options.statusMessageIntervalNs())
            .timerIntervalNs(options.timerIntervalNs())
            .publicationLingerTimeoutNs(options.lingerTimeoutNs())
            .untetheredWindowLimitTimeoutNs(untetheredTimeoutNs)
            .untetheredRestingTimeoutNs(untetheredTimeoutNs)
            .clientLivenessTimeoutNs(options.clientLivenessTimeoutNs())
            .publicationUnblockTimeoutNs(2 * options.clientLivenessTimeoutNs())
            .driverTimeoutMs(TimeUnit.NANOSECONDS.toMillis(options.driverTimeoutNs()));
    }
}
