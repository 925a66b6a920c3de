/** {@code plumtree stat}: the counters of this machine's nodes, from the files that they write. */
package io.plumtree.node.stat;
