/**
 * Plumtree as a state machine without I/O: events and the time go in, effects come out through
 * {@link io.plumtree.protocol.PlumtreeEffects}.
 *
 * <p>Nothing here reads a clock, draws a random number, starts a thread, logs or knows a wire format, so that the same
 * classes run in a node and on a simulator's virtual time. Sources: "Epidemic Broadcast Trees" (Leitao, Pereira,
 * Rodrigues, SRDS 2007) and the reference, Partisan 5's {@code partisan_plumtree_broadcast}.
 *
 * <h2>Without our engine</h2>
 * Whoever has a transport and messages of his own makes a {@link io.plumtree.protocol.Plumtree}, implements the eleven
 * methods of {@link io.plumtree.protocol.PlumtreeEffects}, and tells the core what happens. The core tells each message
 * apart by its handler's number, here 0, and its id; links must keep order.
 * <pre>{@code
 *     EmbeddedCore(final long self, final long[] members, final PlumtreeEffects effects, final long nowNs) {
 *         core = new Plumtree(self, new PlumtreeOptions(), effects, nowNs);
 *         core.start(members, members, new long[0]);
 *     }
 *
 *     void onConnected(final long node, final long nowNs) {
 *         core.onLinkUp(core.peerIndex(node), nowNs);
 *     }
 *
 *     void publish(final DirectBuffer id, final long nowNs) {
 *         broadcast.body(id, 0, id.capacity()).size(1, 0).id().wrap(id, 0, id.capacity());
 *         core.onBroadcast(broadcast, nowNs);
 *     }
 *
 *     boolean onPayload(final long from, final long root, final int round, final DirectBuffer id, final long nowNs) {
 *         broadcast.body(id, 0, id.capacity()).size(1, 0).key().set(root, round, 0).id().wrap(id, 0, id.capacity());
 *         return core.onGossip(core.peerIndex(from), broadcast, nowNs);
 *     }
 *
 *     void onControl(
 *         final ControlMessage type, final long from, final long root, final int round, final DirectBuffer id,
 *         final long nowNs) {
 *         key.set(root, round, 0).id().wrap(id, 0, id.capacity());
 *         core.onControl(type, core.peerIndex(from), key, nowNs);
 *     }
 *
 *     void onCycle(final long nowNs) {
 *         core.onTimers(nowNs);
 *         if (nowNs - nextTickNs >= 0) {
 *             nextTickNs = nowNs + 20_000_000;
 *             core.onLazyTick(nowNs);
 *         }
 *     }
 * }</pre>
 * The protocol is for one thread. Flyweights are valid during the call to which they are handed. What a node can't be
 * given, since it was away for too long, only an exchange between two nodes brings:
 * {@link io.plumtree.protocol.PlumtreeEffects#onExchangeNeeded} says when one is needed.
 */
package io.plumtree.protocol;
