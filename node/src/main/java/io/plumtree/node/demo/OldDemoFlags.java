package io.plumtree.node.demo;

import io.plumtree.node.options.Range;
import picocli.CommandLine.Option;

/** The flags by which {@code demo} was told what is a command of its own by now; the help does not show them. */
final class OldDemoFlags {
    @Option(names = "--rolling", hidden = true, description = "See 'demo rolling'.")
    private boolean isRolling;

    @Option(names = "--flood", hidden = true, description = "See 'demo flood'.")
    private boolean isFlood;

    @Range(min = 0, max = 62)
    @Option(names = "--stop", defaultValue = "0", paramLabel = "N", hidden = true, description = "See 'demo flood'.")
    private int stop;

    @Range(min = 1, max = 86_400)
    @Option(names = "--stop-seconds", paramLabel = "N", hidden = true, description = "See 'demo flood'.")
    private Integer stopSeconds;

    boolean isRolling() {
        return isRolling;
    }

    boolean isFlood() {
        return isFlood;
    }

    int stop() {
        return stop;
    }

    Integer stopSeconds() {
        return stopSeconds;
    }
}
