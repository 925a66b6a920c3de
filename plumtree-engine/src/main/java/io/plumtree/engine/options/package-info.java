/**
 * The options of a node in groups, each with names, defaults, ranges and checks: links, ring, engine, membership,
 * exchanges, queries, plug-ins, starting peers. Those of the protocol are with the protocol.
 */
package io.plumtree.engine.options;
