package io.plumtree.handlers.pubsub;

import io.plumtree.handlers.spi.HandlerContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The publishers behind {@link PubSub#publish}: one for each thread and topic. Any thread gets its own; the engine's
 * thread drops those of threads that have ended.
 *
 * <p>They are not in a {@link ThreadLocal}: a publisher refers to the node, and would keep the node for as long as its
 * thread lives.
 */
final class KeptPublishers {
    private static final long SWEEP_PERIOD_NS = TimeUnit.SECONDS.toNanos(1);

    private final ConcurrentHashMap<Thread, OfThread> byThread = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong replaced = new AtomicLong();
    private final int limit;
    private final PubSubCounters counters;
    private final HandlerContext context;
    private volatile boolean isClosed;
    private long sweptNs;

    /** A thread's publishers by topic, the least recently used one first. For that thread alone while it lives. */
    private static final class OfThread extends LinkedHashMap<String, Publisher> {
        private static final long serialVersionUID = 1L;
        private static final int CAPACITY = 16;
        private static final float LOAD_FACTOR = 0.75f;

        OfThread() {
            super(CAPACITY, LOAD_FACTOR, true);
        }

        void removeEldest() {
            remove(keySet().iterator().next());
        }
    }

    KeptPublishers(final int limit, final PubSubCounters counters, final HandlerContext context, final long nowNs) {
        this.limit = limit;
        this.counters = counters;
        this.context = context;
        this.sweptNs = nowNs;
    }

    /** The calling thread's publisher for a topic; null if it has none. */
    Publisher get(final String topic) {
        final OfThread own = byThread.get(Thread.currentThread());
        return own == null ? null : own.get(topic);
    }

    /**
     * A new publisher for a topic that the calling thread has none for. Where as many as may be are kept already, it
     * takes the place of the thread's least recently used one; it is not kept if the thread has none.
     *
     * @param topic the topic.
     * @param bytes the same in UTF-8, checked.
     * @return the publisher.
     */
    Publisher add(final String topic, final byte[] bytes) {
        final Publisher publisher = new Publisher(bytes, context);
        if (isClosed) {
            return publisher;
        }
        final Thread thread = Thread.currentThread();
        final OfThread own = byThread.get(thread);
        if (count.incrementAndGet() > limit) {
            count.decrementAndGet();
            replaced.incrementAndGet();
            if (own == null) {
                return publisher;
            }
            own.removeEldest();
        }
        if (own == null) {
            final OfThread first = new OfThread();
            first.put(topic, publisher);
            byThread.put(thread, first);
        } else {
            own.put(topic, publisher);
        }
        return publisher;
    }

    /** Drops the publishers of threads that have ended, and counts. On the engine's thread. */
    void doWork(final long nowNs) {
        if (nowNs - sweptNs < SWEEP_PERIOD_NS) {
            return;
        }
        sweptNs = nowNs;
        counters.publishersReplaced.setRelease(replaced.get());
        for (final Map.Entry<Thread, OfThread> entry : byThread.entrySet()) {
            // What a thread did is seen once it is seen to have ended.
            if (!entry.getKey().isAlive() && byThread.remove(entry.getKey()) != null) {
                count.addAndGet(-entry.getValue().size());
            }
        }
    }

    /** Drops all. Those that are asked for later are not kept. */
    void close() {
        isClosed = true;
        byThread.clear();
    }

    int count() {
        return count.get();
    }
}
