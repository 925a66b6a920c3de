/** Ports, and waiting, for programs and tests that run many nodes on one machine. */
package io.plumtree.harness;
