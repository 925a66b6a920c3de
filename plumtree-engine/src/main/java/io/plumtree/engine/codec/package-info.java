/**
 * The wire: encoders write frames, {@link io.plumtree.engine.codec.FrameDecoder} checks them and passes them on as
 * primitives. They come in five families, each with an encoder, a decoder and a listener of its own: gossip (messages
 * and what is said about them in trees, by the dozen in a {@link io.plumtree.engine.codec.FrameBatch}), links (and the
 * incarnations of who speaks on them), exchanges, queries, and the overlay (membership).
 *
 * <p>The protocol's document is the SBE schema, {@code src/main/sbe/plumtree.xml}; the flyweights generated from it, in
 * {@code io.plumtree.engine.codec.sbe}, are used here alone. Nothing in this package is thread-safe, and nothing but
 * greetings allocates.
 */
package io.plumtree.engine.codec;
