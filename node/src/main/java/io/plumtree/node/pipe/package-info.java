/** Lines in and out of the cluster: a whole file arrives whole, in order, once, at every subscriber. */
package io.plumtree.node.pipe;
