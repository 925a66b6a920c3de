/**
 * Questions that nodes, and inspectors outside, ask a node about itself, and the answers.
 *
 * <p>Everything here is driven by one thread, that of the engine or of the inspector, on the time that it hands in;
 * answers complete their futures on another.
 */
package io.plumtree.engine.query;
