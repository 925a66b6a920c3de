package io.plumtree.transport.aeron;

import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.logbuffer.LogBufferDescriptor;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.ErrorHandler;

/** Sets up a media driver as the options say. */
final class DriverContexts {
    private DriverContexts() {
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
