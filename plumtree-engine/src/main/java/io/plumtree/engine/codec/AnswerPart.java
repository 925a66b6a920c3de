package io.plumtree.engine.codec;

import io.plumtree.api.NodeId;
import java.util.List;

/**
 * One frame of an answer to a query.
 *
 * @param node        the node that answers.
 * @param correlation of the query.
 * @param part        the frame's number in its answer: 0 to {@value #MAX_PART}.
 * @param isLast      whether nothing follows.
 * @param entries     what is answered, at most {@value #MAX_ENTRIES} entries.
 * @param <T>         what the entries are.
 */
public record AnswerPart<T>(NodeId node, long correlation, int part, boolean isLast, List<T> entries) {
    /** Highest number of a part. */
    public static final int MAX_PART = 65534;
    /** Most entries of a part. */
    public static final int MAX_ENTRIES = 2048;
    /** The longest frame of an answer, in bytes: no node's transport has shorter ones, as greetings are longer. */
    public static final int MAX_FRAME_LENGTH = 4096;

    /**
     * Checks what must decode, and copies the entries.
     *
     * @param node        the node that answers.
     * @param correlation of the query.
     * @param part        the frame's number in its answer.
     * @param isLast      whether nothing follows.
     * @param entries     what is answered.
     * @throws IllegalArgumentException if the part's number or that of the entries is out of its range.
     */
    public AnswerPart {
        entries = List.copyOf(entries);
        if (part < 0 || part > MAX_PART || entries.size() > MAX_ENTRIES) {
            throw new IllegalArgumentException("part must be 0 to " + MAX_PART + " (" + part +
                ") and have at most " + MAX_ENTRIES + " entries (" + entries.size() + ")");
        }
    }
}
