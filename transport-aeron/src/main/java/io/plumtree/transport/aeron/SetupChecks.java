package io.plumtree.transport.aeron;

import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.logbuffer.LogBufferDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import io.aeron.protocol.SetupFlyweight;
import org.agrona.BitUtil;

/**
 * What a publication elsewhere may say of itself. Aeron's driver believes it all: it makes a log of whatever length,
 * and one whose position can't be never goes away.
 */
final class SetupChecks {
    private SetupChecks() {
    }

    /** Under what to count that it can't be taken in; null if it can. Shorter terms and datagrams cost less. */
    static TransportCounter refusal(
        final SetupFlyweight setup, final int maxTermLength, final int maxMtuLength, final int windowLength) {
        final int termLength = setup.termLength();
        if (termLength < LogBufferDescriptor.TERM_MIN_LENGTH || termLength > maxTermLength
            || !BitUtil.isPowerOfTwo(termLength)) {
            return TransportCounter.SETUPS_REFUSED_TERM_LENGTH;
        }
        final int mtuLength = setup.mtuLength();
        if (mtuLength <= DataHeaderFlyweight.HEADER_LENGTH || mtuLength > maxMtuLength
            || !BitUtil.isAligned(mtuLength, FrameDescriptor.FRAME_ALIGNMENT)
            || mtuLength > Math.min(windowLength, termLength / 2)) {
            return TransportCounter.SETUPS_REFUSED_MTU_LENGTH;
        }
        final int termOffset = setup.termOffset();
        // Terms are counted from the first, whose id may be any, by a number that is not negative.
        if (setup.activeTermId() - setup.initialTermId() < 0 || termOffset < 0 || termOffset >= termLength
            || !BitUtil.isAligned(termOffset, FrameDescriptor.FRAME_ALIGNMENT)) {
            return TransportCounter.SETUPS_REFUSED_POSITION;
        }
        return null;
    }
}
