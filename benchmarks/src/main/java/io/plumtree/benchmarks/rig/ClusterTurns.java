package io.plumtree.benchmarks.rig;

import io.plumtree.node.demo.LoopbackPorts;
import io.plumtree.transport.aeron.AeronTransportOptions;
import io.plumtree.transport.aeron.SharedDriver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Starts a cluster for each turn, on ports that are free, with a fresh driver if all share one. */
final class ClusterTurns implements Rounds.Turns {
    private final RigOptions options;

    ClusterTurns(final RigOptions options) {
        this.options = options;
    }

    @Override
    public Measurement measure(final Kind kind, final Tree tree) {
        if (!options.isDriverShared()) {
            return measure(kind, options.arrangement(tree));
        }
        final Arrangement arrangement = options.arrangement(tree);
        try (SharedDriver driver = SharedDriver.launch(arrangement.transport(), Throwable::printStackTrace)) {
            return measure(kind, arrangement.with(AeronTransportOptions.DIRECTORY_PROPERTY, driver.directory()));
        }
    }

    private Measurement measure(final Kind kind, final Arrangement arrangement) {
        final Round round = options.round();
        final Deliveries deliveries = new Deliveries(arrangement.tree().nodes(), round.isPaced());
        final List<Integer> ports = ports(arrangement.tree().nodes());
        return round.measure(kind == Kind.PLUMTREE
            ? new PlumtreeNodes(arrangement, ports, options.nodeOptions(), deliveries)
            : new RawNodes(arrangement, ports, deliveries), deliveries);
    }

    private static List<Integer> ports(final int count) {
        try {
            return LoopbackPorts.find(count);
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
