package io.plumtree.engine.exchange;

/** Why an exchange is started. */
enum Occasion {
    /** It is time for one, with whomever; also at the side that is asked. */
    TICK,
    /** It is due with just this peer, since one before was not done, or could not be had. */
    DUE,
    /** It is due with just this peer, which is known to lack messages that nothing else will bring. */
    NEEDED
}
