package io.plumtree.benchmarks.rig;

import io.plumtree.harness.LoopbackPorts;
import io.plumtree.transport.aeron.AeronTransportOptions;
import io.plumtree.transport.aeron.SharedDriver;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Starts a cluster for each turn, on ports that are free, with a fresh driver if all share one. */
final class ClusterTurns implements Rounds.Turns {
    private final RigOptions options;

    ClusterTurns(final RigOptions options) {
        this.options = options;
    }

    @Override
    public Measurement measure(final NodesKind kind, final RelayTree tree) {
        if (!options.isDriverShared()) {
            return measure(kind, options.arrangement(tree));
        }
        final Arrangement arrangement = options.arrangement(tree);
        try (SharedDriver driver = SharedDriver.launch(arrangement.transport(), Throwable::printStackTrace)) {
            return measure(kind, arrangement.with(AeronTransportOptions.DIRECTORY_PROPERTY, driver.directory()));
        }
    }

    private Measurement measure(final NodesKind kind, final Arrangement arrangement) {
        final Round round = options.round();
        final Deliveries deliveries = new Deliveries(arrangement.tree().nodes(), round.isPaced());
        return round.measure(nodes(kind, arrangement, deliveries), deliveries);
    }

    private Nodes nodes(final NodesKind kind, final Arrangement arrangement, final Deliveries deliveries) {
        try {
            return LoopbackPorts.start(arrangement.tree().nodes(), ports -> kind == NodesKind.PLUMTREE
                ? new PlumtreeNodes(arrangement, ports, options.nodeOptions(), deliveries)
                : new RawNodes(arrangement, ports, deliveries));
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
