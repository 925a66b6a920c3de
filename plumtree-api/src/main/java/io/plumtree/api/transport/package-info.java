/** The SPI of a transport: moves opaque frames between nodes and knows nothing of what they mean. */
package io.plumtree.api.transport;
