package io.plumtree.protocol.membership;

/**
 * What somebody asks for as a later run of a neighbour that is up; it waits until the neighbour has been asked.
 *
 * @param from           the run, as it says.
 * @param nonce          names what it asks for.
 * @param isJoin         whether it wants to be let in; otherwise it wants to become a neighbour.
 * @param isHighPriority whether that is urgent.
 */
record Claim(NodeDescriptor from, long nonce, boolean isJoin, boolean isHighPriority) {
}
