/** Publish bytes to named topics and subscribe to them. */
package io.plumtree.handlers.pubsub;
