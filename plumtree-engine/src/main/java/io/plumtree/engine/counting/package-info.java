/** What is counted and reported: the engine's counters and gauges with their file, and errors with their log. */
package io.plumtree.engine.counting;
