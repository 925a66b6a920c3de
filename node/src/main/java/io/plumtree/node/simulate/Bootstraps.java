package io.plumtree.node.simulate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumtree.node.output.OutputFiles;
import io.plumtree.simulator.Bootstrap;
import io.plumtree.simulator.Scenario;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Model.CommandSpec;

/** Makes one overlay after the other and tells whether any node was left out, and what shape they have. */
final class Bootstraps {
    /** Shuffles after the last join: a node left out by then would have to be let in by itself. */
    private static final int CYCLES = 4;

    private final BiFunction<Scenario, Long, Bootstrap.Result> bootstrap;
    private final ProgressBar bar;

    /**
     * Nothing has run yet.
     *
     * @param bootstrap makes an overlay.
     * @param bar       for a terminal.
     */
    Bootstraps(final BiFunction<Scenario, Long, Bootstrap.Result> bootstrap, final ProgressBar bar) {
        this.bootstrap = bootstrap;
        this.bar = bar;
    }

    /**
     * All overlays together.
     *
     * @param bootstraps      how many there were.
     * @param nodes           nodes of each.
     * @param isolated        what was left out.
     * @param shape           of the overlays.
     * @param messagesPerNode that the membership has sent: the mean over the overlays.
     */
    record Summary(int bootstraps, int nodes, Isolated isolated, OverlayShape shape, double messagesPerNode) {
    }

    /**
     * Nodes that were left out.
     *
     * @param nodes how many, of all overlays.
     * @param seeds the seeds of overlays that left some out.
     */
    record Isolated(long nodes, List<Long> seeds) {
        /** How many overlays left some out. */
        int bootstraps() {
            return seeds.size();
        }
    }

    /**
     * The shape of overlays; means over all of them.
     *
     * @param meanDegree            neighbours of a node.
     * @param clusteringCoefficient of the pairs of a node's neighbours, the share that are neighbours themselves.
     * @param averageShortestPath   in hops.
     * @param inDegrees             share of the nodes that are the neighbours of 0, 1, 2, … others.
     */
    record OverlayShape(
        double meanDegree, double clusteringCoefficient, double averageShortestPath, double[] inDegrees) {
    }

    /** What a command does: makes them, and tells it to its reader, and to a program by a file unless that is null. */
    static void run(
        final CommandSpec command,
        final Scenario scenario,
        final OverlayOptions options,
        final int count,
        final File json) throws IOException {
        if (options.cycles() == null) {
            scenario.cycles(CYCLES);
        }
        OutputFiles.check(command.commandLine(), "--json", json);
        final Summary summary =
            new Bootstraps(Bootstrap::run, ProgressBar.of(command.commandLine())).run(scenario, count);
        print(command.commandLine().getOut(), scenario, summary);
        if (json != null) {
            OutputFiles.write(json, file -> write(file, summary));
        }
    }

    /** Makes them, each with a seed of its own. */
    Summary run(final Scenario scenario, final int count) {
        final List<Bootstrap.Result> results = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            bar.show((double) i / count, "bootstrap " + (i + 1) + " of " + count);
            results.add(bootstrap.apply(scenario, scenario.firstSeed() + i));
        }
        bar.end();
        return new Summary(
            count,
            scenario.nodes(),
            new Isolated(
                results.stream().mapToLong(Bootstrap.Result::isolated).sum(),
                results.stream().filter(result -> result.isolated() > 0).map(Bootstrap.Result::seed).toList()),
            new OverlayShape(
                mean(results, Bootstrap.Result::meanDegree),
                mean(results, Bootstrap.Result::clustering),
                mean(results, Bootstrap.Result::meanHops),
                inDegrees(results)),
            mean(results, result -> (double) result.messages() / result.nodes()));
    }

    private static double mean(final List<Bootstrap.Result> results, final ToDoubleFunction<Bootstrap.Result> of) {
        return results.stream().mapToDouble(of).average().orElse(0);
    }

    private static double[] inDegrees(final List<Bootstrap.Result> results) {
        final double[] shares = new double[results.stream().mapToInt(result -> result.inDegrees().length).max()
            .orElse(0)];
        for (final Bootstrap.Result result : results) {
            for (int degree = 0; degree < result.inDegrees().length; degree++) {
                shares[degree] += (double) result.inDegrees()[degree] / result.nodes() / results.size();
            }
        }
        return shares;
    }

    /** Tells it to a reader. */
    static void print(final PrintWriter out, final Scenario scenario, final Summary summary) {
        out.printf(Locale.ROOT, "%,d bootstraps of %,d nodes, active view %d, seeds from %d%n%n",
            summary.bootstraps(), summary.nodes(), scenario.degree(), scenario.firstSeed());
        line(out, "isolated nodes", "%,d", summary.isolated().nodes());
        line(out, "bootstraps with any", "%,d", summary.isolated().bootstraps());
        line(out, "neighbours of a node", "%.3f", summary.shape().meanDegree());
        line(out, "clustering coefficient", "%.5f", summary.shape().clusteringCoefficient());
        line(out, "average shortest path", "%.4f", summary.shape().averageShortestPath());
        line(out, "membership messages a node", "%.1f", summary.messagesPerNode());
        for (int degree = 0; degree < summary.shape().inDegrees().length; degree++) {
            line(out, "nodes of in-degree " + degree, "%.3f %%", 100 * summary.shape().inDegrees()[degree]);
        }
        if (!summary.isolated().seeds().isEmpty()) {
            out.println("seeds with isolated nodes: " + summary.isolated().seeds());
        }
        out.flush();
    }

    private static void line(final PrintWriter out, final String label, final String format, final Object value) {
        out.printf(Locale.ROOT, "%-30s %13s%n", label, String.format(Locale.ROOT, format, value));
    }

    /** Tells it to a program: every figure of the summary by its name. */
    static void write(final File file, final Summary summary) throws IOException {
        final ObjectNode json = JsonNodeFactory.instance.objectNode()
            .put("bootstraps", summary.bootstraps())
            .put("nodes", summary.nodes())
            .put("isolated", summary.isolated().nodes())
            .put("bootstrapsWithIsolated", summary.isolated().bootstraps())
            .put("meanDegree", summary.shape().meanDegree())
            .put("clusteringCoefficient", summary.shape().clusteringCoefficient())
            .put("averageShortestPath", summary.shape().averageShortestPath())
            .put("messagesPerNode", summary.messagesPerNode());
        final ArrayNode inDegrees = json.putArray("inDegrees");
        for (final double share : summary.shape().inDegrees()) {
            inDegrees.add(share);
        }
        final ArrayNode seeds = json.putArray("isolatedSeeds");
        summary.isolated().seeds().forEach(seeds::add);
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file, json);
    }
}
