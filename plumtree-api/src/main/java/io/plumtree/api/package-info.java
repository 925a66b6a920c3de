/** What an embedder holds: who the nodes are, what a broadcast returned, what a tree looks like from one node. */
package io.plumtree.api;
