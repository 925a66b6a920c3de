/**
 * The wire: {@link io.plumtree.engine.codec.FrameEncoder} and {@link io.plumtree.engine.codec.FrameBatch} write frames,
 * {@link io.plumtree.engine.codec.FrameDecoder} checks them and passes them on as primitives.
 *
 * <p>The protocol's document is the SBE schema, {@code src/main/sbe/plumtree.xml}; the flyweights generated from it, in
 * {@code io.plumtree.engine.codec.sbe}, are used here alone. Nothing in this package is thread-safe, and nothing but
 * greetings allocates.
 */
package io.plumtree.engine.codec;
