package io.plumtree.node.simulate;

import io.plumtree.simulator.OverlayKind;
import io.plumtree.simulator.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A scenario in words, and as the flags that ask for it. */
final class ScenarioText {
    private static final String PLAIN_WORD = "[\\w.:=/,+@%-]+";

    private ScenarioText() {
    }

    /** What is simulated, in one line. */
    static String words(final Scenario scenario) {
        return String.format(Locale.ROOT, "%,d nodes of degree %d%s, senders %s, %d + %d messages, %s",
            scenario.nodes(), scenario.degree(), scenario.overlay() == OverlayKind.HYPARVIEW ? " by HyParView" : "",
            scenario.senders(), scenario.warmup(), scenario.messages(),
            scenario.seeds() == 1 ? "seed " + scenario.firstSeed()
                : "seeds " + scenario.firstSeed() + " to " + (scenario.firstSeed() + scenario.seeds() - 1));
    }

    /**
     * The flags that differ from the defaults, seeds included.
     *
     * @param scenario the scenario.
     * @return flags, each after a blank.
     */
    static String flags(final Scenario scenario) {
        final Scenario plain = new Scenario();
        final List<String> words = new ArrayList<>();
        add(words, "--nodes", scenario.nodes(), plain.nodes());
        add(words, "--degree", scenario.degree(), plain.degree());
        add(words, "--overlay", scenario.overlay(), plain.overlay());
        add(words, "--join-interval", duration(scenario.joinIntervalNs()), duration(plain.joinIntervalNs()));
        add(words, "--cycles", scenario.cycles(), plain.cycles());
        add(words, "--senders", scenario.senders(), plain.senders());
        add(words, "--messages", scenario.messages(), plain.messages());
        add(words, "--warmup", scenario.warmup(), plain.warmup());
        interval(words, scenario.intervalNs(), plain.intervalNs());
        add(words, "--latency", scenario.latency(), plain.latency());
        add(words, "--jitter", duration(scenario.jitterNs()), duration(plain.jitterNs()));
        add(words, "--loss", scenario.loss(), plain.loss());
        add(words, "--fail", scenario.fail(), plain.fail());
        add(words, "--fail-per-message", scenario.failPerMessage(), plain.failPerMessage());
        add(words, "--join-per-message", scenario.joinPerMessage(), plain.joinPerMessage());
        add(words, "--detection", duration(scenario.detectionNs()), duration(plain.detectionNs()));
        add(words, "--lazy-tick", duration(scenario.lazyTickPeriodNs()), duration(plain.lazyTickPeriodNs()));
        add(words, "--bandwidth", scenario.bandwidth(), plain.bandwidth());
        add(words, "--payload", scenario.payloadLength(), plain.payloadLength());
        scenario.settings().forEach(setting -> add(words, "--set", setting, null));
        add(words, "--seeds", scenario.seeds(), plain.seeds());
        add(words, "--seed", scenario.firstSeed(), plain.firstSeed());
        return String.join("", words);
    }

    private static void interval(final List<String> words, final long intervalNs, final long plainNs) {
        if (intervalNs == 0 || intervalNs % TimeUnit.MILLISECONDS.toNanos(1) == 0) {
            add(words, "--interval", duration(intervalNs), duration(plainNs));
        } else {
            add(words, "--rate", Math.round((double) TimeUnit.SECONDS.toNanos(1) / intervalNs), null);
        }
    }

    private static String duration(final long timeNs) {
        return TimeUnit.NANOSECONDS.toMillis(timeNs) + "ms";
    }

    private static void add(final List<String> words, final String flag, final Object value, final Object plain) {
        if (!Objects.equals(value, plain)) {
            words.add(" " + flag + " " + quoted(value.toString()));
        }
    }

    /** A word as a shell takes it. */
    static String quoted(final String word) {
        return word.matches(PLAIN_WORD) ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
