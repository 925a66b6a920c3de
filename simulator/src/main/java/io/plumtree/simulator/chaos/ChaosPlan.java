package io.plumtree.simulator.chaos;

import io.plumtree.protocol.options.GraftOptions;
import io.plumtree.protocol.options.PlumtreeOptions;
import io.plumtree.protocol.options.StartingPeers;
import io.plumtree.simulator.LinkLatency;
import io.plumtree.simulator.cluster.NetworkSettings;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What a seed draws before a run; not changed after that but by tests. */
final class ChaosPlan {
    static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** Clocks of a run's nodes. */
    enum Clocks {
        /** All show the network's time. */
        TRUE("true"),
        /** Each has an origin of its own. */
        OFFSET("offset"),
        /** Each runs through {@link Long#MAX_VALUE} at some time of the run. */
        WRAPPING("wrapping"),
        /** Each has an origin and a speed of its own. */
        DRIFTING("drifting");

        final String label;

        Clocks(final String label) {
            this.label = label;
        }
    }

    private static final int FULL = 0;
    private static final int MANY = 100;
    private static final int ALWAYS_SHARED = 100_000;
    /** A tree that has settled is hardly deeper, but for the largest clusters. */
    private static final int HOPS = 4;
    /** Links of a node beside those that its overlay starts with: joins, and repair after leaves. */
    private static final int SPARE_PEERS = 40;

    final long seed;
    /** Seeds of what chance decides in the run. */
    final long networkSeed;
    final long runSeed;
    int nodes;
    /** Links of each node; 0 for full membership. */
    int degree;
    StartingPeers starting = StartingPeers.ALL;
    LinkLatency latency;
    Clocks clocks;
    PlumtreeOptions protocol;
    /**
     * Whether an exchange may be needed. If not, there are none but those that the protocol asks for, and nodes crash
     * for good and join, but that is all: what is lost, or refused by a full link, may not be announced by anybody.
     */
    boolean isExchanging = true;
    long exchangePeriodNs;
    long lazyTickPeriodNs = 20 * MS;
    long detectionNs = 800 * MS;
    long jitterNs;
    boolean isReordering;
    double loss;
    double duplication;
    long bandwidth;
    int window = 128 * 1024;
    int payloadLength = 64;
    int messages;
    int senders;
    boolean isBursting;
    long loadNs;
    int faultCount;
    Set<ChaosFault> faults = EnumSet.noneOf(ChaosFault.class);
    /**
     * Whether trees have to settle when all is quiet. Not without announcements, as nothing else mends a broken tree.
     * Nor where grafts do not wait until a payload can have come over the tree, and so make second ways again and
     * again; where roots share one tree for good, which is none of theirs; where a message can't be outstanding to all
     * peers, so that some are sent it by exchange; and where the ring is left open around those who have left, so that
     * the others may have no links in their trees.
     */
    boolean demandsSettling;
    private final SplittableRandom random;
    private final List<String> changed = new ArrayList<>();

    ChaosPlan(final long seed) {
        this.seed = seed;
        random = new SplittableRandom(seed);
        networkSeed = random.nextLong();
        runSeed = random.nextLong();
        isExchanging = random.nextInt(5) > 0;
        drawNodes();
        drawLinks();
        drawTimes();
        drawLoad();
        drawFaults();
        protocol = drawProtocol();
        final long slowestNs = Math.max(latency.maxNs(), latency.remoteMaxNs());
        demandsSettling = protocol.announcements() && protocol.grafts().graftTimeoutNs() >= HOPS * slowestNs
            && protocol.sharedTreeMessages() != ALWAYS_SHARED
            && protocol.flowControl().maxOutstanding() >= protocol.maxPeers()
            && (protocol.closeRing() || degree != FULL)
            && (!protocol.grafts().adaptiveGraft() || protocol.grafts().minGraftTimeoutNs() >= slowestNs / 2);
    }

    private boolean oneIn(final int count) {
        return random.nextInt(count) == 0;
    }

    private int between(final int min, final int max) {
        return random.nextInt(min, max + 1);
    }

    private long between(final long min, final long max) {
        return random.nextLong(min, max + 1);
    }

    private void drawNodes() {
        nodes = isExchanging && oneIn(20) ? between(MANY, 3 * MANY) : between(3, oneIn(2) ? 12 : 60);
        if (!isExchanging || nodes < MANY && oneIn(2)) {
            degree = FULL;
            starting = StartingPeers.values()[random.nextInt(StartingPeers.values().length)];
        } else {
            degree = Math.min(between(3, 8), nodes - 1);
        }
        clocks = Clocks.values()[random.nextInt(Clocks.values().length)];
    }

