package io.plumtree.engine.codec;

/**
 * By what a greeting shows that its sender listens where its receiver thinks it does: who echoes a nonce has got the
 * frame that it was in.
 *
 * @param nonce     what the receiver is to echo; 0 for nothing.
 * @param echo      the receiver's last nonce; 0 for none.
 * @param wantsEcho whether the nonce is to be echoed even if the receiver has no other reason to greet.
 */
public record Challenge(long nonce, long echo, boolean wantsEcho) {
    /** Asks nothing, and shows nothing. */
    public static final Challenge NONE = new Challenge(0, 0, false);
}
