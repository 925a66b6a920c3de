package io.plumtree.node.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumtree.api.NodeId;
import io.plumtree.engine.NodeContext;
import io.plumtree.engine.PlumtreeNode;
import io.plumtree.handlers.pubsub.DeliveryOrder;
import io.plumtree.handlers.pubsub.PubSub;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.OffsetEpochNanoClock;

/** A node of the demonstration in a process of its own; answers its parent's requests until they end. */
final class DemoWorker implements AutoCloseable {
    private static final String TOPIC = "demo";
    private static final List<String> EVICTIONS = List.of("handler.pubsub.evicted-by-count",
        "handler.pubsub.evicted-by-bytes", "handler.pubsub.evicted-by-age");
    private static final long QUERY_TIMEOUT_MS = 5_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final OffsetEpochNanoClock clock = new OffsetEpochNanoClock();
    private final ReceiveLog log = new ReceiveLog();
    private final ArrivalRing arrivals;
    private final Map<Long, String> names = new HashMap<>();
    private final long self;
    private final PlumtreeNode node;
    private final PacedPublisher publisher;
    private final AtomicBoolean isClosed = new AtomicBoolean();

    /**
     * Launches the node.
     *
     * @param context          its options.
     * @param nodes            the names of all nodes, to say whose a message is.
     * @param payloadLength    bytes a message.
     * @param retainedMessages how many messages its handler keeps.
     */
    DemoWorker(
        final NodeContext context,
        final List<String> nodes,
        final int payloadLength,
        final int retainedMessages) {
        nodes.forEach(name -> names.put(NodeId.of(name).value(), name));
        self = NodeId.of(context.name()).value();
        arrivals = new ArrivalRing(retainedMessages);
        node = PlumtreeNode.launch(context.beforeStart(complete ->
            complete.handler(PubSub.NAME, PubSub.class).subscribe(TOPIC, DeliveryOrder.NONE, this::onMessage, null)));
        publisher = new PacedPublisher(
            node.handler(PubSub.NAME, PubSub.class).publisher(TOPIC), clock, self, payloadLength);
    }

    private void onMessage(
        final long origin,
        final long incarnation,
        final long sequence,
        final DirectBuffer buffer,
        final int offset,
        final int length) {
        final long root = DemoMessage.publisher(buffer, offset);
        arrivals.add(root, DemoMessage.sequence(buffer, offset));
        if (root != self) {
            log.onMessage(names.getOrDefault(root, Long.toHexString(root)), DemoMessage.sequence(buffer, offset),
                clock.nanoTime() - DemoMessage.intendedEpochNs(buffer, offset), System.nanoTime());
        }
    }

    /**
     * Answers requests until there are no more.
     *
     * @param in  where they come from; its end is the order to end.
     * @param out where the answers go.
     * @throws IOException          if they can't be read.
     * @throws InterruptedException if the thread is interrupted.
     */
    void serve(final BufferedReader in, final PrintStream out) throws IOException, InterruptedException {
        reply(out, new WorkerReply(WorkerReply.READY, JSON.valueToTree(node.self().toString()), null));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            final String[] words = line.split(" ");
            final long id = Long.parseLong(words[0]);
            try {
                reply(out, new WorkerReply(id, answer(words), null));
            } catch (final ExecutionException | TimeoutException | RuntimeException ex) {
                reply(out, new WorkerReply(id, null, line + ": " + ex));
            }
        }
    }

    private static void reply(final PrintStream out, final WorkerReply reply) throws IOException {
        out.println(JSON.writeValueAsString(reply));
        out.flush();
    }

    private JsonNode answer(final String[] words) throws InterruptedException, ExecutionException, TimeoutException {
        switch (words[1]) {
            case WorkerRequests.STATUS:
                return JSON.valueToTree(status());
            case WorkerRequests.SETS:
                return JSON.valueToTree(WorkerSets.of(
                    node.peerSets(NodeId.of(words[2])).get(QUERY_TIMEOUT_MS, TimeUnit.MILLISECONDS)));
            case WorkerRequests.PUBLISH:
                publisher.start(Double.parseDouble(words[2]), Long.parseLong(words[3]));
                break;
            case WorkerRequests.FLOOD:
                publisher.flood();
                break;
            case WorkerRequests.LOAD:
                return JSON.valueToTree(new LoadStatus(
                    System.nanoTime(), publisher.published(), publisher.backPressured(), log.received()));
            case WorkerRequests.HEAP:
                System.gc();
                return JSON.valueToTree(Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
            case WorkerRequests.RETAINED:
                return JSON.valueToTree(arrivals.without(evicted(), names));
            case WorkerRequests.STOP:
                publisher.stop();
                return JSON.valueToTree(publisher.published());
            case WorkerRequests.MARK:
                log.mark();
                break;
            default:
                throw new IllegalArgumentException("unknown request");
        }
        return null;
    }

    /** How many messages the handler does not keep any more: the oldest, as it is first in, first out. */
    private long evicted() {
        final Map<String, Long> counters = node.counters();
        return EVICTIONS.stream().mapToLong(label -> counters.getOrDefault(label, 0L)).sum();
    }

    private WorkerStatus status() throws InterruptedException, ExecutionException, TimeoutException {
        final Set<String> connected = new TreeSet<>();
        node.connectedPeers().get(QUERY_TIMEOUT_MS, TimeUnit.MILLISECONDS).forEach(peer -> connected.add(peer.name()));
        return new WorkerStatus(publisher.published(), log.roots(), connected, node.counters(), log.latencies());
    }

    /**
     * Ends it gracefully, at once: what it has published is on its way when it is gone. Any thread.
     *
     * @param out where its last line goes.
     * @throws IOException          if that can't be written.
     * @throws InterruptedException if the thread is interrupted.
     */
    void end(final PrintStream out) throws IOException, InterruptedException {
        publisher.stop();
        close();
        reply(out, new WorkerReply(WorkerReply.END, JSON.valueToTree(publisher.published()), null));
    }

    @Override
    public void close() {
        if (isClosed.compareAndSet(false, true)) {
            node.close();
        }
    }
}
