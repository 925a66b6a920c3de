/** The counters of nodes of this machine, read by any process from the files that the nodes write. */
package io.plumtree.engine.counters;
