package io.plumtree.node.demo;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One line from a worker to its parent: the answer to a request, or, with an id of its own, that it is ready, or ends.
 *
 * @param id    the request's number.
 * @param body  the answer; null where there is an error, or nothing to say.
 * @param error what went wrong; null if nothing.
 */
record WorkerReply(long id, JsonNode body, String error) {
    /** The id of the line that says that a worker is ready. */
    static final long READY = 0;
    /** The id of the line that says that it ends, and how many messages it has published. */
    static final long END = -1;
}
