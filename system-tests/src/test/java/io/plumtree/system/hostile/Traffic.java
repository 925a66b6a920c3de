package io.plumtree.system.hostile;

import io.plumtree.handlers.pubsub.PubSub;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Publishes numbered messages, from 1 on, at every node that takes part: {@code NAME NUMBER CHECK}. What a node does
 * not take now it is given again, so that no number is left out.
 */
final class Traffic implements AutoCloseable {
    static final String TOPIC = "hostile";
    private static final long PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Map<String, PubSub> publishers = new ConcurrentSkipListMap<>();
    private final Map<String, Integer> published = new ConcurrentSkipListMap<>();
    private final Set<String> paused = new ConcurrentSkipListSet<>();
    private final Thread thread = new Thread(this::run, "traffic");
    private volatile boolean isRunning = true;

    Traffic() {
        thread.setDaemon(true);
        thread.start();
    }

    void add(final String name, final PubSub pubsub) {
        published.putIfAbsent(name, 0);
        publishers.put(name, pubsub);
    }

    void pause(final String name) {
        paused.add(name);
    }

    void resume(final String name) {
        paused.remove(name);
    }

    /** The last number that each node has taken. */
    Map<String, Integer> published() {
        return new TreeMap<>(published);
    }

    private void run() {
        long dueNs = System.nanoTime();
        while (isRunning) {
            publishers.forEach(this::publish);
            dueNs = Math.max(dueNs + PERIOD_NS, System.nanoTime());
            LockSupport.parkNanos(dueNs - System.nanoTime());
        }
    }

    private void publish(final String name, final PubSub pubsub) {
        if (!paused.contains(name)) {
            final int number = published.get(name) + 1;
            if (pubsub.publish(TOPIC, text(name, number).getBytes()) > 0) {
                published.put(name, number);
            }
        }
    }

    static String text(final String name, final int number) {
        final String text = name + ' ' + number;
        return text + ' ' + Integer.toHexString(text.hashCode());
    }

    /** The number in a text; 0 if it was not published like this. */
    static int number(final String text) {
        final String[] words = text.split(" ");
        if (words.length != 3 || !words[1].matches("[1-9][0-9]{0,8}")) {
            return 0;
        }
        final int number = Integer.parseInt(words[1]);
        return text.equals(text(words[0], number)) ? number : 0;
    }

    @Override
    public void close() {
        isRunning = false;
        LockSupport.unpark(thread);
        boolean isInterrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (final InterruptedException ex) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
