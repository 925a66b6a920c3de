/** The protocol's options, apart from the protocol, which is nobody's business but the engine's. */
package io.plumtree.engine.options;
