package io.plumtree.engine.codec;

/**
 * In which incarnation a node's name is known to another one.
 *
 * @param node        value of the node's id.
 * @param incarnation the latest that is known, positive.
 * @param isLive      whether the link to that run is up.
 * @param endpoint    where that run listens, {@code host:port}; empty if that is not known.
 * @param echo        the nonce of the greeting or request that this answers: only who was sent that has it; 0 if it
 *                    answers none.
 */
public record KnownIncarnation(long node, long incarnation, boolean isLive, String endpoint, long echo) {
}
