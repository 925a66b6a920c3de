/**
 * The agent of one node: {@link io.plumtree.engine.agent.NodeAssembly} makes it, and
 * {@link io.plumtree.engine.agent.Shutdown} closes it. {@link io.plumtree.engine.agent.EngineAgent} owns the protocol,
 * runs everything in one duty cycle, takes frames in, and turns the protocol's effects into frames.
 *
 * <p>Unless a class says otherwise it is used by the engine's thread alone.
 */
package io.plumtree.engine.agent;
