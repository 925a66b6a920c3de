/** Heartbeats of nodes, broadcast to all others. */
package io.plumtree.handlers.heartbeat;
