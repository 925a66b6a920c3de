/**
 * The runtime of one node: an {@link io.plumtree.engine.runtime.EngineAgent} that owns the protocol, the ring through
 * which broadcasts reach it, the links to the peers, the dispatch to the handlers, and what turns the protocol's
 * effects into frames.
 *
 * <p>Unless a class says otherwise it is used by the engine's thread alone.
 */
package io.plumtree.engine.runtime;
