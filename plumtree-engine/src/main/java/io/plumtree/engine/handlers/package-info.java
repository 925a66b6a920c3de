/**
 * The handlers of a node: their numbers and channels, the calls to them with what they throw, and what they see of the
 * node.
 */
package io.plumtree.engine.handlers;
