package io.plumtree.transport.aeron;

import io.aeron.driver.Configuration;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.logbuffer.LogBufferDescriptor;
import io.plumtree.api.Durations;
import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import java.util.concurrent.TimeUnit;
import org.agrona.BitUtil;

/** Checks the ranges of {@link AeronTransportOptions} and how they relate. */
final class OptionsChecks {
    static final int MTU_MIN_LENGTH = 256;
    static final int MAX_LINKS_LIMIT = 65_536;
    static final int MAX_CHANNELS_LIMIT = 1_024;
    static final int MAX_SESSIONS_LIMIT = 131_072;
    static final int MAX_SESSION_RATE_LIMIT = 100_000;
    private static final long UNCONFIRMED_MIN_NS = TimeUnit.MILLISECONDS.toNanos(50);
    /** An idle sender shows itself this often, whatever the options: a receiver must be more patient. */
    private static final long TIMEOUT_MIN_NS = Configuration.PUBLICATION_HEARTBEAT_TIMEOUT_NS;
    private static final long HOUR_NS = TimeUnit.HOURS.toNanos(1);
    private static final long MINUTE_NS = TimeUnit.MINUTES.toNanos(1);
    private static final long MILLI_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int STATUS_MESSAGES_PER_TIMEOUT = 4;

    private OptionsChecks() {
    }

    static void check(final AeronTransportOptions o) {
        checkPlaces(o);
        checkLengths(o);
        checkDurations(o);
        checkTimeoutRelations(o);
    }

    private static void checkPlaces(final AeronTransportOptions o) {
        if (!o.directory().isEmpty() && !o.baseDirectory().isEmpty()) {
            throw refused(AeronTransportOptions.DIRECTORY_PROPERTY + "=" + o.directory() + " and "
                + AeronTransportOptions.BASE_DIRECTORY_PROPERTY + "=" + o.baseDirectory()
                + " exclude each other: a driver that runs already has its place");
        }
        if (o.streamId() == 0) {
            throw refused(AeronTransportOptions.STREAM_ID_PROPERTY + "=0 is not allowed");
        }
        checkRange(AeronTransportOptions.MAX_LINKS_PROPERTY, o.maxLinks(), 1, MAX_LINKS_LIMIT);
        checkRange(AeronTransportOptions.MAX_CHANNELS_PROPERTY, o.maxChannels(), 1, MAX_CHANNELS_LIMIT);
        checkRange(AeronSessionOptions.MAX_SESSIONS_PROPERTY, o.sessions().maxSessions(), 0, MAX_SESSIONS_LIMIT);
        checkRange(AeronSessionOptions.MAX_SESSIONS_PER_SOURCE_PROPERTY, o.sessions().maxSessionsPerSource(),
            0, MAX_SESSIONS_LIMIT);
        checkRange(AeronSessionOptions.MAX_SESSION_RATE_PROPERTY, o.sessions().maxSessionRate(), 1,
            MAX_SESSION_RATE_LIMIT);
    }

    private static void checkLengths(final AeronTransportOptions o) {
        final String mtu = AeronTransportOptions.MTU_LENGTH_PROPERTY;
        checkRange(mtu, o.mtuLength(), MTU_MIN_LENGTH, Configuration.MAX_UDP_PAYLOAD_LENGTH);
        if (!BitUtil.isAligned(o.mtuLength(), FrameDescriptor.FRAME_ALIGNMENT)) {
            throw refused(mtu + "=" + o.mtuLength() + " is not a multiple of " + FrameDescriptor.FRAME_ALIGNMENT);
        }

        final String term = AeronTransportOptions.TERM_LENGTH_PROPERTY;
        checkRange(term, o.termLength(), LogBufferDescriptor.TERM_MIN_LENGTH, LogBufferDescriptor.TERM_MAX_LENGTH);
        if (!BitUtil.isPowerOfTwo(o.termLength())) {
            throw refused(term + "=" + o.termLength() + " is not a power of two");
        }

        if (o.sendWindowLength() != 0) {
            checkWindow(o, AeronTransportOptions.SEND_WINDOW_LENGTH_PROPERTY, o.sendWindowLength());
        }
        checkWindow(o, AeronTransportOptions.RECEIVE_WINDOW_LENGTH_PROPERTY, o.receiveWindowLength());
        checkAtLeast(AeronTransportOptions.SOCKET_SEND_BUFFER_LENGTH_PROPERTY, o.socketSendBufferLength(),
            mtu, o.mtuLength());
        checkAtLeast(AeronTransportOptions.SOCKET_RECEIVE_BUFFER_LENGTH_PROPERTY, o.socketReceiveBufferLength(),
            AeronTransportOptions.RECEIVE_WINDOW_LENGTH_PROPERTY, o.receiveWindowLength());
    }

