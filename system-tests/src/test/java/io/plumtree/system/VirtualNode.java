package io.plumtree.system;

import io.plumtree.api.DownReason;
import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.engine.agent.EngineAgent;
import io.plumtree.engine.agent.NodeAssembly;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.counting.ErrorReporter;
import io.plumtree.engine.handlers.HandlerRegistry;
import io.plumtree.engine.options.EngineOptions;
import io.plumtree.engine.options.ExchangeOptions;
import io.plumtree.engine.options.LinkOptions;
import io.plumtree.engine.options.QueryOptions;
import io.plumtree.engine.options.RingOptions;
import io.plumtree.engine.ring.CommandRings;
import io.plumtree.engine.settings.EngineSettings;
import io.plumtree.engine.settings.Incarnation;
import io.plumtree.engine.settings.PeerObserver;
import io.plumtree.engine.settings.StartingLinks;
import io.plumtree.engine.view.NeighboursAlone;
import io.plumtree.handlers.pubsub.DeliveryOrder;
import io.plumtree.handlers.pubsub.PubSub;
import io.plumtree.protocol.options.PlumtreeOptions;
import io.plumtree.protocol.options.StartingPeers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.NanoClock;

/** A whole node on a test's time, with a subscriber to one topic that notes what it gets. */
final class VirtualNode {
    static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    static final long LIVENESS_MS = 2_000;
    private static final String TOPIC = "t";
    private static final int MAX_MESSAGE_LENGTH = 4 * 1024;

    final List<Throwable> errors = new ArrayList<>();
    /** Sequences, and gaps, of all other origins together. */
    final List<String> received = new ArrayList<>();
    /** How often links came up. */
    int linksUp;
    final PubSub pubSub = new PubSub();
    private final EngineCounters counters = new EngineCounters();
    private final EngineAgent agent;

    VirtualNode(
        final VirtualNetwork network,
        final int index,
        final List<Member> members,
        final DeliveryOrder order,
        final NanoClock clock) {
        final long nowNs = clock.nanoTime();
        final Member self = members.get(index);
        final Incarnation run = new Incarnation(1);
        final List<Member> peers = members.stream().filter(member -> member != self).toList();
        final ErrorReporter reporter = new ErrorReporter(self.id(), errors::add, counters, clock);
        final HandlerRegistry registry =
            new HandlerRegistry(new TreeMap<>(Map.of(PubSub.NAME, pubSub)), counters, reporter);
        final CommandRings rings = new CommandRings(registry, 1 << 20, 64, MAX_MESSAGE_LENGTH, counters);
        final NodeAssembly assembly = new NodeAssembly(
            settings(self, run, peers), network.transport(self.endpoint()), rings, registry, counters, reporter, clock,
            nowNs);
        pubSub.onStart(assembly.context(registry.byName(PubSub.NAME), Map.of("holdback.messages", "32768")));
        pubSub.subscribe(
            TOPIC,
            order,
            (origin, incarnation, sequence, buffer, offset, length) -> {
                if (origin != self.id().value()) {
                    received.add(String.valueOf(sequence));
                }
            },
            (origin, incarnation, from, to) -> received.add("gap " + from + "-" + to));
        agent = assembly.agent(cause -> { });
    }

    private EngineSettings settings(final Member self, final Incarnation run, final List<Member> peers) {
        return new EngineSettings(
            self,
            run,
            "test",
            new EngineSettings.Members(
                peers, StartingLinks.computed(StartingPeers.REFERENCE, self.id(), peers), new Observer(),
                new NeighboursAlone()),
            null,
            new EngineSettings.Options(
                new PlumtreeOptions(),
                new ExchangeOptions(),
                new QueryOptions().queueLength(4),
                new LinkOptions().heartbeatPeriodNs(200 * MS).livenessTimeoutNs(LIVENESS_MS * MS)
                    .sendBudgetNs(200 * MS).frameLimit(256),
                new RingOptions().broadcastLimit(64).recentBundlesLength(1 << 22),
                new EngineOptions().slowHandlerThresholdNs(0).closeTimeoutNs(200 * MS),
                100 * MS,
                MAX_MESSAGE_LENGTH),
            1 << 18);
    }

    void publish() {
        final long position = pubSub.publish(TOPIC, new byte[1_200]);
        if (position < 0) {
            throw new AssertionError("not taken: " + position);
        }
    }

    void cycle(final long nowNs) {
        agent.doWork(nowNs);
    }

    int connectedPeers() {
        return agent.inspection().connectedPeers().size();
    }

    long count(final String label) {
        return counters.snapshot().get(label);
    }

    private final class Observer implements PeerObserver {
        @Override
        public void onPeerUp(final NodeId peer, final long incarnation) {
            linksUp++;
        }

        @Override
        public void onPeerDown(final NodeId peer, final DownReason reason) {
        }

        @Override
        public void onMembersChanged(final Set<Member> joined, final Set<Member> left) {
        }
    }
}
