package io.plumtree.transport.aeron;

import io.aeron.Image;
import io.plumtree.api.transport.Session;

/** What one publication elsewhere sends on one channel: an image, and the frame that is being put together from it. */
final class InboundSession implements Session {
    private final Image image;
    private final int channel;
    /** Null where the driver runs elsewhere. */
    private final Admission admission;
    private final RemoteSession remote;
    private boolean isConfirmed;
    /** Null until a frame comes that had to be cut. */
    private PartialFrame partial;

    InboundSession(
        final Image image, final int channel, final Admission admission, final RemoteSession remote) {
        this.admission = admission;
        this.remote = remote;
        this.image = image;
        this.channel = channel;
    }

    Image image() {
        return image;
    }

    @Override
    public int channel() {
        return channel;
    }

    /** {@inheritDoc} All publications of a driver to one endpoint share a socket. */
    @Override
    public String source() {
        return image.sourceIdentity();
    }

    @Override
    public boolean isOpen() {
        return !image.isClosed();
    }

    @Override
    public void confirm() {
        if (!isConfirmed) {
            isConfirmed = true;
            if (remote != null) {
                admission.confirm(remote);
            }
        }
    }

    /** Its image has gone, and is not read any more. */
    void onLost() {
        if (remote != null) {
            admission.onImageGone(remote);
        }
    }

    boolean isConfirmed() {
        return isConfirmed;
    }

    /** The frame of which some is there; null if none ever was. */
    PartialFrame partial() {
        return partial;
    }

    void partial(final PartialFrame begun) {
        partial = begun;
    }

    boolean hasPart() {
        return partial != null && !partial.isEmpty();
    }
}
