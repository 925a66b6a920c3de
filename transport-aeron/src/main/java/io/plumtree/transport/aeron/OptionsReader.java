package io.plumtree.transport.aeron;

import io.plumtree.api.Durations;
import io.plumtree.api.NearestName;
import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import org.agrona.SystemUtil;

/** Reads one option of {@link AeronTransportOptions} by its key. */
final class OptionsReader {
    private OptionsReader() {
    }

    static void read(final AeronTransportOptions options, final String key, final String text) {
        final String value = text.trim();
        try {
            set(options, key, value);
        } catch (final IllegalArgumentException | StringIndexOutOfBoundsException ex) {
            throw new PlumtreeException(Category.CONFIGURATION, key + "=" + value + ": " + ex.getMessage(), ex);
        }
    }

    private static void set(final AeronTransportOptions options, final String key, final String value) {
        switch (key) {
            case AeronTransportOptions.DIRECTORY_PROPERTY -> options.directory(value);
            case AeronTransportOptions.BASE_DIRECTORY_PROPERTY -> options.baseDirectory(value);
            case AeronTransportOptions.STREAM_ID_PROPERTY -> options.streamId(integer(value));
            case AeronTransportOptions.MTU_LENGTH_PROPERTY -> options.mtuLength(length(key, value));
            case AeronTransportOptions.TERM_LENGTH_PROPERTY -> options.termLength(length(key, value));
            case AeronTransportOptions.SEND_WINDOW_LENGTH_PROPERTY -> options.sendWindowLength(length(key, value));
            case AeronTransportOptions.RECEIVE_WINDOW_LENGTH_PROPERTY ->
                options.receiveWindowLength(length(key, value));
            case AeronTransportOptions.SOCKET_RECEIVE_BUFFER_LENGTH_PROPERTY ->
                options.socketReceiveBufferLength(length(key, value));
            case AeronTransportOptions.SOCKET_SEND_BUFFER_LENGTH_PROPERTY ->
                options.socketSendBufferLength(length(key, value));
            case AeronTransportOptions.RELIABLE_PROPERTY -> options.reliable(bool(value));
            case AeronTransportOptions.CHECKSUM_PROPERTY -> options.checksum(bool(value));
            case AeronTransportOptions.PREALLOCATE_PROPERTY -> options.preallocate(bool(value));
            case AeronTransportOptions.MAX_LINKS_PROPERTY -> options.maxLinks(integer(value));
            case AeronTransportOptions.MAX_CHANNELS_PROPERTY -> options.maxChannels(integer(value));
            case AeronTransportOptions.MAX_SESSIONS_PROPERTY -> options.maxSessions(integer(value));
            case AeronTransportOptions.MAX_SESSIONS_PER_SOURCE_PROPERTY ->
                options.maxSessionsPerSource(integer(value));
            case AeronTransportOptions.MAX_SESSION_RATE_PROPERTY -> options.maxSessionRate(integer(value));
            case AeronTransportOptions.UNCONFIRMED_TIMEOUT_PROPERTY ->
                options.unconfirmedTimeoutNs(durationNs(key, value));
            case AeronTransportOptions.IMAGE_LIVENESS_TIMEOUT_PROPERTY ->
                options.imageLivenessTimeoutNs(durationNs(key, value));
            case AeronTransportOptions.CONNECTION_TIMEOUT_PROPERTY ->
                options.connectionTimeoutNs(durationNs(key, value));
            case AeronTransportOptions.STATUS_MESSAGE_INTERVAL_PROPERTY ->
                options.statusMessageIntervalNs(durationNs(key, value));
            case AeronTransportOptions.TIMER_INTERVAL_PROPERTY -> options.timerIntervalNs(durationNs(key, value));
            case AeronTransportOptions.LINGER_TIMEOUT_PROPERTY -> options.lingerTimeoutNs(durationNs(key, value));
            case AeronTransportOptions.CLIENT_LIVENESS_TIMEOUT_PROPERTY ->
                options.clientLivenessTimeoutNs(durationNs(key, value));
            case AeronTransportOptions.DRIVER_TIMEOUT_PROPERTY -> options.driverTimeoutNs(durationNs(key, value));
            case AeronTransportOptions.RETRY_INTERVAL_PROPERTY -> options.retryIntervalNs(durationNs(key, value));
            case AeronTransportOptions.CLOSE_TIMEOUT_PROPERTY -> options.closeTimeoutNs(durationNs(key, value));
            default -> throw new IllegalArgumentException("no such option"
                + NearestName.question(key, new AeronTransportOptions().toMap().keySet()));
        }
    }

    private static boolean bool(final String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be true or false");
        };
    }

    private static int integer(final String value) {
        try {
            return Integer.parseInt(value);
        } catch (final NumberFormatException ex) {
            throw new IllegalArgumentException("must be a whole number", ex);
        }
    }

    private static int length(final String key, final String value) {
        final long length;
        try {
            length = SystemUtil.parseSize(key, joined(value));
        } catch (final RuntimeException ex) {
            throw new IllegalArgumentException("must be a number of bytes, such as 65536, 64k or 1m", ex);
        }
        if (length > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("must be less than 2g");
        }
        return (int) length;
    }

    private static long durationNs(final String key, final String value) {
        try {
            return Durations.parse(key, value);
        } catch (final RuntimeException ex) {
            throw new IllegalArgumentException("must be a duration, such as 500ms, 2s or 100us", ex);
        }
    }

    /** People write a blank before the unit. */
    private static String joined(final String value) {
        return value.replaceFirst("(?<=[0-9])[ ]+(?=[A-Za-z]+$)", "");
    }
}
