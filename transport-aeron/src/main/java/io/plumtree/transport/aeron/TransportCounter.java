package io.plumtree.transport.aeron;

/** What the transport counts. */
enum TransportCounter {
    /** Frames taken from callers. */
    FRAMES_SENT("aeron.framesSent"),
    /** Frames handed over and consumed. */
    FRAMES_RECEIVED("aeron.framesReceived"),
    /** Times a frame was handed over and refused, to come again. */
    FRAMES_DEFERRED("aeron.framesDeferred"),
    /** Times a send was refused for lack of room. */
    BACK_PRESSURE_EVENTS("aeron.backPressureEvents"),
    /** Frames refused because they were longer than the transport's longest. */
    FRAMES_TOO_LONG_REFUSED("aeron.framesTooLongRefused"),
    /** Frames received and dropped because they were longer than the transport's longest. */
    FRAMES_TOO_LONG_DROPPED("aeron.framesTooLongDropped"),
    /** Frames received in part and dropped: their sender left, or a part was lost. */
    FRAMES_INCOMPLETE_DROPPED("aeron.framesIncompleteDropped"),
    /** Frames taken, of which a part could not be sent because the receiver left. */
    FRAMES_ABANDONED("aeron.framesAbandoned"),
    /** Senders that came, once for each of their links. */
    IMAGES_AVAILABLE("aeron.imagesAvailable"),
    /** Senders that went, once for each of their links. */
    IMAGES_UNAVAILABLE("aeron.imagesUnavailable"),
    /** Questions to senders whether they are where they say, before anything is made for them. */
    SETUPS_ASKED("aeron.setups.asked"),
    /** Senders refused because of the length of their terms. */
    SETUPS_REFUSED_TERM_LENGTH("aeron.setups.refused.termLength"),
    /** Senders refused because of the length of their datagrams. */
    SETUPS_REFUSED_MTU_LENGTH("aeron.setups.refused.mtuLength"),
    /** Senders refused because they can't be where they say that they are in their stream. */
    SETUPS_REFUSED_POSITION("aeron.setups.refused.position"),
    /** Senders refused because this node does not listen on their channel. */
    SETUPS_REFUSED_STREAM("aeron.setups.refused.stream"),
    /** Senders refused because there were as many as allowed, or as many strangers. */
    SETUPS_REFUSED_PLACES("aeron.setups.refused.places"),
    /** Strangers refused because there were as many as allowed from their address. */
    SETUPS_REFUSED_SOURCE("aeron.setups.refused.source"),
    /** Senders refused because too many came in a short time. */
    SETUPS_REFUSED_RATE("aeron.setups.refused.rate"),
    /** Senders refused because there was no room for their logs. */
    SETUPS_REFUSED_ROOM("aeron.setups.refused.room"),
    /** Senders given up because nobody said in time that they are known. */
    SESSIONS_GIVEN_UP("aeron.sessionsGivenUp"),
    /** Datagrams dropped because they were cut short, out of line, or of no kind of Aeron's. */
    DATAGRAMS_MALFORMED("aeron.datagramsMalformed"),
    /** Datagrams dropped, to be sent again, because their checksum showed that they were not as they had been sent. */
    DATAGRAMS_CORRUPT("aeron.datagramsCorrupt"),
    /** Datagrams dropped because they could not be dealt with. */
    DATAGRAMS_FAILED("aeron.datagramsFailed"),
    /** Datagrams dropped that were of no known sender, when more of them came than are asked after. */
    DATAGRAMS_UNKNOWN_DROPPED("aeron.datagramsUnknownDropped"),
    /** Failed attempts to open a link. */
    LINK_FAILURES("aeron.linkFailures"),
    /** Channels refused because there were as many as allowed. */
    CHANNELS_REFUSED("aeron.channelsRefused"),
    /** Failed attempts to listen on a channel. */
    CHANNEL_FAILURES("aeron.channelFailures"),
    /** Times this node stood still for so long that all links were opened anew. */
    STALLS("aeron.stalls"),
    /** Times the transport built itself anew. */
    REBUILDS("aeron.rebuilds"),
    /** Failed attempts to do so. */
    REBUILD_FAILURES("aeron.rebuildFailures"),
    /** Directories of dead processes removed. */
    STALE_DIRECTORIES_REMOVED("aeron.staleDirectoriesRemoved"),
    /** Errors told to the error handler. */
    ERRORS("aeron.errors");

    private final String label;

    TransportCounter(final String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
