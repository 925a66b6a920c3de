/**
 * What a node knows of members beyond its neighbours: nothing, or the full view. That one is how all nodes of a cluster
 * learn of all members, though each has links to a few: members announce themselves by broadcast, and exchanges bring
 * what broadcasts have missed. All on the engine's thread.
 */
package io.plumtree.engine.view;
