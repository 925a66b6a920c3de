/**
 * A cluster under load in one JVM, beside raw Aeron relaying along the same tree: what the engine costs on top of what
 * it stands on.
 */
package io.plumtree.benchmarks.rig;
