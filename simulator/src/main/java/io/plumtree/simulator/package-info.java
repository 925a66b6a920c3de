/** Questions to the simulator, and its answers. */
package io.plumtree.simulator;