    private static void checkWindow(final AeronTransportOptions o, final String key, final int length) {
        checkAtLeast(key, length, AeronTransportOptions.MTU_LENGTH_PROPERTY, o.mtuLength());
        if (length > o.termLength() / 2) {
            throw refused(key + "=" + length + " is more than half of "
                + AeronTransportOptions.TERM_LENGTH_PROPERTY + "=" + o.termLength());
        }
    }

    private static void checkAtLeast(final String key, final int length, final String least, final int leastLength) {
        if (length < leastLength) {
            throw refused(key + "=" + length + " is less than " + least + "=" + leastLength);
        }
    }

    private static void checkDurations(final AeronTransportOptions o) {
        checkDuration(AeronSessionOptions.UNCONFIRMED_TIMEOUT_PROPERTY, o.sessions().unconfirmedTimeoutNs(),
            UNCONFIRMED_MIN_NS, HOUR_NS);
        checkDuration(AeronTimeoutOptions.IMAGE_LIVENESS_TIMEOUT_PROPERTY, o.timeouts().imageLivenessTimeoutNs(),
            TIMEOUT_MIN_NS, HOUR_NS);
        checkDuration(AeronTimeoutOptions.CONNECTION_TIMEOUT_PROPERTY, o.timeouts().connectionTimeoutNs(),
            TIMEOUT_MIN_NS, HOUR_NS);
        checkDuration(AeronTimeoutOptions.STATUS_MESSAGE_INTERVAL_PROPERTY, o.timeouts().statusMessageIntervalNs(),
            MILLI_NS, MINUTE_NS);
        checkDuration(AeronTimeoutOptions.TIMER_INTERVAL_PROPERTY, o.timeouts().timerIntervalNs(), MILLI_NS,
            MINUTE_NS / 6);
        checkDuration(AeronTimeoutOptions.LINGER_TIMEOUT_PROPERTY, o.timeouts().lingerTimeoutNs(), 0, MINUTE_NS);
        checkDuration(AeronTimeoutOptions.CLIENT_LIVENESS_TIMEOUT_PROPERTY, o.timeouts().clientLivenessTimeoutNs(),
            TIMEOUT_MIN_NS, HOUR_NS);
        checkDuration(AeronTimeoutOptions.DRIVER_TIMEOUT_PROPERTY, o.timeouts().driverTimeoutNs(), TIMEOUT_MIN_NS,
            HOUR_NS);
        checkDuration(AeronTransportOptions.RETRY_INTERVAL_PROPERTY, o.retryIntervalNs(), MILLI_NS, MINUTE_NS);
        checkDuration(AeronTransportOptions.CLOSE_TIMEOUT_PROPERTY, o.closeTimeoutNs(), 0, MINUTE_NS / 6);
    }

    private static void checkTimeoutRelations(final AeronTransportOptions o) {
        checkLonger(AeronTimeoutOptions.IMAGE_LIVENESS_TIMEOUT_PROPERTY, o.timeouts().imageLivenessTimeoutNs(), 1,
            AeronTimeoutOptions.TIMER_INTERVAL_PROPERTY, o.timeouts().timerIntervalNs());
        checkLonger(AeronTimeoutOptions.CONNECTION_TIMEOUT_PROPERTY, o.timeouts().connectionTimeoutNs(), 1,
            AeronTimeoutOptions.TIMER_INTERVAL_PROPERTY, o.timeouts().timerIntervalNs());
        checkLonger(AeronTimeoutOptions.CLIENT_LIVENESS_TIMEOUT_PROPERTY, o.timeouts().clientLivenessTimeoutNs(), 1,
            AeronTimeoutOptions.TIMER_INTERVAL_PROPERTY, o.timeouts().timerIntervalNs());
        checkLonger(AeronTimeoutOptions.CONNECTION_TIMEOUT_PROPERTY, o.timeouts().connectionTimeoutNs(),
            STATUS_MESSAGES_PER_TIMEOUT,
            AeronTimeoutOptions.STATUS_MESSAGE_INTERVAL_PROPERTY, o.timeouts().statusMessageIntervalNs());
    }

    private static void checkLonger(
        final String key, final long ns, final int times, final String otherKey, final long otherNs) {
        if (ns <= otherNs * times) {
            throw refused(key + "=" + Durations.exact(ns) + " must be longer than "
                + (times == 1 ? "" : times + " times ") + otherKey + "=" + Durations.exact(otherNs));
        }
    }

    private static void checkRange(final String key, final long value, final long min, final long max) {
        if (value < min || value > max) {
            throw refused(key + "=" + value + " must be from " + min + " to " + max);
        }
    }

    private static void checkDuration(final String key, final long ns, final long minNs, final long maxNs) {
        if (ns < minNs || ns > maxNs) {
            throw refused(key + "=" + Durations.exact(ns) + " must be from "
                + Durations.exact(minNs) + " to " + Durations.exact(maxNs));
        }
    }

    private static PlumtreeException refused(final String message) {
        return new PlumtreeException(Category.CONFIGURATION, message);
    }
}
