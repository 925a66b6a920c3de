/**
 * The full view: how all nodes of a cluster learn of all members, though each has links to a few. Members announce
 * themselves by broadcast; exchanges bring what broadcasts have missed. All on the engine's thread.
 */
package io.plumtree.engine.view;
