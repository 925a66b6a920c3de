/** The demonstration: a cluster of processes, some of which are killed, and a report of who received what. */
package io.plumtree.node.demo;
