package io.plumtree.handlers.heartbeat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.api.NodeId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NodeBeatsTest {
    private static final long COUNT = 1_000_000;

    @Test
    void shouldNeverShowHalfOfAHeartbeat() throws Exception {
        final NodeBeats beats = new NodeBeats(NodeId.of("node"), 1);
        final CompletableFuture<Long> reader = CompletableFuture.supplyAsync(() -> {
            long last = 0;
            while (last < COUNT) {
                final LastHeard heard = beats.lastHeard();
                assertEquals(heard.epoch(), heard.sequence());
                assertEquals(heard.epoch(), heard.heardNs());
                assertTrue(heard.epoch() >= last, "older than before");
                last = heard.epoch();
            }
            return last;
        });
        for (long i = 1; i <= COUNT; i++) {
            beats.heard(i, i, i);
        }
        assertEquals(COUNT, reader.get(60, TimeUnit.SECONDS));
    }
}
