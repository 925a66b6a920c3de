package io.plumtree.system.hostile;

import io.aeron.protocol.DataHeaderFlyweight;
import io.aeron.protocol.ErrorFlyweight;
import io.aeron.protocol.HeaderFlyweight;
import io.aeron.protocol.NakFlyweight;
import io.aeron.protocol.RttMeasurementFlyweight;
import io.aeron.protocol.SetupFlyweight;
import io.aeron.protocol.StatusMessageFlyweight;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes the frames of Aeron's protocol, whatever the values; each method returns how long the datagram is. */
final class AeronFrames {
    static final int STREAM = 7001;
    static final int MTU = 1408;
    static final int TERM_LENGTH = 1 << 20;

    final UnsafeBuffer buffer;

    AeronFrames(final UnsafeBuffer buffer) {
        this.buffer = buffer;
    }

    int setup(
        final int session,
        final int stream,
        final int initialTermId,
        final int activeTermId,
        final int termOffset,
        final int termLength,
        final int mtu) {
        final SetupFlyweight setup = new SetupFlyweight(buffer);
        head(setup, HeaderFlyweight.HDR_TYPE_SETUP, SetupFlyweight.HEADER_LENGTH);
        setup.termOffset(termOffset).sessionId(session).streamId(stream).initialTermId(initialTermId)
            .activeTermId(activeTermId).termLength(termLength).mtuLength(mtu).ttl(0);
        return SetupFlyweight.HEADER_LENGTH;
    }

    /** What precedes data; a frame length of 0 makes a heartbeat. */
    int data(
        final int session,
        final int stream,
        final int termId,
        final int termOffset,
        final int frameLength,
        final short flags,
        final boolean isPadding) {
        final DataHeaderFlyweight data = new DataHeaderFlyweight(buffer);
        head(data, isPadding ? HeaderFlyweight.HDR_TYPE_PAD : HeaderFlyweight.HDR_TYPE_DATA, frameLength);
        data.flags(flags);
        data.sessionId(session).streamId(stream).termId(termId).termOffset(termOffset).reservedValue(0);
        return DataHeaderFlyweight.HEADER_LENGTH;
    }

    int status(final int session, final int stream, final int termId, final int termOffset, final int window) {
        final StatusMessageFlyweight status = new StatusMessageFlyweight(buffer);
        head(status, HeaderFlyweight.HDR_TYPE_SM, StatusMessageFlyweight.HEADER_LENGTH);
        status.sessionId(session).streamId(stream).consumptionTermId(termId).consumptionTermOffset(termOffset)
            .receiverWindowLength(window).receiverId(session);
        return StatusMessageFlyweight.HEADER_LENGTH;
    }

    int nak(final int session, final int stream, final int termId, final int termOffset, final int length) {
        final NakFlyweight nak = new NakFlyweight(buffer);
        head(nak, HeaderFlyweight.HDR_TYPE_NAK, NakFlyweight.HEADER_LENGTH);
        nak.sessionId(session).streamId(stream).termId(termId).termOffset(termOffset).length(length);
        return NakFlyweight.HEADER_LENGTH;
    }

    int error(final int session, final int stream, final int code, final String text) {
        final ErrorFlyweight error = new ErrorFlyweight(buffer);
        head(error, HeaderFlyweight.HDR_TYPE_ERR, ErrorFlyweight.HEADER_LENGTH);
        error.sessionId(session).streamId(stream).receiverId(session).groupTag(null).errorCode(code)
            .errorMessage(text);
        return error.frameLength();
    }

    int roundTrip(final int session, final int stream, final long timeNs, final boolean isAnswer) {
        final RttMeasurementFlyweight measurement = new RttMeasurementFlyweight(buffer);
        head(measurement, HeaderFlyweight.HDR_TYPE_RTTM, RttMeasurementFlyweight.HEADER_LENGTH);
        measurement.flags(isAnswer ? 0 : RttMeasurementFlyweight.REPLY_FLAG);
        measurement.sessionId(session).streamId(stream).echoTimestampNs(timeNs).receptionDelta(0)
            .receiverId(session);
        return RttMeasurementFlyweight.HEADER_LENGTH;
    }

    private static void head(final HeaderFlyweight frame, final int type, final int length) {
        frame.version(HeaderFlyweight.CURRENT_VERSION).flags((short) 0).headerType(type).frameLength(length);
    }
}
