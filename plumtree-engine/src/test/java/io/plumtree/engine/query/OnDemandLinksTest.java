package io.plumtree.engine.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.engine.options.QueryOptions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OnDemandLinksTest {
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);

    private final FakeTransport transport = new FakeTransport();
    private final CountingCounters counters = new CountingCounters();
    private final OnDemandLinks links =
        new OnDemandLinks(transport, new QueryOptions().maxLinks(2).linkIdleTimeNs(1_000 * MS), counters);
    private long nowNs = Long.MAX_VALUE - 500 * MS;

    @Test
    void shouldMakeOneLinkToAnEndpoint() {
        assertSame(links.connected("h:1", nowNs), links.connected("h:1", nowNs));
        assertEquals(1, transport.links.size());
        assertEquals(1, counters.count(QueryCounter.LINKS));
    }

    @Test
    void shouldHandOutALinkOnlyWhenItIsConnected() {
        transport.isConnecting = false;
        assertNull(links.connected("h:1", nowNs));
        transport.last().isConnected = true;
        assertSame(transport.last(), links.connected("h:1", nowNs));
        assertEquals(1, transport.links.size());
    }

    @Test
    void shouldCloseALinkThatHasBeenIdle() {
        links.connected("h:1", nowNs);
        nowNs += 600 * MS;
        links.connected("h:1", nowNs);
        nowNs += 999 * MS;
        assertEquals(0, links.closeIdle(nowNs));
        nowNs += MS;
        assertEquals(1, links.closeIdle(nowNs));
        assertTrue(transport.last().isClosed);
        assertNotNull(links.connected("h:1", nowNs));
        assertEquals(2, transport.links.size());
    }

    @Test
    void shouldCloseTheOneThatHasBeenIdleLongestForAnother() {
        links.connected("h:1", nowNs);
        nowNs += 10 * MS;
        links.connected("h:2", nowNs);
        nowNs += 10 * MS;
        links.connected("h:1", nowNs);
        nowNs += 200 * MS;
        assertNotNull(links.connected("h:3", nowNs));
        assertFalse(transport.links.get(0).isClosed);
        assertTrue(transport.links.get(1).isClosed);
        assertEquals(2, links.size());
    }

    @Test
    void shouldMakeNoMoreLinksThanThereMayBeWhileAllAreWanted() {
        for (int i = 0; i < 200; i++) {
            links.connected("h:1", nowNs);
            links.connected("h:2", nowNs);
            assertNull(links.connected("h:3", nowNs));
            nowNs += 10 * MS;
        }
        assertEquals(2, transport.links.size());
    }

    @Test
    void shouldLetThoseThatDoNotConnectTakeTurns() {
        transport.isConnecting = false;
        final long startNs = nowNs;
        boolean isThirdMade = false;
        for (int i = 0; i < 150 && !isThirdMade; i++) {
            links.connected("h:1", nowNs);
            links.connected("h:2", nowNs);
            links.connected("h:3", nowNs);
            isThirdMade = transport.links.size() == 3;
            assertTrue(links.size() <= 2);
            nowNs += 10 * MS;
        }
        assertTrue(isThirdMade);
        assertTrue(nowNs - startNs >= OnDemandLinks.PATIENCE_NS, "the first had no time to connect");
        assertTrue(transport.links.get(0).isClosed);
    }

    @Test
    void shouldTryAgainLaterWhenTheTransportRefuses() {
        transport.isRefusing = true;
        for (int i = 0; i < 10; i++) {
            assertNull(links.connected("h:1", nowNs));
        }
        assertEquals(1, counters.count(QueryCounter.LINKS_FAILED));
        transport.isRefusing = false;
        assertNull(links.connected("h:1", nowNs));
        nowNs += 200 * MS;
        assertNotNull(links.connected("h:1", nowNs));
    }
}
