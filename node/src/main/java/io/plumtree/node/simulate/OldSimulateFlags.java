package io.plumtree.node.simulate;

import io.plumtree.node.options.Range;
import picocli.CommandLine.Option;

/** The flags by which {@code simulate} was told what is a command of its own by now; the help does not show them. */
final class OldSimulateFlags {
    @Option(names = "--experiment", paramLabel = "NAME", hidden = true, description = "See 'simulate experiment'.")
    private String experiment;

    @Range(min = 1, max = 1_000_000)
    @Option(names = "--bootstraps", paramLabel = "N", hidden = true, description = "See 'simulate bootstraps'.")
    private Integer bootstraps;

    @Range(min = 1, max = 1_000_000_000)
    @Option(names = "--chaos", paramLabel = "N", hidden = true, description = "See 'simulate chaos'.")
    private Integer chaos;

    @Option(names = "--from-seed", paramLabel = "N", hidden = true, description = "See 'simulate chaos'.")
    private Long fromSeed;

    String experiment() {
        return experiment;
    }

    Integer bootstraps() {
        return bootstraps;
    }

    Integer chaos() {
        return chaos;
    }

    Long fromSeed() {
        return fromSeed;
    }
}
