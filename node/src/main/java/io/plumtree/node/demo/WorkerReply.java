package io.plumtree.node.demo;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One line from a worker to its parent: the answer to a request, or, with id 0, that it is ready.
 *
 * @param id    the request's number.
 * @param body  the answer; null where there is an error, or nothing to say.
 * @param error what went wrong; null if nothing.
 */
record WorkerReply(long id, JsonNode body, String error) {
    /** The id of the line that says that a worker is ready. */
    static final long READY = 0;
}
