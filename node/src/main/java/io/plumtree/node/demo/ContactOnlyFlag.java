package io.plumtree.node.demo;

import picocli.CommandLine.Option;

/** {@code --contact-only}, of the demonstrations whose nodes may find each other by themselves. */
final class ContactOnlyFlag {
    @Option(names = "--contact-only", negatable = true,
        description = "Tell a node of one other alone, instead of all. Default: from 9 nodes on.")
    private Boolean contactOnly;

    /** What is said; null where nothing is. */
    Boolean value() {
        return contactOnly;
    }
}
