package io.plumtree.handlers.testkit;

import io.plumtree.api.NodeId;
import io.plumtree.handlers.spi.BroadcastClaim;
import io.plumtree.handlers.spi.HandlerContext;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/** A {@link TestNode}, as its handler sees it. */
final class TestContext implements HandlerContext {
    private static final int COUNTER_LENGTH = 128;

    private final Map<String, AtomicCounter> counters = new HashMap<>();
    private final List<Throwable> errors = new CopyOnWriteArrayList<>();
    private final TestNode node;
    private final NodeId self;
    private final long startNs;
    private volatile long incarnation;
    private final Map<String, String> options;
    private final Map<Long, Long> confirmed = new HashMap<>();
    private final Set<Long> members = new HashSet<>();
    private boolean isStarted;
    private boolean isExchangePending;
    private int exchangeRequests;

    TestContext(
        final TestNode node,
        final NodeId self,
        final long incarnation,
        final long startNs,
        final Map<String, String> options) {
        this.node = node;
        this.self = self;
        this.incarnation = incarnation;
        this.startNs = startNs;
        this.options = Map.copyOf(options);
    }

    void started() {
        isStarted = true;
    }

    @Override
    public NodeId self() {
        return self;
    }

    @Override
    public long incarnation() {
        return incarnation;
    }

    void incarnation(final long raised) {
        incarnation = raised;
    }

    @Override
    public long startNs() {
        return startNs;
    }

    @Override
    public String option(final String key, final String defaultValue) {
        return options.getOrDefault(key, defaultValue);
    }

    @Override
    public AtomicCounter counter(final String label) {
        if (isStarted) {
            throw new IllegalStateException("counter '" + label + "': counters are made in onStart only");
        }
        final AtomicCounter counter = new AtomicCounter(new UnsafeBuffer(new byte[COUNTER_LENGTH]), 0);
        if (counters.putIfAbsent(label, counter) != null) {
            throw new IllegalArgumentException("the handler has a counter '" + label + "' already");
        }
        return counter;
    }

    @Override
    public BroadcastClaim newClaim() {
        return new TestClaim(node);
    }

    @Override
    public int maxMessageLength() {
        return TestNode.MAX_MESSAGE_LENGTH;
    }

    @Override
    public boolean isExchangePending(final long sinceNs) {
        return isExchangePending;
    }

    @Override
    public void requestExchange(final long sinceNs) {
        exchangeRequests++;
    }

    @Override
    public long confirmedIncarnation(final long value) {
        return value == self.value() ? incarnation : confirmed.getOrDefault(value, 0L);
    }

    @Override
    public boolean isMember(final long value) {
        return value == self.value() || members.contains(value);
    }

    void confirm(final NodeId member, final long run) {
        confirmed.put(member.value(), run);
        members.add(member.value());
    }

    void exchangePending(final boolean isPending) {
        isExchangePending = isPending;
    }

    int exchangeRequests() {
        return exchangeRequests;
    }

    @Override
    public void onError(final Throwable error) {
        errors.add(error);
    }

    List<Throwable> errors() {
        return List.copyOf(errors);
    }

    long counterValue(final String label) {
        final AtomicCounter counter = counters.get(label);
        if (counter == null) {
            throw new IllegalArgumentException("the handler has no counter '" + label + "', but " + counters.keySet());
        }
        return counter.get();
    }
}
