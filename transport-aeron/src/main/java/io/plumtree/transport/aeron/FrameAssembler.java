package io.plumtree.transport.aeron;

import io.aeron.Image;
import io.aeron.Subscription;
import io.aeron.logbuffer.ControlledFragmentHandler;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.logbuffer.Header;
import io.plumtree.api.transport.FrameHandler;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Polls one channel's subscription and hands over whole frames: those in one piece straight from Aeron's log, others
 * put together first, at most one at a time a sender and none longer than the longest allowed.
 */
final class FrameAssembler implements ControlledFragmentHandler {
    private final Long2ObjectHashMap<InboundSession> sessionByImage = new Long2ObjectHashMap<>();
    private final int channel;
    private final int streamId;
    private final int maxFrameLength;
    private final TransportCounters counters;
    private final ErrorFunnel errors;
    /** Null where the driver runs elsewhere. */
    private Admission admission;
    private FrameHandler handler;
    /** The one that is polled. */
    private InboundSession session;
    private int frames;
    private boolean isHoldingFrame;
    private int nextFirst;

    FrameAssembler(
        final int channel,
        final int streamId,
        final int maxFrameLength,
        final TransportCounters counters,
        final ErrorFunnel errors) {
        this.channel = channel;
        this.streamId = streamId;
        this.maxFrameLength = maxFrameLength;
        this.counters = counters;
        this.errors = errors;
    }

    void admission(final Admission ofHost) {
        admission = ofHost;
    }

    /** Tells how many fragments it took; a frame of several is handed over with its last one. */
    int poll(final Subscription subscription, final FrameHandler frameHandler, final int fragmentLimit) {
        handler = frameHandler;
        frames = 0;
        isHoldingFrame = false;
        final int fragments = poll(subscription, fragmentLimit);
        handler = null;
        session = null;
        if (frames > 0) {
            counters.add(TransportCounter.FRAMES_RECEIVED, frames);
        }
        return fragments;
    }

    /**
     * Each sender has its share, so that none is taken for silent because others have more to say; what one leaves of
     * it is the others'.
     */
    private int poll(final Subscription subscription, final int fragmentLimit) {
        final int count = subscription.imageCount();
        if (count == 0) {
            return 0;
        }
        final int first = nextFirst < count ? nextFirst : 0;
        nextFirst = first + 1;
        final int share = Math.max(1, fragmentLimit / count);
        int fragments = poll(subscription, first, count, fragmentLimit, share);
        if (fragments >= share && fragments < fragmentLimit) {
            fragments += poll(subscription, first, count, fragmentLimit - fragments, fragmentLimit);
        }
        return fragments;
    }

    private int poll(
        final Subscription subscription,
        final int first,
        final int count,
        final int fragmentLimit,
        final int share) {
        int fragments = 0;
        for (int i = 0; i < count && fragments < fragmentLimit; i++) {
            final int index = first + i;
            final Image image = subscription.imageAtIndex(index < count ? index : index - count);
            session = sessionByImage.get(image.correlationId());
            fragments += image.controlledPoll(this, Math.min(share, fragmentLimit - fragments));
        }
        return fragments;
    }

    @Override
    public Action onFragment(final DirectBuffer buffer, final int offset, final int length, final Header header) {
        final byte flags = header.flags();
        if ((flags & FrameDescriptor.UNFRAGMENTED) == FrameDescriptor.UNFRAGMENTED) {
            return onWhole(buffer, offset, length);
        }
        return (flags & FrameDescriptor.BEGIN_FRAG_FLAG) != 0
            ? onFirst(buffer, offset, length, header)
            : onNext(buffer, offset, length, header, (flags & FrameDescriptor.END_FRAG_FLAG) != 0);
    }

    private Action onWhole(final DirectBuffer buffer, final int offset, final int length) {
        if (length > maxFrameLength) {
            counters.increment(TransportCounter.FRAMES_TOO_LONG_DROPPED);
            return Action.CONTINUE;
        }
        return handOver(buffer, offset, length);
    }

    private Action onFirst(final DirectBuffer buffer, final int offset, final int length, final Header header) {
        PartialFrame partial = session.partial();
        if (partial == null) {
            partial = new PartialFrame(maxFrameLength);
            session.partial(partial);
        } else if (!partial.isEmpty()) {
            counters.increment(TransportCounter.FRAMES_INCOMPLETE_DROPPED);
        }
        partial.begin();
        append(partial, buffer, offset, length, header);
        return Action.CONTINUE;
    }

    private Action onNext(
        final DirectBuffer buffer, final int offset, final int length, final Header header, final boolean isLast) {
        final PartialFrame partial = session.partial();
        if (!session.hasPart()) {
            // The rest of a frame whose beginning we missed, or which was dropped.
            return Action.CONTINUE;
        }
        if (!partial.isFollowedBy(header)) {
            partial.reset();
            counters.increment(TransportCounter.FRAMES_INCOMPLETE_DROPPED);
            return Action.CONTINUE;
        }
        final int lengthBefore = partial.length();
        if (append(partial, buffer, offset, length, header) && isLast) {
            if (handOver(partial.buffer(), 0, partial.length()) == Action.ABORT) {
                partial.truncate(lengthBefore);
                partial.expectAgain(header);
                return Action.ABORT;
            }
            partial.reset();
        }
        return Action.CONTINUE;
    }

    private boolean append(
        final PartialFrame partial,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final Header header) {
        if (!partial.hasRoomFor(length)) {
            partial.reset();
            counters.increment(TransportCounter.FRAMES_TOO_LONG_DROPPED);
            return false;
        }
        partial.append(buffer, offset, length);
        partial.expectAfter(header);
        return true;
    }

    private Action handOver(final DirectBuffer buffer, final int offset, final int length) {
        boolean consumed = true;
        try {
            consumed = handler.onFrame(session, buffer, offset, length);
        } catch (final RuntimeException ex) {
            errors.onError(ex);
        }
        if (!consumed) {
            counters.increment(TransportCounter.FRAMES_DEFERRED);
            isHoldingFrame = true;
            return Action.ABORT;
        }
        frames++;
        return Action.CONTINUE;
    }

    /** Whether a frame was refused at the last poll. */
    boolean isHoldingFrame() {
        return isHoldingFrame;
    }

    void onAvailableImage(final Image image) {
        final RemoteSession remote = admission == null ? null : admission.find(streamId, image.sessionId());
        sessionByImage.put(image.correlationId(), new InboundSession(image, channel, admission, remote));
    }

    void onUnavailableImage(final Image image) {
        final InboundSession lost = sessionByImage.remove(image.correlationId());
        if (lost == null) {
            // The host has gone, and all sessions with it.
            return;
        }
        lost.onLost();
        if (lost.hasPart()) {
            counters.increment(TransportCounter.FRAMES_INCOMPLETE_DROPPED);
        }
    }

    void clear() {
        sessionByImage.clear();
        isHoldingFrame = false;
    }
}
