/** Random faults by seed, and what must hold after them. */
package io.plumtree.simulator.chaos;
