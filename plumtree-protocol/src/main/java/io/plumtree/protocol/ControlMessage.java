package io.plumtree.protocol;

/** The messages that name a message and carry no payload. */
public enum ControlMessage {
    /** The sender announces a message. */
    I_HAVE,
    /** The sender acknowledges an announcement: it has the message. */
    IGNORED_I_HAVE,
    /** The sender asks for an announced message, and for the link to become eager. */
    GRAFT,
    /**
     * The sender asks for the link to become eager, as for a message of that root its announcement came well before
     * the payload: a graft that asks for no payload.
     */
    ADOPT,
    /** The sender can't serve a graft. */
    GRAFT_FAILED,
    /** The sender asks for the link to become lazy, as it has received this message twice. */
    PRUNE
}
