package io.plumtree.engine.seeds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plumtree.engine.options.MembershipOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Names are looked up, again and again; the test is the thread. */
class SeedsTest {
    private final Map<String, List<String>> names = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private Seeds seeds;

    private Seeds seeds(final String... contacts) {
        seeds = new Seeds(List.of(contacts), MembershipOptions.CONTACTS_REFRESH_DEFAULT_NS, this::resolve,
            error -> errors.add(error.getMessage()));
        return seeds;
    }

    private List<InetAddress> resolve(final String host) throws UnknownHostException {
        asked.add(host);
        final List<InetAddress> addresses = new ArrayList<>();
        for (final String address : names.getOrDefault(host, List.of())) {
            addresses.add(InetAddress.getByName(address));
        }
        if (addresses.isEmpty()) {
            throw new UnknownHostException(host);
        }
        return addresses;
    }

    private List<String> lookUp() {
        seeds.lookUp();
        return seeds.poll();
    }

    @Test
    void shouldNeedNoThreadForAddresses() {
        seeds("10.0.0.1:7100", "[::1]:7100", "10.0.0.1:7100");
        assertNull(seeds.thread());
        assertNull(seeds.poll());
        seeds.start();
        assertEquals(List.of("10.0.0.1:7100", "[::1]:7100"), seeds.poll());
        assertNull(seeds.poll());
        assertEquals(List.of(), asked);
    }

    @Test
    void shouldBeContentWithNone() {
        seeds().start();
        assertNull(seeds.thread());
        assertNull(seeds.poll());
    }

    @Test
    void shouldMakeAContactOfEachAddress() {
        names.put("nodes", List.of("10.0.0.1", "10.0.0.2", "2001:db8::1"));
        seeds("10.0.0.9:1", "nodes:7100");
        assertNotNull(seeds.thread());
        assertEquals(List.of("10.0.0.9:1", "10.0.0.1:7100", "10.0.0.2:7100", "[2001:db8:0:0:0:0:0:1]:7100"), lookUp());
    }

    @Test
    void shouldPublishWhatHasChangedOnly() {
        names.put("nodes", List.of("10.0.0.1", "10.0.0.2"));
        seeds("nodes:7100");
        assertEquals(List.of("10.0.0.1:7100", "10.0.0.2:7100"), lookUp());
        assertNull(lookUp());
        names.put("nodes", List.of("10.0.0.2", "10.0.0.1"));
        assertNull(lookUp(), "another order is no change");
        names.put("nodes", List.of("10.0.0.3"));
        assertEquals(List.of("10.0.0.3:7100"), lookUp());
        assertEquals(4, asked.size());
    }

    @Test
    void shouldReportANameOnceAndKeepWhatItHad() {
        names.put("good", List.of("10.0.0.1"));
        seeds("bad:1", "good:2");
        assertEquals(List.of("10.0.0.1:2"), lookUp());
        assertNull(lookUp());
        final List<String> reported =
            List.of("contact 'bad' does not resolve; it is looked up again from time to time");
        assertEquals(reported, errors);
        names.put("bad", List.of("10.0.0.2"));
        assertEquals(List.of("10.0.0.2:1", "10.0.0.1:2"), lookUp());
        names.clear();
        assertNull(lookUp());
        assertEquals(List.of(reported.get(0), reported.get(0),
            "contact 'good' does not resolve; it is looked up again from time to time"), errors);
    }

    @Test
    void shouldAskForANameOnceForAllItsPorts() {
        names.put("nodes", List.of("10.0.0.1"));
        seeds("nodes:1", "nodes:2");
        assertEquals(List.of("10.0.0.1:1", "10.0.0.1:2"), lookUp());
        assertEquals(List.of("nodes"), asked);
    }

    @Test
    void shouldNotLetTheOthersWaitForAName() {
        final List<List<String>> seen = new ArrayList<>();
        seeds = new Seeds(List.of("10.0.0.1:1", "a:2", "b:3"), MembershipOptions.CONTACTS_REFRESH_DEFAULT_NS, host -> {
            seen.add(seeds.poll());
            return List.of(InetAddress.getByName("10.0.0.2"));
        }, error -> errors.add(error.getMessage()));
        seeds.lookUp();
        seen.add(seeds.poll());
        assertEquals(List.of(List.of("10.0.0.1:1"), List.of("10.0.0.1:1", "10.0.0.2:2"),
            List.of("10.0.0.1:1", "10.0.0.2:2", "10.0.0.2:3")), seen);
    }

    @Test
    void shouldGoOnWhenAResolverThrowsSomethingElse() {
        seeds = new Seeds(List.of("a:2"), MembershipOptions.CONTACTS_REFRESH_DEFAULT_NS, host -> {
            throw new SecurityException("not allowed");
        }, error -> errors.add(error.getMessage()));
        assertNull(lookUp());
        assertEquals(List.of("contact 'a' does not resolve; it is looked up again from time to time: " +
            "java.lang.SecurityException: not allowed"), errors);
    }

    @Test
    void shouldCutOffTooManyAddresses() {
        names.put("nodes", IntStream.range(0, 300).mapToObj(i -> "10.0." + i / 256 + "." + i % 256).toList());
        seeds("nodes:1");
        assertEquals(Seeds.MAX_CONTACTS, lookUp().size());
        assertNull(lookUp());
        assertEquals(List.of("contacts resolve to 300 addresses; the first 256 are used"), errors);
    }

    @Test
    void shouldSayNothingAfterTheClose() {
        names.put("nodes", List.of("10.0.0.1"));
        seeds("nodes:1", "bad:1").close();
        assertNull(lookUp());
        assertEquals(List.of(), errors);
    }

    @Test
    void shouldCloseThoughALookUpHangs() throws InterruptedException {
        final CountDownLatch hangs = new CountDownLatch(1);
        final CountDownLatch goesOn = new CountDownLatch(1);
        seeds = new Seeds(List.of("a:1"), MembershipOptions.CONTACTS_REFRESH_DEFAULT_NS, host -> {
            hangs.countDown();
            awaitUninterruptibly(goesOn);
            return List.of(InetAddress.getByName("10.0.0.1"));
        }, error -> errors.add(error.getMessage()));
        seeds.start();
        hangs.await();
        seeds.close();
        assertTrue(seeds.thread().isAlive() && seeds.thread().isDaemon());
        goesOn.countDown();
        seeds.thread().join();
        assertNull(seeds.poll());
        assertEquals(List.of(), errors);
    }

    private static void awaitUninterruptibly(final CountDownLatch latch) {
        try {
            latch.await();
        } catch (final InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static void refuses(final String message, final List<String> contacts) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, () -> new Seeds(
            contacts, MembershipOptions.CONTACTS_REFRESH_DEFAULT_NS, host -> List.of(), error -> { })).getMessage());
    }

    @Test
    void shouldNameWhatIsWrong() {
        refuses("endpoint must be host:port, with a port of 0 to 65535: 'name'", List.of("a:1", "name"));
        refuses("contact names no file: 'file:'", List.of("file:"));
        refuses("there can be at most 256 contacts: 257", Collections.nCopies(257, "a:1"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Seeds.check(List.of("x"))).getMessage()
            .endsWith("'x'"));
    }
}
