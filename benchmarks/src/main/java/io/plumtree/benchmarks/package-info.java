/**
 * JMH benchmarks of the hot path. Build with {@code mvn package}, run with
 * {@code java -jar benchmarks/target/benchmarks.jar -prof gc}: the steady state allocates nothing, so
 * {@code gc.alloc.rate.norm} is to be about 0 bytes per operation everywhere.
 */
package io.plumtree.benchmarks;
