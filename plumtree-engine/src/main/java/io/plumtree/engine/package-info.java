/**
 * The public entry of the engine: set the options in a {@link io.plumtree.engine.NodeContext}, launch a
 * {@link io.plumtree.engine.PlumtreeNode}, broadcast, close it.
 */
package io.plumtree.engine;
