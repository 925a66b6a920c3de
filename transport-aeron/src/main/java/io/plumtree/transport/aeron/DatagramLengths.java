package io.plumtree.transport.aeron;

import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import io.aeron.protocol.ErrorFlyweight;
import io.aeron.protocol.HeaderFlyweight;
import io.aeron.protocol.NakFlyweight;
import io.aeron.protocol.ResponseSetupFlyweight;
import io.aeron.protocol.RttMeasurementFlyweight;
import io.aeron.protocol.SetupFlyweight;
import io.aeron.protocol.StatusMessageFlyweight;
import org.agrona.concurrent.UnsafeBuffer;

/** How long datagrams of Aeron's are at least. What is missing of one would be read from the one that came before. */
final class DatagramLengths {
    private DatagramLengths() {
    }

    /** Whether all is there that is read of one whose type can be told. */
    static boolean isWhole(final UnsafeBuffer buffer, final int length) {
        return length >= switch (FrameDescriptor.frameType(buffer, 0)) {
            case HeaderFlyweight.HDR_TYPE_DATA, HeaderFlyweight.HDR_TYPE_PAD -> DataHeaderFlyweight.HEADER_LENGTH;
            case HeaderFlyweight.HDR_TYPE_SETUP -> SetupFlyweight.HEADER_LENGTH;
            case HeaderFlyweight.HDR_TYPE_SM -> StatusMessageFlyweight.HEADER_LENGTH;
            case HeaderFlyweight.HDR_TYPE_NAK -> NakFlyweight.HEADER_LENGTH;
            case HeaderFlyweight.HDR_TYPE_RTTM -> RttMeasurementFlyweight.HEADER_LENGTH;
            case HeaderFlyweight.HDR_TYPE_ERR -> ErrorFlyweight.HEADER_LENGTH;
            case HeaderFlyweight.HDR_TYPE_RSP_SETUP -> ResponseSetupFlyweight.HEADER_LENGTH;
            default -> 0;
        };
    }
}
