package io.plumtree.engine.options;

/** With which of the connected members a node starts an exchange when it is time for one. */
public enum ExchangeSelection {
    /**
     * One that the tree of a random member does not lead to from here, to increase the probability of finding one that
     * lags behind; any, if there is none such.
     */
    OPTIMIZED,
    /** Any. */
    NORMAL
}
