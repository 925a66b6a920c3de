package io.plumtree.engine.agent;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.MessageId;
import io.plumtree.api.NodeId;
import io.plumtree.engine.options.ExchangeOptions;
import io.plumtree.engine.options.FullViewOptions;
import io.plumtree.engine.view.FullView;
import io.plumtree.handlers.spi.BroadcastClaim;
import io.plumtree.handlers.spi.BroadcastHandler;
import io.plumtree.handlers.spi.ExchangeResult;
import io.plumtree.handlers.spi.ExchangeSession;
import io.plumtree.handlers.spi.GraftPayload;
import io.plumtree.handlers.spi.GraftResult;
import io.plumtree.handlers.spi.HandlerContext;
import io.plumtree.handlers.spi.Message;
import io.plumtree.handlers.spi.MutableMessage;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A member makes members up, thousands of them, while others join. */
class FullViewFloodTest {
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int SIZE = 8;
    private static final int FAKES = 13_000;
    private static final List<String> REAL = List.of("a", "b", "c", "d", "e", "f", "g");

    private final FullViewOptions options = new FullViewOptions()
        .refreshPeriodNs(SECOND_NS).expiryNs(4 * SECOND_NS).tombstoneTimeNs(10 * SECOND_NS).conclude();
    private final Fabricator fabricator = new Fabricator();
    private TestCluster cluster;
    private int made;

    @BeforeEach
    void start() {
        cluster = new TestCluster(SIZE, 64 * 1024, this::handler, new ExchangeOptions().tickPeriodNs(SECOND_NS));
        assertTrue(cluster.runUntilAllUp());
        for (int i = 0; i < 3; i++) {
            view(i).announce();
        }
        assertTrue(cluster.runUntil(() -> honest().allMatch(view -> names(view).containsAll(REAL.subList(0, 3)))));
    }

    private BroadcastHandler handler() {
        made++;
        return made == SIZE ? fabricator :
            new FullView(options, () -> "host:7100", (joined, left) -> { });
    }

    private FullView view(final int index) {
        return (FullView) cluster.node(index).handler;
    }

    private Stream<FullView> honest() {
        return Stream.of(0, 1, 2, 3, 4, 5, 6).map(this::view);
    }

    private static List<String> names(final FullView view) {
        return view.members().stream().map(member -> member.id().name()).toList();
    }

    private int mostMembers() {
        return honest().mapToInt(view -> view.members().size()).max().orElse(0);
    }

    @Test
    void shouldKeepFakesWithinBoundsAndLoseNobody() {
        fabricator.left = FAKES;
        int most = 0;
        for (int i = 3; i < SIZE - 1; i++) {
            cluster.run(100);
            view(i).announce();
            most = Math.max(most, mostMembers());
        }
        assertTrue(cluster.runUntil(() -> fabricator.left == 0));
        for (int second = 0; second < 5; second++) {
            cluster.run(1_000);
            most = Math.max(most, mostMembers());
        }
        honest().forEach(view -> assertTrue(names(view).containsAll(REAL), () -> "lost: " + names(view).size()));
        assertTrue(most > 1_000, "the flood has come: " + most);
        assertTrue(most <= REAL.size() + 1_024 + 60 * options.newcomersPerSecond(), "most members: " + most);
        for (int i = 0; i < SIZE - 1; i++) {
            assertTrue(cluster.node(i).count("handler.log.rumored") > 0);
            assertEquals(List.of(), cluster.node(i).errors);
        }
        assertTrue(cluster.runUntil(() -> honest().allMatch(view -> names(view).equals(REAL))),
            () -> "left: " + mostMembers());
        cluster.run(15_000);
        honest().forEach(view -> assertEquals(REAL, names(view)));
        assertEquals(REAL.size(), view(0).details().size());
    }

    /** Announces who is not there. */
    private static final class Fabricator implements BroadcastHandler {
        private static final int PER_CALL = 500;

        int left;
        private BroadcastClaim claim;

        @Override
        public void onStart(final HandlerContext context) {
            claim = context.newClaim();
        }

        @Override
        public int doWork(final long nowNs) {
            int count = 0;
            while (left > 0 && count < PER_CALL && announce("fake" + left)) {
                left--;
                count++;
            }
            return count;
        }

        private boolean announce(final String name) {
            final String endpoint = "127.0.0.1:9";
            if (claim.tryClaim(24, 3 + name.length() + endpoint.length()) < 0) {
                return false;
            }
            final MutableDirectBuffer buffer = claim.buffer();
            buffer.putLong(claim.idOffset(), NodeId.of(name).value(), LITTLE_ENDIAN);
            buffer.putLong(claim.idOffset() + 8, 1, LITTLE_ENDIAN);
            buffer.putLong(claim.idOffset() + 16, 1, LITTLE_ENDIAN);
            int at = claim.payloadOffset();
            buffer.putByte(at++, (byte) 1);
            buffer.putByte(at++, (byte) name.length());
            at += buffer.putStringWithoutLengthAscii(at, name);
            buffer.putByte(at++, (byte) endpoint.length());
            buffer.putStringWithoutLengthAscii(at, endpoint);
            claim.commit();
            return true;
        }

        @Override
        public void broadcastData(
            final DirectBuffer data, final int offset, final int length, final BroadcastClaim ofData) {
            // Nothing of others.
        }

        @Override
        public void onBroadcast(final MutableMessage message) {
            // As it is.
        }

        @Override
        public boolean merge(final Message message) {
            return false;
        }

        @Override
        public boolean isStale(final MessageId id) {
            return true;
        }

        @Override
        public GraftResult graft(final MessageId id, final GraftPayload payload) {
            return GraftResult.UNKNOWN;
        }

        @Override
        public ExchangeResult exchange(final NodeId peer, final ExchangeSession session) {
            return ExchangeResult.IGNORED;
        }
    }
}
