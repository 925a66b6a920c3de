package io.plumtree.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkLatencyTest {
    private static final long MS = 1_000_000;

    @Test
    void shouldReadOneLatencyARangeAndRegions() {
        assertEquals(LinkLatency.uniform(30 * MS, 30 * MS), LinkLatency.parse("30ms"));
        assertEquals(LinkLatency.uniform(500_000, 2_000 * MS), LinkLatency.parse("500us..2s"));
        assertEquals(new LinkLatency(MS, 5 * MS, 3, 40 * MS, 90 * MS),
            LinkLatency.parse("regions:3:1ms..5ms:40ms..90ms"));
        assertEquals(new LinkLatency(MS, MS, 2, 40 * MS, 40 * MS), LinkLatency.parse("regions:2:1ms:40ms"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"30ms", "10ms..50ms", "1500us", "regions:3:1ms..5ms:40ms..90ms"})
    void shouldWriteWhatItReads(final String text) {
        assertEquals(text, LinkLatency.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "ms", "-1ms", "30 ms", "1ms..", "..1ms", "1ms...2ms", "1ns", "1234567ms",
        "regions:3:1ms", "regions:x:1ms:2ms", "regions:3:1ms:2ms:3ms"})
    void shouldRejectWhatIsNoLatency(final String text) {
        final IllegalArgumentException ex = assertThrows(
            IllegalArgumentException.class, () -> LinkLatency.parse(text));
        assertEquals("must be such as 30ms, 10ms..50ms or regions:3:1ms..5ms:40ms..90ms: '" + text + "'",
            ex.getMessage());
    }

    @Test
    void shouldRejectARangeThatEndsBeforeItBegins() {
        final IllegalArgumentException ex = assertThrows(
            IllegalArgumentException.class, () -> LinkLatency.parse("5ms..1ms"));
        assertEquals("the upper end must not be below the lower: '5ms..1ms'", ex.getMessage());
        assertThrows(IllegalArgumentException.class, () -> new LinkLatency(5, 1, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new LinkLatency(-1, 1, 1, 1, 1));
    }

    @Test
    void shouldRejectNoRegions() {
        final IllegalArgumentException ex = assertThrows(
            IllegalArgumentException.class, () -> LinkLatency.parse("regions:0:1ms:2ms"));
        assertEquals("regions must be 1 or more: 0", ex.getMessage());
    }

    @Test
    void shouldDrawByRegion() {
        final LinkLatency latency = LinkLatency.parse("regions:3:1ms..5ms:40ms..90ms");
        final SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 200; i++) {
            final long local = latency.draw(i, i + 3, random);
            assertTrue(local >= MS && local <= 5 * MS, () -> "local: " + local);
            final long remote = latency.draw(i, i + 1, random);
            assertTrue(remote >= 40 * MS && remote <= 90 * MS, () -> "remote: " + remote);
        }
        assertEquals(30 * MS, LinkLatency.parse("30ms").draw(1, 2, random));
    }
}
