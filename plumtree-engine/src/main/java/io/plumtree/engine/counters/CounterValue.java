package io.plumtree.engine.counters;

/**
 * One counter.
 *
 * @param label   what it counts, see the documentation.
 * @param value   its value.
 * @param isLevel whether it is a level (how many there are at present, or the highest so far) and not a count that
 *                grows.
 */
public record CounterValue(String label, long value, boolean isLevel) {
}
