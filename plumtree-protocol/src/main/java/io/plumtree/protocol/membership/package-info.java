/**
 * Who a node's neighbours are: HyParView (Leitao, Pereira, Rodrigues, "HyParView: a membership protocol for reliable
 * gossip-based broadcast", DSN 2007), as a state machine that knows neither network nor clock, as the protocol core.
 */
package io.plumtree.protocol.membership;
