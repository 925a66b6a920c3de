package io.plumtree.protocol.flow;

/**
 * What was pushed or announced to peers and is not acknowledged, with its place in the stream of all messages. The
 * stream is counted in messages, and in KiB of what they carry; of its positions only differences say something.
 */
public interface Backlog {
    /** How many messages a peer has not acknowledged. */
    int count(int peer);

    /** Where the oldest of them stands; there must be one. */
    int oldestPosition(int peer);

    /** Where the stream has come to. */
    int streamPosition();
}
