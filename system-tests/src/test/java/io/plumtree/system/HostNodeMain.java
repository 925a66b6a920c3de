package io.plumtree.system;

import io.plumtree.api.NodeId;
import io.plumtree.engine.NodeContext;
import io.plumtree.engine.PlumtreeNode;
import io.plumtree.handlers.pubsub.DeliveryOrder;
import io.plumtree.handlers.pubsub.PubSub;
import io.plumtree.handlers.pubsub.Publisher;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.agrona.DirectBuffer;

/**
 * A node in a process of its own: publishes {@code NAME NUMBER} at a steady rate, the numbers from 1 on, and notes what
 * it receives, itself included: per name how far it has come, and everything that was not the next one.
 */
public final class HostNodeMain implements AutoCloseable {
    private static final int MAX_WRONG = 10;

    private final Map<String, Long> received = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();
    private final PlumtreeNode node;
    private final Publisher publisher;
    private Thread thread;
    private volatile long published;
    private volatile boolean isStopping;

    private HostNodeMain(final String[] args) {
        final NodeContext context = new NodeContext();
        for (final String option : args) {
            final int at = option.indexOf('=');
            context.properties(Map.of(option.substring(0, at), option.substring(at + 1)));
        }
        node = PlumtreeNode.launch(context.beforeStart(launched -> launched.handler(PubSub.NAME, PubSub.class)
            .subscribe(AeronCluster.TOPIC, DeliveryOrder.ORIGIN, this::onMessage, this::onGap)));
        publisher = node.handler(PubSub.NAME, PubSub.class).publisher(AeronCluster.TOPIC);
    }

    /**
     * Runs until its standard input ends.
     *
     * @param args options as {@code key=value}.
     * @throws Exception if standard input can't be read.
     */
    public static void main(final String[] args) throws Exception {
        try (HostNodeMain main = new HostNodeMain(args);
            BufferedReader requests = new BufferedReader(new InputStreamReader(System.in))) {
            for (String line = requests.readLine(); line != null; line = requests.readLine()) {
                System.out.println(main.answer(line));
            }
        }
    }

    private String answer(final String request) {
        final String[] words = request.split(" ");
        try {
            return switch (words[0]) {
                case "publish" -> start(Long.parseLong(words[1]));
                case "stop" -> stop();
                case "published" -> Long.toString(published);
                case "received" -> received();
                case "wrong" -> wrong();
                case "connected" -> node.connectedPeers().get().stream().map(NodeId::name).sorted()
                    .collect(Collectors.joining(" "));
                case "counter" -> String.valueOf(node.counters().get(words[1]));
                default -> "error: unknown request";
            };
        } catch (final Exception ex) {
            return "error: " + ex;
        }
    }

    private String start(final long rate) {
        thread = new Thread(() -> publish(TimeUnit.SECONDS.toNanos(1) / rate), "publisher");
        thread.setDaemon(true);
        thread.start();
        return "ok";
    }

    private void publish(final long intervalNs) {
        final String self = node.self().id().name();
        long dueNs = System.nanoTime();
        while (!isStopping) {
            final byte[] message = (self + " " + (published + 1)).getBytes();
            while (publisher.publish(message) < 0) {
                if (isStopping) {
                    return;
                }
                LockSupport.parkNanos(intervalNs);
            }
            published(published + 1);
            dueNs += intervalNs;
            while (!isStopping && System.nanoTime() - dueNs < 0) {
                LockSupport.parkNanos(dueNs - System.nanoTime());
            }
        }
    }

    private void published(final long count) {
        published = count;
    }

    private String stop() throws InterruptedException {
        isStopping = true;
        thread.join();
        return Long.toString(published);
    }

    private synchronized String received() {
        return received.entrySet().stream().map(entry -> entry.getKey() + ":" + entry.getValue())
            .collect(Collectors.joining(" "));
    }

    private synchronized String wrong() {
        return String.join("; ", wrong);
    }

    private synchronized void onMessage(
        final long origin,
        final long incarnation,
        final long sequence,
        final DirectBuffer buffer,
        final int offset,
        final int length) {
        final String[] words = buffer.getStringWithoutLengthUtf8(offset, length).split(" ");
        final long number = Long.parseLong(words[1]);
        final long last = received.getOrDefault(words[0], 0L);
        if (number != last + 1 && wrong.size() < MAX_WRONG) {
            wrong.add(words[0] + " " + number + " after " + last);
        }
        received.put(words[0], number);
    }

    private synchronized void onGap(
        final long origin, final long incarnation, final long fromSequence, final long toSequence) {
        wrong.add("given up: " + Long.toHexString(origin) + " " + fromSequence + " to " + toSequence);
    }

    @Override
    public void close() {
        node.close();
    }
}
