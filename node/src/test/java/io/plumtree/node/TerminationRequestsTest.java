package io.plumtree.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminationRequestsTest {
    private final List<String> ends = new ArrayList<>();
    private long nowNs = Long.MAX_VALUE - 1;
    private final TerminationRequests requests = new TerminationRequests(
        () -> nowNs, status -> ends.add("exit " + status), status -> ends.add("halt " + status));

    @Test
    void shouldCloseAtTheFirst() {
        requests.onLaunched();
        assertFalse(requests.first().isDone());
        requests.run();
        assertTrue(requests.first().isDone());
        assertEquals(List.of(), ends);
    }

    @Test
    void shouldTakeThoseThatComeSoonForTheSame() {
        requests.onLaunched();
        requests.run();
        requests.run();
        nowNs += TerminationRequests.PATIENCE_NS - 1;
        requests.run();
        assertEquals(List.of(), ends);
    }

    @Test
    void shouldEndAsItIsWhereClosingTakesLong() {
        requests.onLaunched();
        requests.run();
        nowNs += TerminationRequests.PATIENCE_NS;
        requests.run();
        assertEquals(List.of("halt 1"), ends);
    }

    @Test
    void shouldEndAtTheSecondWhileTheNodeIsBeingLaunched() {
        requests.run();
        assertEquals(List.of(), ends);
        requests.run();
        assertEquals(List.of("exit 1"), ends);
    }
}
