package io.plumtree.engine.counting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plumtree.api.NodeId;
import io.plumtree.api.transport.Transport;
import io.plumtree.engine.agent.TestCluster;
import io.plumtree.engine.agent.TestNode;
import io.plumtree.engine.counters.CounterValue;
import io.plumtree.engine.counters.CountersFile;
import io.plumtree.engine.counters.CountersLayout;
import io.plumtree.engine.counters.Liveness;
import io.plumtree.protocol.ProtocolCounter;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Collectors;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.SystemEpochClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MappedCountersTest {
    private static final NodeId A = NodeId.of("a");
    private static final EpochClock WALL_CLOCK = SystemEpochClock.INSTANCE;
    private static final int CAPACITY_OFFSET = CountersLayout.CAPACITY_OFFSET;
    private static final int FIRST_LABEL_LENGTH_OFFSET = CountersLayout.HEADER_LENGTH + 128;

    @TempDir
    private Path base;

    private EngineCounters counters(final String name) {
        return EngineCounters.in(base, NodeId.of(name), "c", 77, WALL_CLOCK);
    }

    private Path onlyFile() throws IOException {
        final List<Path> files = CountersFile.list(base);
        assertEquals(1, files.size(), files::toString);
        return files.get(0);
    }

    private static Map<String, CounterValue> byLabel(final CountersFile file) {
        return file.counters().stream().collect(Collectors.toMap(CounterValue::label, Function.identity()));
    }

    private static void put(final Path file, final int offset, final long value, final int bytes) throws IOException {
        final ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
        if (bytes == Long.BYTES) {
            buffer.putLong(0, value);
        } else {
            buffer.putInt(0, (int) value);
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(buffer, offset);
        }
    }

    private static void kill(final Path file) throws IOException {
        put(file, CountersLayout.PID_OFFSET, Integer.MAX_VALUE, Long.BYTES);
    }

    @Test
    void shouldShowToOthersWhatIsCounted() throws IOException {
        final EngineCounters counters = counters("a");
        counters.increment(EngineCounter.LINKS_UP);
        counters.set(EngineGauge.PEERS_UP, 5);
        counters.newCounter("handler.x.y").increment();
        final CountersFile file = CountersFile.read(onlyFile());
        assertEquals("a", file.node());
        assertEquals("c", file.cluster());
        assertEquals(77, file.incarnation());
        assertEquals(ProcessHandle.current().pid(), file.pid());
        assertEquals(Liveness.LIVE, file.liveness());
        final Map<String, CounterValue> values = byLabel(file);
        assertEquals(counters.snapshot().keySet(), values.keySet());
        assertEquals(new CounterValue("engine.links.up", 1, false), values.get("engine.links.up"));
        assertEquals(new CounterValue("engine.peers.up", 5, true), values.get("engine.peers.up"));
        assertEquals(new CounterValue("handler.x.y", 1, false), values.get("handler.x.y"));
        assertTrue(values.get(EngineCounter.MAX_CYCLE_NS.label()).isLevel());
        counters.increment(EngineCounter.LINKS_UP);
        assertEquals(2, byLabel(CountersFile.read(onlyFile())).get("engine.links.up").value());
    }

    @Test
    void shouldShowTheIncarnationInWhichTheNodeGoesOn() throws IOException {
        counters("a").incarnation(78);
        assertEquals(78, CountersFile.read(onlyFile()).incarnation());
    }

    @Test
    void shouldBeForItsOwnerOnly() throws IOException {
        base = base.resolve("made/on/demand");
        counters("a");
        if (Files.getFileStore(base).supportsFileAttributeView("posix")) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(onlyFile())));
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(base)));
        }
    }

    @Test
    void shouldRemoveTheFileWhenClosedAndStillTellItsValues() throws IOException {
        final EngineCounters counters = counters("a");
        counters.increment(EngineCounter.FRAMES);
        counters.close();
        counters.close();
        assertEquals(List.of(), CountersFile.list(base));
        counters.increment(EngineCounter.FRAMES);
        assertEquals(2, counters.snapshot().get("engine.frames"));
    }

    @Test
    void shouldKeepNodesOfOneNameApart() throws IOException {
        final EngineCounters first = counters("a");
        final EngineCounters second = counters("a");
        assertEquals(2, CountersFile.list(base).size());
        first.close();
        second.increment(EngineCounter.FRAMES);
        assertEquals(1, byLabel(CountersFile.read(onlyFile())).get("engine.frames").value());
    }

    @Test
    void shouldRemoveWhatDeadProcessesHaveLeftBehind() throws IOException {
        counters("dead");
        final Path dead = onlyFile();
        kill(dead);
        assertEquals(Liveness.DEAD, CountersFile.livenessOf(dead));
        final Path unfinished = Files.createFile(base.resolve("x.counters.unfinished"));
        final Path another = Files.createFile(base.resolve("not-ours.counters"));
        counters("a");
        assertFalse(Files.exists(dead));
        assertFalse(Files.exists(unfinished));
        assertTrue(Files.exists(another));
        assertEquals(2, CountersFile.list(base).size());
    }

    @Test
    void shouldRemoveTheFileOfADeadProcessWhateverItsVersion() throws IOException {
        counters("dead");
        final Path dead = onlyFile();
        kill(dead);
        put(dead, CountersLayout.VERSION_OFFSET, 9, Integer.BYTES);
        counters("a");
        assertFalse(Files.exists(dead));
    }

    @Test
    void shouldTellAProcessOfTheSameNumberFromTheOneThatIsGone() throws IOException {
        counters("a");
        assumeTrue(CountersLayout.processStart(ProcessHandle.current().pid()) != 0, "the system does not tell");
        assertEquals(Liveness.LIVE, CountersFile.livenessOf(onlyFile()));
        put(onlyFile(), CountersLayout.PROCESS_START_OFFSET, 1, Long.BYTES);
        assertEquals(Liveness.DEAD, CountersFile.livenessOf(onlyFile()));
    }

    @Test
    void shouldSayWhenItsProcessStarted() throws IOException {
        counters("a");
        final ByteBuffer header = ByteBuffer.wrap(Files.readAllBytes(onlyFile())).order(ByteOrder.nativeOrder());
        assertEquals(CountersLayout.processStart(ProcessHandle.current().pid()),
            header.getLong(CountersLayout.PROCESS_START_OFFSET));
    }

    /** Of before the system was started last: the steady time begins anew then. */
    @Test
    void shouldTakeANodeForDeadWhoseLastSignOfLifeIsFarInTheFuture() throws IOException {
        counters("a");
        final Path file = onlyFile();
        put(file, CountersLayout.PID_NAMESPACE_OFFSET, 1, Long.BYTES);
        beatBefore(file, -TimeUnit.HOURS.toMillis(1));
        assertEquals(Liveness.DEAD, CountersFile.livenessOf(file));
    }

    /** As if it had been set after the node began: by a year, forward or back. */
    @ParameterizedTest
    @ValueSource(longs = {400, -400, 0})
    void shouldNotJudgeByTheWallClock(final long days) throws IOException {
        counters("a");
        final Path file = onlyFile();
        final long thenMs = System.currentTimeMillis() + TimeUnit.DAYS.toMillis(days);
        put(file, CountersLayout.START_OFFSET, thenMs, Long.BYTES);
        put(file, CountersLayout.HEARTBEAT_OFFSET, thenMs, Long.BYTES);
        assertEquals(Liveness.LIVE, CountersFile.livenessOf(file));
        put(file, CountersLayout.PID_NAMESPACE_OFFSET, 1, Long.BYTES);
        assertEquals(Liveness.LIVE, CountersFile.livenessOf(file));
        beatBefore(file, 3_000);
        assertEquals(Liveness.STALLED, CountersFile.livenessOf(file));
    }

    @Test
    void shouldLeaveWhatAnotherProcessIsAtWorkOn() throws IOException {
        final Path own = Files.createFile(base.resolve(
            "x-" + ProcessHandle.current().pid() + "-1-1.counters.unfinished"));
        final Path locked = Files.createFile(base.resolve("x.counters.unfinished"));
        try (FileChannel channel = FileChannel.open(locked, StandardOpenOption.WRITE)) {
            assertTrue(channel.lock().isValid());
            counters("a");
            assertTrue(Files.exists(own));
            assertTrue(Files.exists(locked));
        }
    }

    @Test
    void shouldJudgeByTheHeartbeatWhereTheProcessIsInAnotherNameSpace() throws IOException {
        counters("a");
        final Path file = onlyFile();
        kill(file);
        put(file, CountersLayout.PID_NAMESPACE_OFFSET, 1, Long.BYTES);
        assertEquals(Liveness.LIVE, CountersFile.livenessOf(file));
        beatBefore(file, TimeUnit.MINUTES.toMillis(11));
        assertEquals(Liveness.DEAD, CountersFile.livenessOf(file));
    }

    @Test
    void shouldCallANodeStalledThatGivesNoSignOfLife() throws IOException {
        final EngineCounters counters = counters("a");
        beatBefore(onlyFile(), 3_000);
        assertEquals(Liveness.STALLED, CountersFile.read(onlyFile()).liveness());
        put(onlyFile(), CountersLayout.HEARTBEAT_PERIOD_OFFSET, 2_000, Long.BYTES);
        assertEquals(Liveness.LIVE, CountersFile.read(onlyFile()).liveness());
        counters.heartbeat(TimeUnit.MILLISECONDS.toNanos(20));
        assertEquals(Liveness.LIVE, CountersFile.read(onlyFile()).liveness());
    }

    @Test
    void shouldTellReadersTheWallClocksTime() throws IOException {
        final long[] timeMs = {1_700_000_000_000L};
        final EngineCounters counters = EngineCounters.in(base, A, "c", 77, () -> timeMs[0]);
        assertEquals(Instant.ofEpochMilli(1_700_000_000_000L), CountersFile.read(onlyFile()).heartbeat());
        timeMs[0] += 5;
        counters.heartbeat(TimeUnit.MILLISECONDS.toNanos(20));
        assertEquals(Instant.ofEpochMilli(1_700_000_000_005L), CountersFile.read(onlyFile()).heartbeat());
        counters.close();
    }

    private static void beatBefore(final Path file, final long ms) throws IOException {
        put(file, CountersLayout.HEARTBEAT_STEADY_OFFSET, CountersLayout.steadyTimeMs() - ms, Long.BYTES);
    }

    @Test
    void shouldRunWithoutAFileWhereThereCanBeNone() throws IOException {
        final Path file = Files.createFile(base.resolve("file"));
        final List<String> log = new ArrayList<>();
        final EngineCounters counters = logging(
            log, () -> EngineCounters.in(file.resolve("below"), A, "c", 1, WALL_CLOCK));
        assertEquals(1, log.size(), log::toString);
        assertTrue(log.get(0).startsWith("node 'a': no file for the counters in " + file.resolve("below") + ": "),
            log::toString);
        assertFalse(log.get(0).contains("Exception"), log::toString);
        assertEquals(1, counters.get(EngineCounter.COUNTERS_FILE_FAILURES).get());
        counters.heartbeat(1);
        counters.close();
        assertEquals(
            0, EngineCounters.in(null, A, "c", 1, WALL_CLOCK).get(EngineCounter.COUNTERS_FILE_FAILURES).get());
    }

    private static <T> T logging(final List<String> log, final Supplier<T> body) {
        final Logger logger = Logger.getLogger("io.plumtree.engine");
        final Handler handler = new Handler() {
            @Override
            public void publish(final LogRecord entry) {
                log.add(new SimpleFormatter().formatMessage(entry));
            }

            @Override
            public void flush() {
            }

            @Override
            public void close() {
            }
        };
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        try {
            return body.get();
        } finally {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
        }
    }

    /** As the JVM has it whose first file takes the last descriptor: made, and then not to be opened. */
    @Test
    void shouldLeaveNoFileWhereTheJvmCannotOpenAny() {
        final Error error = new ExceptionInInitializerError(new IOException("Too many open files"));
        assertSame(error, assertThrows(Error.class, () -> MappedCounters.create(base, A, "c", 1, 1, WALL_CLOCK, f -> {
            Files.createFile(f);
            throw error;
        })));
        assertEquals(0, base.toFile().list().length);
    }

    @Test
    void shouldSayInOneLineThatDescriptorsAreMissing() {
        final LinkageError error = new NoClassDefFoundError("Could not initialize class sun.nio.ch.FileChannelImpl");
        assertSame(error, assertThrows(Error.class, () -> EngineCounters.withoutDescriptors(base, error)));
        error.initCause(new ExceptionInInitializerError(new IOException("Too many open files")));
        assertEquals("no file for the counters in " + base + ": too many files are open; a node needs about 34 and 5"
            + " for each peer (ulimit -n)", EngineCounters.withoutDescriptors(base, error).getMessage());
    }

    @Test
    void shouldNameTheFileAndWhatIsWrongWithIt() throws IOException {
        counters("a");
        final byte[] good = Files.readAllBytes(onlyFile());
        final Path file = base.resolve("broken");
        final int valuesEnd = good.length;
        refuse(file, good, f -> { }, null);
        refuse(file, good, f -> truncate(f, valuesEnd - 1), "is truncated: has " + (valuesEnd - 1) + " bytes");
        refuse(file, good, f -> truncate(f, 100), "is truncated: has 100 bytes");
        refuse(file, good, f -> truncate(f, 0), "is truncated: has 0 bytes");
        refuse(file, good, f -> put(f, 0, 1, 8), "is no file of counters");
        refuse(file, good, f -> put(f, CountersLayout.VERSION_OFFSET, 9, 4), "has layout version 9, and version 2");
        refuse(file, good, f -> put(f, CAPACITY_OFFSET, -1, 4), "is damaged: has room for -1 counters");
        refuse(file, good, f -> put(f, CAPACITY_OFFSET, Integer.MAX_VALUE, 4), "is damaged: has room for 2147483647");
        refuse(file, good, f -> put(f, CAPACITY_OFFSET, 60_000, 4), "is truncated");
        refuse(file, good, f -> put(f, CountersLayout.NODE_OFFSET, 65, 4), "is damaged: has a name of 65 bytes");
        refuse(file, good, f -> put(f, CountersLayout.NODE_OFFSET + 4, 27, 4), "characters that names do not have");
        refuse(file, good, f -> put(f, FIRST_LABEL_LENGTH_OFFSET, 381, 4), "counter 0 with a label of 381 bytes");
        refuse(file, good, f -> put(f, FIRST_LABEL_LENGTH_OFFSET, -1, 4), "counter 0 with a label of -1 bytes");
        assertThrows(NoSuchFileException.class, () -> CountersFile.read(base.resolve("absent")));
        final IOException ex = assertThrows(IOException.class, () -> CountersFile.read(base));
        assertEquals(base + ": is no regular file", ex.getMessage());
    }

    private interface Damage {
        void to(Path file) throws IOException;
    }

    private static void truncate(final Path file, final long length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
    }

    private static void refuse(final Path file, final byte[] good, final Damage damage, final String message)
        throws IOException {
        Files.write(file, good);
        damage.to(file);
        if (message == null) {
            CountersFile.read(file);
            return;
        }
        final IOException ex = assertThrows(IOException.class, () -> CountersFile.read(file));
        assertTrue(ex.getMessage().startsWith(file + ": "), ex.getMessage());
        assertTrue(ex.getMessage().contains(message), ex.getMessage());
    }

    @Test
    void shouldLetNoLabelPlayTricks() throws IOException {
        counters("a").newCounter("handler.x.\u001b[2J");
        assertTrue(byLabel(CountersFile.read(onlyFile())).containsKey("handler.x.?[2J"));
    }

    @Test
    void shouldCopyTheTransportsCountersInWhateverOrderItTellsThem() {
        final EngineCounters counters = new EngineCounters();
        final var told = new LinkedHashMap<String, Long>();
        final var copy = new TransportCounterCopy(telling(told), counters, null);
        told.put("t.b", 1L);
        told.put("t.a", 2L);
        copy.copy();
        told.clear();
        told.put("t.a", 7L);
        told.put("t.c", 8L);
        told.put("t.b", 9L);
        copy.copy();
        copy.copy();
        assertEquals(7, counters.snapshot().get("t.a"));
        assertEquals(8, counters.snapshot().get("t.c"));
        assertEquals(9, counters.snapshot().get("t.b"));
    }

    @Test
    void shouldCountTheTransportsCountersThatFindNoRoom() {
        final EngineCounters counters = new EngineCounters();
        final var told = new LinkedHashMap<String, Long>();
        for (int i = 0; i < TransportCounterCopy.MAX_COUNTERS + 3; i++) {
            told.put("t." + i, (long) i);
        }
        final var copy = new TransportCounterCopy(telling(told), counters, null);
        copy.copy();
        copy.copy();
        assertEquals(3, counters.get(EngineCounter.COUNTERS_REFUSED).get());
        assertEquals(63, counters.snapshot().get("t.63"));
    }

    private static Transport telling(final Map<String, Long> told) {
        return (Transport) Proxy.newProxyInstance(
            Transport.class.getClassLoader(), new Class<?>[] {Transport.class}, (proxy, method, args) -> {
                @SuppressWarnings("unchecked")
                final ObjLongConsumer<String> consumer = (ObjLongConsumer<String>) args[0];
                told.forEach(consumer::accept);
                return null;
            });
    }

    @Test
    void shouldPublishLevelsAndTheTransportsCountersAtTheLazyTick() {
        final TestCluster cluster = new TestCluster(3);
        assertTrue(cluster.runUntilAllUp());
        cluster.run(200);
        final TestNode node = cluster.node(0);
        final Map<String, Long> values = node.counters.snapshot();
        assertEquals(2, values.get("engine.peers"));
        assertEquals(2, values.get("engine.peers.up"));
        assertEquals(TestNode.RING_LENGTH, values.get("engine.broadcasts.ring.capacity"));
        assertEquals(2, values.get("memory.inbound"));
        cluster.kill(1);
        assertTrue(cluster.runUntil(() -> node.count("engine.peers.up") == 1));
        node.broadcast("x");
        assertTrue(cluster.runUntil(() -> node.count("protocol.outstanding.peer.max") == 1));
        assertEquals(0, node.counters.get(ProtocolCounter.OUTSTANDING_OVERFLOWS).get());
    }
}
