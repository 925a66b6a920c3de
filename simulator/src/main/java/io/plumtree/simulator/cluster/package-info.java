/** Nodes and links on virtual time. */
package io.plumtree.simulator.cluster;
