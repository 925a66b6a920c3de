/** Where a node finds its first contacts: names that are resolved, and files that are read, again and again. */
package io.plumtree.engine.seeds;
