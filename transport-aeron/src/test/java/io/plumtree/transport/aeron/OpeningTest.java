package io.plumtree.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.Aeron;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpeningTest implements Opening.Attempt {
    private static final long RETRY_NS = 100;

    private final TransportCounters counters = new TransportCounters();
    private final Opening opening =
        new Opening(this, "can't open it", RETRY_NS, counters, TransportCounter.LINK_FAILURES);
    private final List<String> calls = new ArrayList<>();
    private RuntimeException failure;
    private boolean isThere;
    private long nextId = 7;

    @Override
    public long request(final Aeron aeron) {
        calls.add("request");
        throwFailure();
        return nextId++;
    }

    @Override
    public boolean take(final Aeron aeron, final long registrationId) {
        calls.add("take " + registrationId);
        throwFailure();
        return isThere;
    }

    @Override
    public void onFailure(final Exception ex) {
        calls.add(ex.getMessage());
    }

    private void throwFailure() {
        if (failure != null) {
            throw failure;
        }
    }

    private List<String> doWork(final long nowNs, final int expectedWork) {
        calls.clear();
        assertEquals(expectedWork, opening.doWork(null, nowNs));
        return List.copyOf(calls);
    }

    @Test
    void shouldAskAndLookUntilItIsThere() {
        assertFalse(opening.isAsked());
        assertEquals(List.of("request"), doWork(0, 1));
        assertTrue(opening.isAsked());
        assertEquals(List.of("take 7"), doWork(0, 0));
        isThere = true;
        assertEquals(List.of("take 7"), doWork(1, 1));
        assertFalse(opening.isAsked());
        assertEquals(0, counters.get(TransportCounter.LINK_FAILURES));
    }

    @Test
    void shouldAskAgainSomeTimeAfterAFailure() {
        failure = new IllegalStateException("no");
        assertEquals(List.of("request", "can't open it, will try again: no"), doWork(10, 1));
        failure = null;
        assertEquals(List.of(), doWork(10 + RETRY_NS - 1, 0));
        assertEquals(List.of("request"), doWork(10 + RETRY_NS, 1));
        failure = new IllegalStateException("unknown");
        assertEquals(List.of("take 7", "can't open it, will try again: unknown"), doWork(200, 1));
        assertFalse(opening.isAsked());
        assertEquals(List.of(), doWork(200 + RETRY_NS - 1, 0));
    }

    @Test
    void shouldTellTheFirstOfFailuresThatSayTheSameAndCountEach() {
        failure = new IllegalStateException("no");
        assertEquals(2, doWork(0, 1).size());
        failure = new IllegalStateException("no");
        assertEquals(List.of("request"), doWork(RETRY_NS, 1));
        failure = new IllegalStateException("never");
        assertEquals(2, doWork(2 * RETRY_NS, 1).size());
        assertEquals(3, counters.get(TransportCounter.LINK_FAILURES));

        failure = null;
        isThere = true;
        doWork(3 * RETRY_NS, 1);
        doWork(3 * RETRY_NS, 1);
        failure = new IllegalStateException("never");
        opening.startAnew();
        assertEquals(2, doWork(3 * RETRY_NS, 1).size(), "it was there in between");
    }

    @Test
    void shouldAskAtOnceWhenItStartsAnew() {
        doWork(0, 1);
        opening.startAnew();
        assertFalse(opening.isAsked());
        assertEquals(List.of("request"), doWork(0, 1));
        assertEquals(List.of("take 8"), doWork(0, 0));
    }

    @Test
    void shouldAskWhenTheTimeHasCome() {
        opening.startAt(50);
        assertEquals(List.of(), doWork(49, 0));
        assertEquals(List.of("request"), doWork(50, 1));
    }

    @Test
    void shouldTellWhatToCancel() {
        assertEquals(Aeron.NULL_VALUE, opening.cancel());
        doWork(0, 1);
        assertEquals(7, opening.cancel());
        assertFalse(opening.isAsked());
    }
}
