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
import java.nio.ByteOrder;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What datagrams of Aeron's are like. What is missing of one would be read from the one that came before, and data out
 * of line with other data would spoil it.
 */
final class DatagramShapes {
    private DatagramShapes() {
    }

    /** Whether all is there that is read of one whose type can be told, and data begins where it may. */
    static boolean isSound(final UnsafeBuffer buffer, final int length) {
        final int type = FrameDescriptor.frameType(buffer, 0);
        if (type == HeaderFlyweight.HDR_TYPE_DATA || type == HeaderFlyweight.HDR_TYPE_PAD) {
            return length >= DataHeaderFlyweight.HEADER_LENGTH && BitUtil.isAligned(
                buffer.getInt(DataHeaderFlyweight.TERM_OFFSET_FIELD_OFFSET, ByteOrder.LITTLE_ENDIAN),
                FrameDescriptor.FRAME_ALIGNMENT);
        }
        return length >= switch (type) {
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
