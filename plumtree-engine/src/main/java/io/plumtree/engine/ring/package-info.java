/**
 * The way from an application's thread to the engine: claims in a ring, how they are read, bundled and watched, and how
 * the engine is woken.
 *
 * <p>Claims are made, committed and aborted by any thread; everything else is the engine's.
 */
package io.plumtree.engine.ring;
