/**
 * A transport on Aeron UDP: one subscription where the node listens, one unicast publication a peer, an embedded media
 * driver that runs on the node's own thread.
 */
package io.plumtree.transport.aeron;