    private void drawLinks() {
        latency = switch (random.nextInt(4)) {
            case 0 -> LinkLatency.uniform(MS, MS);
            case 1 -> LinkLatency.uniform(30 * MS, 30 * MS);
            case 2 -> new LinkLatency(MS, 5 * MS, between(2, 4), 20 * MS, 90 * MS);
            default -> LinkLatency.uniform(MS, between(2, 60) * MS);
        };
        jitterNs = oneIn(3) ? between(1, 40) * MS : 0;
        isReordering = jitterNs > 0 && oneIn(3);
        loss = isExchanging && oneIn(2) ? random.nextDouble() * 0.1 : 0;
        duplication = oneIn(4) ? random.nextDouble() * 0.2 : 0;
        payloadLength = oneIn(4) ? between(0, 2_000) : 64;
        if (oneIn(5) && isExchanging) {
            bandwidth = between(50, 2_000) * 1_000L;
            window = 4 * payloadLength + between(1, 64) * 1_024;
        }
    }

    private void drawTimes() {
        lazyTickPeriodNs = oneIn(3) ? between(1, 200) * MS : 20 * MS;
        detectionNs = oneIn(3) ? between(50, 3_000) * MS : 800 * MS;
        exchangePeriodNs = isExchanging ? between(1_000, 2_000) * MS : 0;
    }

    private void drawLoad() {
        final int most = nodes >= MANY ? 60 : 400;
        messages = between(20, most);
        senders = oneIn(3) ? nodes : between(1, Math.min(nodes, 5));
        isBursting = oneIn(3);
        loadNs = between(2_000, 8_000) * MS;
    }

    private void drawFaults() {
        if (oneIn(8)) {
            return;
        }
        if (isExchanging) {
            for (final ChaosFault fault : ChaosFault.values()) {
                if (oneIn(3)) {
                    faults.add(fault);
                }
            }
        } else {
            faults.add(ChaosFault.CRASH);
            if (oneIn(3)) {
                faults.add(ChaosFault.JOIN);
            }
        }
        faultCount = faults.isEmpty() ? 0 : between(1, oneIn(4) ? 25 : 8);
    }

    // ---- the protocol's options

    private PlumtreeOptions drawProtocol() {
        final boolean isReference = isExchanging && oneIn(12);
        final PlumtreeOptions options = isReference ? PlumtreeOptions.reference() : new PlumtreeOptions();
        if (isReference) {
            changed.add("reference");
        }
        options.maxPeers((degree == FULL ? nodes : 2 * degree) + SPARE_PEERS).maxIdLength(Long.BYTES)
            .maxTrees(Math.max(64, nodes + SPARE_PEERS)).maxAnnounced(2_048)
            .recentMessages(options.recentMessages() == 0 ? 0 : 1_024);
        options.flowControl().maxOutstanding(16_384).maxOutstandingPerPeer(2_048);
        options.grafts().maxMissing(2_048);
        if (!isReference) {
            drawTimers(options);
            drawSwitches(options);
        }
        if (isExchanging && oneIn(3)) {
            drawBounds(options);
        }
        // Later options are drawn last, so that seeds which have found something go on meaning the same.
        if (!isReference) {
            drawLater(options);
        }
        return options.conclude();
    }

    /** Those that seeds did not draw at first. */
    private void drawLater(final PlumtreeOptions options) {
        if (oneIn(3)) {
            options.sharedTreeMessages(oneIn(3) ? 0 : oneIn(3) ? ALWAYS_SHARED : between(2, 9));
            changed.add("common tree messages " + options.sharedTreeMessages());
        }
        final GraftOptions grafts = options.grafts();
        grafts.minGraftTimeoutNs(Math.max(1, Math.min(grafts.minGraftTimeoutNs(), grafts.graftTimeoutNs())));
        if (oneIn(4)) {
            options.grafts().adaptiveGraft(false);
            changed.add("no adaptive grafts");
        } else if (oneIn(4) && options.grafts().graftTimeoutNs() > 0) {
            options.grafts().minGraftTimeoutNs(between(MS, options.grafts().graftTimeoutNs()));
            changed.add("least graft timeout " + options.grafts().minGraftTimeoutNs() / MS + " ms");
        }
        if (oneIn(4)) {
            options.acknowledgementDelayNs(oneIn(2) ? 0 : between(1, 300) * MS);
            changed.add("acknowledgement delay " + options.acknowledgementDelayNs() / MS + " ms");
        }
    }

    private void drawTimers(final PlumtreeOptions options) {
        if (oneIn(4)) {
            options.grafts().graftTimeoutNs(oneIn(4) ? 0 : between(10, 1_500) * MS);
            changed.add("graft timeout " + options.grafts().graftTimeoutNs() / MS + " ms");
        }
        if (oneIn(4)) {
            options.grafts().graftRetryTimeoutNs(between(20, 1_500) * MS);
            changed.add("graft retry " + options.grafts().graftRetryTimeoutNs() / MS + " ms");
        }
        if (oneIn(4)) {
            options.reannounceIntervalNs(oneIn(4) ? 0 : between(20, 1_000) * MS);
            changed.add("reannounce " + options.reannounceIntervalNs() / MS + " ms");
        }
        if (oneIn(4)) {
            options.pruneGraceNs(isExchanging && oneIn(4) ? 0 : between(50, 3_000) * MS);
            changed.add("prune grace " + options.pruneGraceNs() / MS + " ms");
        }
        if (oneIn(4)) {
            options.flowControl().congestionBudgetNs(oneIn(3) ? 0 : between(50, 2_000) * MS);
            changed.add("congestion budget " + options.flowControl().congestionBudgetNs() / MS + " ms");
        }
    }

