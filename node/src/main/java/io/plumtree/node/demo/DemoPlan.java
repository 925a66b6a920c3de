package io.plumtree.node.demo;

import io.plumtree.engine.NodeContext;
import io.plumtree.engine.options.RingOptions;
import io.plumtree.node.options.Defaults;
import io.plumtree.node.output.OutputFiles;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What a demonstration is to do, as flags say it; checked, and completed by defaults, when it is concluded. */
final class DemoPlan {
    private static final int MAX_DEFAULT_STOP = 20;
    private static final int SHORT_RING_MAX_PAYLOAD = 32 * 1024;

    private final CommandSpec command;
    private final Defaults defaults;
    private final DemoFlags flags;
    private Integer kill;
    private Boolean contactOnly;
    private boolean isRolling;
    private boolean isFlood;
    private int stop;
    private Integer stopSeconds;

    /**
     * Nodes are killed, unless something else is said.
     *
     * @param command  has been parsed.
     * @param defaults where options come from that are not on the command line.
     * @param flags    those that all demonstrations have.
     */
    DemoPlan(final CommandSpec command, final Defaults defaults, final DemoFlags flags) {
        this.command = command;
        this.defaults = defaults;
        this.flags = flags;
    }

    /** How many nodes are killed; null where nothing is said. */
    DemoPlan kill(final Integer count) {
        this.kill = count;
        return this;
    }

    /** Whether a node is told of one other alone; null where nothing is said. */
    DemoPlan contactOnly(final Boolean isContactOnly) {
        this.contactOnly = isContactOnly;
        return this;
    }

    /** Whether all nodes are restarted, one after the other. */
    DemoPlan rolling(final boolean isOn) {
        this.isRolling = isOn;
        return this;
    }

    /** Whether nodes publish without end, how many are stopped meanwhile, and for how long, null for the default. */
    DemoPlan load(final boolean isEndless, final int stopped, final Integer stoppedSeconds) {
        this.isFlood = isEndless;
        this.stop = stopped;
        this.stopSeconds = stoppedSeconds;
        return this;
    }

    /**
     * What is to be done.
     *
     * @return all of it.
     * @throws ParameterException if flags, or flags together, are not allowed.
     */
    DemoOptions conclude() {
        final int nodes = flags.nodes();
        final int seconds = flags.seconds();
        final Integer rate = flags.rate();
        final boolean isOverload = isFlood || stop > 0;
        if (isOverload && kill != null && kill > 0) {
            throw usage("--kill does not go with --flood or --stop: '" + kill + "'");
        }
        final boolean isContactOnly = isContactOnly(isOverload);
        if (isOverload && (isContactOnly || isRolling)) {
            throw usage((isRolling ? "--rolling" : "--contact-only") + " does not go with --flood or --stop");
        }
        if (isRolling && kill != null && kill > 0) {
            throw usage("--kill does not go with --rolling: '" + kill + "'");
        }
        if (isFlood && rate != null) {
            throw usage("--rate does not go with --flood, which has none: '" + rate + "'");
        }
        final int stopped = stopSeconds == null ? Math.min(MAX_DEFAULT_STOP, seconds / 2) : stopSeconds;
        if (stop > 0 && 3L * stopped > 2L * seconds) {
            throw usage("--stop-seconds must be a whole number from 1 to " + 2 * seconds / 3 + ", two thirds of"
                + " --seconds " + seconds + ": '" + stopped + "'");
        }
        final int killed = isOverload || isRolling ? 0 : kill == null ? 1 : kill;
        final int publishers = publishers(isOverload, killed);
        checkLosses("--kill", killed, publishers, isContactOnly);
        checkLosses("--stop", stop, publishers, isContactOnly);
        OutputFiles.check(command.commandLine(), "--json", flags.json());
        return new DemoOptions(
            new DemoOptions.Topology(nodes, isContactOnly),
            seconds,
            new DemoOptions.Load(
                publishers, rate == null ? ManyNodes.rate(nodes) : rate, flags.payload(), isFlood),
            new DemoOptions.Faults(killed, stop, stopped, isRolling),
            nodeOptions());
    }

    private boolean isContactOnly(final boolean isOverload) {
        return contactOnly == null ? ManyNodes.isMany(flags.nodes()) && !isOverload : contactOnly;
    }

    /**
     * What a flooded node has taken and not broadcast yet is to be gone soon after the flood: its ring is short. So is
     * that of one among many, for the memory's sake.
     */
    private Map<String, String> nodeOptions() {
        final Map<String, String> given = defaults.keyedOptions(command, flags.options());
        final boolean isMany = ManyNodes.isMany(flags.nodes()) && !isFlood && stop == 0;
        final Map<String, String> all = new TreeMap<>(isMany ? ManyNodes.options(flags.nodes()) : Map.of());
        all.putAll(given);
        if (!isFlood && !isMany || flags.payload() > SHORT_RING_MAX_PAYLOAD
            || given.containsKey(RingOptions.COMMAND_RING_LENGTH_PROPERTY)
            || given.containsKey(NodeContext.MAX_MESSAGE_LENGTH_PROPERTY)) {
            return all;
        }
        all.put(RingOptions.COMMAND_RING_LENGTH_PROPERTY, "1m");
        all.put(NodeContext.MAX_MESSAGE_LENGTH_PROPERTY, "64k");
        return all;
    }

    private int publishers(final boolean isOverload, final int killed) {
        final int nodes = flags.nodes();
        final Integer roots = flags.roots();
        final boolean isContactOnly = isContactOnly(isOverload);
        if (roots == null) {
            final int left = nodes - (isContactOnly ? Math.max(1, 2 * killed) : killed);
            return Math.max(1, isOverload ? nodes - stop : Math.min(3, left));
        }
        final int most = isContactOnly ? nodes - 1 : nodes;
        if (roots > most) {
            throw usage("--roots must be a whole number from 1 to " + most + ", as many as there are nodes (--nodes"
                + (isContactOnly ? ", less the contact" : "") + "): '" + roots + "'");
        }
        return roots;
    }

    /** Who publishes stays, and so do at least two; and nobody is killed twice. */
    private void checkLosses(
        final String flag, final int count, final int publishers, final boolean isContactOnly) {
        final int nodes = flags.nodes();
        if (isContactOnly && 2 * count > nodes - publishers) {
            throw usage(flag + " must be a whole number from 0 to " + (nodes - publishers) / 2 + ", half of those that"
                + " do not publish (--nodes " + nodes + " less --roots " + publishers + "): '" + count + "'");
        }
        if (count > nodes - publishers) {
            throw usage(flag + " must be a whole number from 0 to " + (nodes - publishers) + ", as many as do not"
                + " publish (--nodes " + nodes + " less --roots " + publishers + "): '" + count + "'");
        }
        if (count > nodes - DemoFlags.MIN_NODES) {
            throw usage(flag + " must be a whole number from 0 to " + (nodes - DemoFlags.MIN_NODES) + ", so that two"
                + " nodes of --nodes " + nodes + " survive: '" + count + "'");
        }
    }

    private ParameterException usage(final String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
