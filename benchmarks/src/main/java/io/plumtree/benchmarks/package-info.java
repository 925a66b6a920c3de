/**
 * JMH benchmarks of the hot path. {@code benchmarks/quick} builds them and runs them all for a short time each;
 * {@code java -jar benchmarks/target/benchmarks.jar} takes JMH's own options.
 *
 * <p>Benchmarks of a whole node launch it as any embedder would and drive it on one thread
 * ({@code MeasuredNode}). Its links end in memory: a frame is copied once to where a claim would
 * be, and that is all that the network costs. What the peers have to say is written ahead or takes no more than a new
 * head on a frame. The rest of the benchmarks are of codecs and of the protocol core, which have no time and no thread
 * of their own.
 *
 * <p>The steady state allocates nothing: with {@code -prof gc}, {@code gc.alloc.rate.norm} is to be below 0.01 bytes an
 * operation everywhere, but for greetings, of which there are a few in the life of a link. A test of this module holds
 * the node to that. After each benchmark what the handler and the peers have got is compared with what they should
 * have; it fails where they differ.
 */
package io.plumtree.benchmarks;
