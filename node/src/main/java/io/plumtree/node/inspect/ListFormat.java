package io.plumtree.node.inspect;

/** For people or for programs. */
enum ListFormat {
    /** Lines of text. */
    TEXT,
    /** JSON. */
    JSON
}
