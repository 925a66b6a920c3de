/** Faults by seed, and what has to hold whatever happens. */
package io.plumtree.simulator.chaos;
