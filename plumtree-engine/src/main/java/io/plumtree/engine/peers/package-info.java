/**
 * Who the peers are and whether they are there: links with their greetings and heartbeats, sessions and incarnations,
 * the members that were given or that HyParView has found.
 *
 * <p>Unless a class says otherwise it is used by the engine's thread alone.
 */
package io.plumtree.engine.peers;
