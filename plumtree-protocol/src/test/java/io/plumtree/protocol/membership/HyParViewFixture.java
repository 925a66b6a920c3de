package io.plumtree.protocol.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.NodeId;
import io.plumtree.protocol.options.HyParViewOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** The node {@code me} and what it is told; views of three and four, and a shuffle that is far away. */
abstract class HyParViewFixture {
    static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    static final NodeDescriptor ME = node("me");

    final RecordingMembershipEffects effects = new RecordingMembershipEffects();
    final HyParViewOptions options = new HyParViewOptions()
        .activeViewSize(3)
        .passiveViewSize(4)
        .lostViewSize(4)
        .shufflePeriodNs(TimeUnit.HOURS.toNanos(1));
    /** Close to the end of the range, so that it wraps during the tests. */
    long nowNs = Long.MAX_VALUE - 500 * MS;
    HyParView view;

    static NodeDescriptor node(final String name) {
        return node(name, 1);
    }

    static NodeDescriptor node(final String name, final long incarnation) {
        return new NodeDescriptor(NodeId.of(name), name + ":1", incarnation);
    }

    final void start() {
        view = new HyParView(ME, options, new SplittableRandom(1), effects, nowNs);
    }

    /** Starts with these neighbours, whose links are up. */
    final void start(final String... neighbours) {
        start();
        for (final String name : neighbours) {
            view.onNeighbor(node(name), 1, true, nowNs);
            view.onLinkUp(node(name), nowNs);
        }
        effects.take();
    }

    /** Nodes of which this node hears by a walk that passes by; it must have two other neighbours. */
    final void hear(final String... names) {
        for (final String name : names) {
            view.onForwardJoin(view.active().get(0), node(name), options.passiveRandomWalkLength(), nowNs);
        }
        effects.take();
    }

    final void expect(final String... expected) {
        assertEquals(List.of(expected), effects.take());
    }

    final void expectAnyOrder(final String... expected) {
        assertEquals(List.of(expected).stream().sorted().toList(), effects.take().stream().sorted().toList());
    }

    /** Lets time pass, and whatever is due happen. */
    final void pass(final long timeNs) {
        final long endNs = nowNs + timeNs;
        while (view.deadlineNs() - endNs <= 0) {
            nowNs = view.deadlineNs() - nowNs > 0 ? view.deadlineNs() : nowNs;
            view.onTimers(nowNs);
        }
        nowNs = endNs;
    }

    final void reply(final String from, final boolean isAccepted) {
        view.onNeighborReply(node(from), effects.nonce(from), isAccepted, nowNs);
    }

    final long count(final HyParViewCounter counter) {
        return view.get(counter);
    }

    static List<String> names(final List<NodeDescriptor> nodes) {
        return nodes.stream().map(node -> node.id().name()).sorted().toList();
    }

    final void assertActive(final String... names) {
        assertEquals(List.of(names), names(view.active()));
    }

    final void assertPassive(final String... names) {
        assertEquals(List.of(names), names(view.passive()));
    }

    final void assertLost(final String... names) {
        assertEquals(List.of(names), names(view.lost()));
    }

    @AfterEach
    void checkBounds() {
        assertTrue(
            view.active().size() <= options.activeViewSize() + options.newcomers(), "active " + view.active());
        assertTrue(view.passive().size() <= options.passiveViewSize(), "passive " + view.passive());
        assertTrue(view.lost().size() <= options.lostViewSize(), "lost " + view.lost());
        assertEquals(view.passive().size(), view.passiveCount());
        assertEquals(view.lost().size(), view.lostCount());
        final List<NodeDescriptor> all = new ArrayList<>(view.active());
        all.addAll(view.passive());
        all.addAll(view.lost());
        all.add(ME);
        assertEquals(all.size(), all.stream().map(NodeDescriptor::id).distinct().count(), "once each: " + all);
    }
}