    private void drawSwitches(final PlumtreeOptions options) {
        if (oneIn(6)) {
            options.impliedAcknowledgements(false);
            changed.add("no implied acknowledgements");
        }
        if (oneIn(6)) {
            options.grafts().negativeGraftReplies(false);
            changed.add("no negative graft replies");
        }
        if (isExchanging && oneIn(20)) {
            options.announcements(false);
            changed.add("no announcements");
        }
        if (oneIn(6)) {
            options.resetTreesOnJoin(true);
            changed.add("joins reset trees");
        }
        if (isExchanging && oneIn(6)) {
            options.closeRing(false);
            changed.add("ring left open");
        }
    }

    private void drawBounds(final PlumtreeOptions options) {
        if (oneIn(2)) {
            options.maxTrees(between(1, 4));
            changed.add("max trees " + options.maxTrees());
        }
        if (oneIn(3)) {
            options.flowControl().maxOutstanding(between(4, 64));
            options.flowControl().maxOutstandingPerPeer(between(1, options.flowControl().maxOutstanding()));
            changed.add("max outstanding " + options.flowControl().maxOutstanding() + "/"
                + options.flowControl().maxOutstandingPerPeer());
        }
        if (oneIn(3)) {
            options.grafts().maxMissing(between(1, 16));
            changed.add("max missing " + options.grafts().maxMissing());
        }
        if (oneIn(3)) {
            options.grafts().maxGrafts(between(1, 4));
            changed.add("max grafts " + options.grafts().maxGrafts());
        }
        if (oneIn(3)) {
            options.grafts().maxAnnouncers(between(1, 2));
            changed.add("max announcers " + options.grafts().maxAnnouncers());
        }
        if (oneIn(3)) {
            options.maxAnnouncementsPerTick(between(1, 8));
            changed.add("max announcements a tick " + options.maxAnnouncementsPerTick());
        }
        if (oneIn(3)) {
            options.maxAnnounced(between(2, 64));
            options.recentMessages(Math.min(options.recentMessages(), options.maxAnnounced() / 2));
            changed.add("max announced " + options.maxAnnounced());
        }
        if (oneIn(3)) {
            options.recentMessages(oneIn(2) ? 0 : Math.min(options.maxAnnounced() / 2, between(1, 8)));
            changed.add("recent messages " + options.recentMessages());
        }
    }

    // ----

    boolean isFull() {
        return degree == FULL;
    }

    /** What holds for all nodes and links of a run. */
    NetworkSettings network() {
        final NetworkSettings network = new NetworkSettings();
        network.protocol = protocol;
        network.lazyTickPeriodNs = lazyTickPeriodNs;
        network.exchangePeriodNs = exchangePeriodNs;
        network.detectionNs = detectionNs;
        network.jitterNs = jitterNs;
        network.isReordering = isReordering;
        network.loss = loss;
        network.duplication = duplication;
        network.bandwidth = bandwidth;
        network.window = window;
        network.payloadLength = payloadLength;
        return network;
    }

    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder();
        text.append(nodes).append(" nodes, ");
        text.append(isFull() ? "full membership, starting with " + starting.text() : "degree " + degree);
        text.append("; latency ").append(latency);
        text.append(jitterNs > 0 ? ", jitter " + jitterNs / MS + " ms" : "").append(isReordering ? ", reordering" : "");
        text.append(loss > 0 ? String.format(Locale.ROOT, ", loss %.1f %%", loss * 100) : "");
        text.append(duplication > 0 ? String.format(Locale.ROOT, ", duplication %.1f %%", duplication * 100) : "");
        text.append(bandwidth > 0 ? ", " + bandwidth / 1_000 + " kB/s with a window of " + window + " bytes" : "");
        text.append("; clocks ").append(clocks.label);
        text.append(", tick ").append(lazyTickPeriodNs / MS).append(" ms, detection ").append(detectionNs / MS);
        text.append(" ms, ");
        text.append(exchangePeriodNs > 0 ? "exchanges every " + exchangePeriodNs / MS + " ms" : "no exchanges");
        text.append("; ").append(messages).append(" messages of ").append(payloadLength).append(" bytes from ");
        text.append(senders).append(" nodes ").append(isBursting ? "in bursts" : "steadily").append(" in ");
        text.append(loadNs / MS).append(" ms; ");
        text.append(faultCount == 0 ? "no faults" : faultCount + " of " + faults.stream()
            .map(fault -> fault.label).collect(Collectors.joining(", ")));
        text.append(changed.isEmpty() ? "; default options" : "; " + String.join(", ", changed));
        return text.toString();
    }
}
