package io.plumtree.api.transport;

/**
 * One stream of frames that arrive: what one transport elsewhere sends here on one channel, from when it has made its
 * {@link Link} until the link is lost or made anew. Each is one object, so that {@code ==} tells whether two frames
 * came on the same. What a frame says of its sender is only its word; that it came on the session of an earlier one is
 * certain, as far as the transport can tell.
 *
 * <p>Used by the thread that drives the transport alone.
 */
public interface Session {
    /**
     * The channel on which it came.
     *
     * @return 0 or more.
     */
    int channel();

    /**
     * Where its frames are sent from, which is not where the sender listens: the same for all sessions of one sender
     * that are open at a time, on whatever channel, and as a rule another one for another sender.
     *
     * @return an address in the transport's own words.
     */
    String source();

    /**
     * Whether frames may still come on it.
     *
     * @return false for good once the transport has lost it.
     */
    boolean isOpen();

    /**
     * Says that who sends here is known. A transport may give up a session of which that was not said soon after it
     * began, to be free of strangers; what its sender sends later comes on another. Harmless when said again.
     */
    void confirm();
}
