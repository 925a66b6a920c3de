/**
 * Plumtree as a state machine without I/O: events and the time go in, effects come out through
 * {@link io.plumtree.protocol.PlumtreeEffects}.
 *
 * <p>Nothing here reads a clock, draws a random number, starts a thread, logs or knows a wire format, so that the same
 * classes run in a node and on a simulator's virtual time. Sources: "Epidemic Broadcast Trees" (Leitao, Pereira,
 * Rodrigues, SRDS 2007) and the reference, Partisan 5's {@code partisan_plumtree_broadcast}.
 */
package io.plumtree.protocol;
