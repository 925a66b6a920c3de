package io.plumtree.node.demo;

import io.plumtree.node.options.Range;
import java.io.File;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The flags that all demonstrations have. */
final class DemoFlags {
    static final int MIN_NODES = 2;

    @Range(min = MIN_NODES, max = 64)
    @Option(names = "--nodes", defaultValue = "5", paramLabel = "N",
        description = "How many nodes: 2 to 64. Default: ${DEFAULT-VALUE}.")
    private int nodes;

    @Range(min = 3, max = 86_400)
    @Option(names = "--seconds", defaultValue = "20", paramLabel = "N",
        description = "How long to publish: 3 to 86400. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Range(min = 1, max = 64)
    @Option(names = "--roots", paramLabel = "N",
        description = "How many nodes publish: 1 to 64. Default: 3, or as many as --nodes leaves less those that are"
            + " killed; with 'flood' all that are not stopped.")
    private Integer roots;

    @Range(min = DemoMessage.MIN_LENGTH, max = 1024 * 1024)
    @Option(names = "--payload", defaultValue = "64", paramLabel = "BYTES",
        description = "Length of a message: 24 to 1048576. Default: ${DEFAULT-VALUE}.")
    private int payload;

    @Range(min = 1, max = 100_000)
    @Option(names = "--rate", paramLabel = "N",
        description = "Messages a second, of all publishers together: 1 to 100000. Default: 100, from 17"
            + " nodes on 50; with 'flood' as many as the nodes take.")
    private Integer rate;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the summary to this file.")
    private File json;

    @Option(names = "--plain", description = "Write plain lines also to a terminal.")
    private boolean isPlain;

    @Option(names = "--verbose", description = "Show all that nodes say, stack traces too.")
    private boolean isVerbose;

    @Option(names = "--option", paramLabel = "KEY=VALUE",
        description = "An option of every node (plumtree.*), its transport (aeron.*) or a handler (handler.NAME.*); may"
            + " be given again.")
    private Map<String, String> options = new LinkedHashMap<>();

    int nodes() {
        return nodes;
    }

    int seconds() {
        return seconds;
    }

    /** How many nodes publish; null where nothing is said. */
    Integer roots() {
        return roots;
    }

    int payload() {
        return payload;
    }

    /** Messages a second; null where nothing is said. */
    Integer rate() {
        return rate;
    }

    File json() {
        return json;
    }

    boolean isPlain() {
        return isPlain;
    }

    boolean isVerbose() {
        return isVerbose;
    }

    Map<String, String> options() {
        return options;
    }
}
