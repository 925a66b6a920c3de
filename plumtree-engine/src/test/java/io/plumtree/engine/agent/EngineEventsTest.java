package io.plumtree.engine.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.engine.counting.EngineCounter;
import io.plumtree.engine.options.ExchangeOptions;
import io.plumtree.handlers.spi.ExchangeListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.ValueDescriptor;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real recordings: each event appears in one, with what it is to tell. */
class EngineEventsTest {
    private static final List<String> EVENTS = List.of(
        "GraftSent", "GraftServed", "PruneSent", "PruneReceived", "LinkUp", "LinkDown", "ExchangeBegun",
        "ExchangeEnded", "Overflow", "SlowHandlerCall", "BudgetSpent", "BroadcastDelayed");

    private final Recording recording = new Recording();
    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        recording.close();
    }

    private void start() {
        EVENTS.forEach(name -> recording.enable("io.plumtree." + name).withoutThreshold());
        recording.start();
    }

    private List<RecordedEvent> recorded(final String name) throws IOException {
        final Path file = directory.resolve("recording.jfr");
        recording.dump(file);
        final List<RecordedEvent> events = new ArrayList<>();
        for (final RecordedEvent event : RecordingFile.readAllEvents(file)) {
            if (event.getEventType().getName().equals("io.plumtree." + name)) {
                events.add(event);
            }
        }
        return events;
    }

    private RecordedEvent only(final String name) throws IOException {
        final List<RecordedEvent> events = recorded(name);
        assertEquals(1, events.size(), events::toString);
        return events.get(0);
    }

    private static Map<String, Object> fields(final RecordedEvent event) {
        final Map<String, Object> fields = new TreeMap<>();
        for (final ValueDescriptor field : event.getFields()) {
            if (!List.of("startTime", "duration", "eventThread", "stackTrace").contains(field.getName())) {
                assertNotNull(field.getLabel(), field.getName());
                assertNotNull(field.getDescription(), field.getName());
                fields.put(field.getName(), event.getValue(field.getName()));
            }
        }
        assertEquals(List.of("Plumtree"), event.getEventType().getCategoryNames());
        assertNotNull(event.getEventType().getLabel());
        assertNotNull(event.getEventType().getDescription());
        return fields;
    }

    @Test
    void shouldTellOfLinks() throws IOException {
        start();
        final TestCluster cluster = new TestCluster(2);
        assertTrue(cluster.runUntilAllUp());
        cluster.kill(1);
        assertTrue(cluster.runUntil(() -> cluster.node(0).agent.inspection().connectedPeers().isEmpty()));
        final List<RecordedEvent> ups = recorded("LinkUp");
        assertEquals(2, ups.size());
        final Map<String, Object> up = fields(ups.stream()
            .filter(event -> event.getString("node").equals("a")).findFirst().orElseThrow());
        assertEquals("b", up.get("peer"));
        assertEquals(1L, up.get("incarnation"));
        final RecordedEvent event = only("LinkDown");
        final Map<String, Object> down = fields(event);
        assertEquals("a", down.get("node"));
        assertEquals("b", down.get("peer"));
        assertEquals("disconnected", down.get("reason"));
        assertTrue(event.getDuration("upTime").toNanos() > 0);
        assertTrue(event.getDuration("silentTime").toNanos() >= 0);
    }

    @Test
    void shouldTellOfPrunesAtBothEnds() throws IOException {
        final TestCluster cluster = new TestCluster(5);
        assertTrue(cluster.runUntilAllUp());
        start();
        for (int i = 0; i < 10; i++) {
            cluster.node(i % 5).broadcast("m" + i);
            cluster.run(300);
        }
        final List<RecordedEvent> sent = recorded("PruneSent");
        assertEquals(sum(cluster, "protocol.prunes"), sent.size());
        assertEquals(sum(cluster, "protocol.prunes.received"), recorded("PruneReceived").size());
        final Map<String, Object> prune = fields(sent.get(0));
        assertEquals("log", prune.get("handler"));
        assertTrue(((String) prune.get("node")).matches("[a-e]"));
        assertTrue(((String) prune.get("peer")).matches("[a-e]"));
        assertTrue(((String) prune.get("root")).matches("[a-e]|common"), prune::toString);
        assertEquals(prune.keySet(), fields(recorded("PruneReceived").get(0)).keySet());
    }

    @Test
    void shouldTellOfGraftsAtBothEnds() throws IOException {
        final TestCluster cluster = new TestCluster(5);
        assertTrue(cluster.runUntilAllUp());
        for (int i = 0; i < 10; i++) {
            cluster.node(0).broadcast("m" + i);
            cluster.run(300);
        }
        start();
        lose(cluster, 4, true);
        cluster.node(0).broadcast("lost");
        cluster.run(20);
        lose(cluster, 4, false);
        assertTrue(cluster.runUntil(() -> cluster.node(4).log().delivered.contains("lost")));
        cluster.run(200);
        final List<RecordedEvent> sent = recorded("GraftSent");
        final List<RecordedEvent> served = recorded("GraftServed");
        assertFalse(sent.isEmpty());
        assertFalse(served.isEmpty());
        assertEquals(sum(cluster, "protocol.grafts"), sent.size());
        assertEquals(sum(cluster, "protocol.grafts.served"), served.size());
        final Map<String, Object> graft = fields(sent.get(0));
        assertEquals("e", graft.get("node"));
        assertEquals("a", graft.get("root"));
        assertEquals("log", graft.get("handler"));
        final Map<String, Object> payload = fields(served.get(0));
        assertEquals("e", payload.get("peer"));
        assertEquals(graft.get("peer"), payload.get("node"));
        assertEquals("lost".length(), payload.get("payloadLength"));
    }

    private static void lose(final TestCluster cluster, final int to, final boolean isLossy) {
        for (int from = 0; from < cluster.nodes.size(); from++) {
            if (from != to) {
                cluster.pipe(from, to).isLossy = isLossy;
            }
        }
    }

    private static long sum(final TestCluster cluster, final String label) {
        return cluster.nodes.stream().mapToLong(node -> node.count(label)).sum();
    }

    @Test
    void shouldTellOfExchangesAtBothEnds() throws IOException {
        start();
        final TestCluster cluster = new TestCluster(2, 64 * 1024, EngineEventsTest::waiter,
            new ExchangeOptions().tickPeriodNs(500 * TestNode.MS).timeoutNs(1_000 * TestNode.MS));
        assertTrue(cluster.runUntilAllUp());
        assertTrue(cluster.runUntil(() -> cluster.node(0).count("engine.exchanges.timed.out") > 0));
        final List<RecordedEvent> begun = recorded("ExchangeBegun");
        final Map<String, Object> first = fields(begun.get(0));
        assertEquals("log", first.get("handler"));
        assertEquals(true, first.get("isInitiator"));
        final RecordedEvent end = recorded("ExchangeEnded").stream()
            .filter(event -> event.getString("node").equals("a")).findFirst().orElseThrow();
        assertEquals("timed_out", fields(end).get("result"));
        assertEquals("b", end.getString("peer"));
        assertTrue(end.getDuration("runTime").toMillis() >= 1_000);
        assertTrue(end.getLong("exchangeId") > 0);
    }

    /** Begins exchanges that nobody ends. */
    private static TestHandler waiter() {
        final TestHandler handler = new TestHandler();
        handler.exchange = session -> session.start((ExchangeListener) (buffer, offset, length) -> { });
        handler.acceptExchange = handler.exchange;
        return handler;
    }

    @Test
    void shouldTellOfAPeerThatUsesUpItsBudgetAndOfWhatWaitedForIt() throws IOException {
        final TestCluster cluster = new TestCluster(2, 16 * 1024, TestHandler::new);
        assertTrue(cluster.runUntilAllUp());
        start();
        cluster.pipe(0, 1).isFrozen = true;
        final TestNode a = cluster.node(0);
        final String text = "x".repeat(2_000);
        for (int i = 0; i < 2_000 && a.count(EngineCounter.BUDGETS_SPENT) == 0; i++) {
            a.broadcast(text);
            cluster.run(1);
        }
        cluster.run(20);
        final RecordedEvent spent = recorded("BudgetSpent").get(0);
        assertEquals("a", fields(spent).get("node"));
        assertEquals("b", spent.getString("peer"));
        assertTrue(spent.getDuration("blockedTime").toMillis() >= 200);
        final RecordedEvent delayed = recorded("BroadcastDelayed").get(0);
        assertEquals("log", fields(delayed).get("handler"));
        assertTrue(delayed.getDuration("delay").toMillis() >= 10);
        final RecordedEvent full = recorded("Overflow").stream()
            .filter(event -> event.getString("bound").equals("engine.broadcasts.back.pressured"))
            .findFirst().orElseThrow();
        assertEquals("a", fields(full).get("node"));
        assertTrue(full.getLong("times") > 0);
        assertTrue(full.getLong("total") >= full.getLong("times"));
    }

    @Test
    void shouldTellOfASlowHandler() throws IOException {
        start();
        final TestNode node = new TestCluster(1).node(0);
        node.registry.byName("log").slow("merge", 0, 150 * TestNode.MS, 100 * TestNode.MS);
        final RecordedEvent slow = only("SlowHandlerCall");
        assertEquals("log", fields(slow).get("handler"));
        assertEquals("merge", slow.getString("callback"));
        assertEquals(150, slow.getDuration("callTime").toMillis());
        assertEquals(100, slow.getDuration("threshold").toMillis());
        assertEquals("a", slow.getString("node"));
    }

    @Test
    void shouldTellNothingOfMessagesInAClusterThatHasSettled() throws IOException {
        final TestCluster cluster = new TestCluster(4);
        assertTrue(cluster.runUntilAllUp());
        for (int i = 0; i < 20; i++) {
            cluster.node(0).broadcast("m" + i);
            cluster.run(200);
        }
        start();
        for (int i = 0; i < 50; i++) {
            cluster.node(0).broadcast("n" + i);
            cluster.run(20);
        }
        for (final String name : EVENTS) {
            assertEquals(List.of(), recorded(name), name);
        }
    }

    @Test
    void shouldHaveATestForEveryEvent() {
        start();
        new TestCluster(2).runUntilAllUp();
        FlightRecorder.getFlightRecorder().getEventTypes().stream()
            .filter(type -> type.getName().startsWith("io.plumtree."))
            .forEach(type -> assertTrue(EVENTS.contains(type.getName().substring("io.plumtree.".length())),
                type.getName()));
    }
}
