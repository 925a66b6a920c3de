package io.plumtree.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * A published experiment as a list of scenarios, with what was published or measured elsewhere beside those for which
 * there is such a thing. Sources: "Epidemic Broadcast Trees" (Leitao, Pereira, Rodrigues 2007), and the scenarios of
 * iroh-gossip's own simulator, as measured with it. Both have a membership that mends the overlay, which is fixed here;
 * numbers of messages and seeds are such that a row takes minutes at most, and are not always the source's.
 *
 * @param name        how it is asked for.
 * @param description what it is, in a sentence.
 * @param rows        its scenarios.
 */
public record Experiment(String name, String description, List<Row> rows) {
    private static final int SEEDS = 5;
    private static final String NONE = "-";

    /**
     * One scenario of an experiment.
     *
     * @param label     what is special about it.
     * @param published what was published, or measured of another implementation; a dash for nothing.
     * @param scenario  the scenario, made for this row and not yet concluded.
     */
    public record Row(String label, String published, Scenario scenario) {
    }

    /**
     * All experiments.
     *
     * @return the experiments, cheap to make.
     */
    public static List<Experiment> all() {
        return List.of(paperStable(), paperChurn(), paperFailures(), peer());
    }

    /** The paper's network: each hop takes as long as another. */
    private static Scenario paper() {
        return new Scenario()
            .nodes(10_000)
            .latency(LinkLatency.uniform(TimeUnit.MILLISECONDS.toNanos(30), TimeUnit.MILLISECONDS.toNanos(30)))
            .seeds(SEEDS);
    }

    private static Row row(final String label, final String published, final Scenario scenario) {
        return new Row(label, published, scenario);
    }

    private static Experiment paperStable() {
        final Senders fresh = Senders.parse("fresh");
        return new Experiment(
            "plumtree-stable",
            "Plumtree 2007, table 1, stable: redundancy and last delivery hop, equal delays.",
            List.of(
                row("one sender", "redundancy 0", paper()),
                row("ten senders in turn", "last hop 17.2 (optimised)", paper().senders(Senders.parse("rotating:10"))),
                row("every message from another sender", "redundancy 0, last hop 59; 17.2 optimised",
                    paper().senders(fresh)),
                row("the same, 10 to 50 ms", NONE, paper().senders(fresh).latency(new Scenario().latency())),
                row("first message of a new root without our common tree", "redundancy 2.03",
                    paper().senders(fresh).warmup(0).messages(1).set("shared.tree.messages=0"))));
    }

    private static Experiment paperChurn() {
        return new Experiment(
            "plumtree-churn",
            "Plumtree 2007, table 1, constant failures: 50 nodes crash before each message, none comes back; on a fixed"
                + " overlay, which nobody mends.",
            List.of(
                row("one sender", NONE, paper().failPerMessage(50)),
                row("ten senders in turn", NONE,
                    paper().failPerMessage(50).senders(Senders.parse("rotating:10"))),
                row("every message from another sender", NONE,
                    paper().failPerMessage(50).senders(Senders.parse("fresh")))));
    }

    /**
     * From 80 % on a random overlay of five links falls apart into pieces of a few nodes, since a survivor has fewer
     * than one other neighbour left: the paper's membership mends that.
     */
    private static Experiment paperFailures() {
        final List<Row> rows = new ArrayList<>();
        for (final int percent : new int[]{10, 30, 50, 70, 80, 90, 95}) {
            final String published = switch (percent) {
                case 50 -> "95 % (iroh-gossip: 89.5 % of 1,000)";
                case 80 -> "0.7 % (iroh-gossip: 37 % of 1,000)";
                default -> NONE;
            };
            rows.add(row(percent + " % crash at once", published, paper().messages(10).fail(percent / 100.0)));
        }
        return new Experiment(
            "plumtree-failures",
            "Plumtree 2007, massive failures: the first message's reach, here of those survivors whom the fixed"
                + " overlay still connects with the sender (few, from 80 % on), and how soon redundancy is below 0.01"
                + " for good.",
            rows);
    }

    /** With all 1,000 at once a round is a million deliveries: fewer rounds, and one seed. */
    private static Experiment peer() {
        final List<Row> rows = new ArrayList<>();
        for (final int nodes : new int[]{20, 100, 1_000}) {
            final int rounds = nodes == 1_000 ? 5 : 30;
            final String label = String.format(Locale.ROOT, "%,d nodes, ", nodes);
            rows.add(row(label + "one sender", NONE, new Scenario().nodes(nodes).seeds(SEEDS)));
            rows.add(row(label + "senders in turn", nodes == 1_000 ? "redundancy 0.36 to 0.42" : NONE,
                new Scenario().nodes(nodes).seeds(SEEDS)
                    .senders(Senders.parse(nodes == 1_000 ? "fresh" : "rotating:" + nodes))));
            rows.add(row(label + "all at once", nodes == 100 ? "redundancy 1.04" : NONE,
                new Scenario().nodes(nodes).seeds(nodes == 1_000 ? 1 : SEEDS).warmup(rounds).messages(rounds)
                    .senders(Senders.parse("all"))));
        }
        rows.add(row("10,000 nodes, one sender", "redundancy 0.012, 99 % in 880 ms",
            new Scenario().nodes(10_000).seeds(SEEDS)));
        return new Experiment(
            "iroh-gossip",
            "The scenarios of iroh-gossip's simulator: one sender, senders in turn (of 100 and more, none sends twice),"
                + " all at once; 10 to 50 ms.",
            rows);
    }
}
