package io.plumtree.node.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumtree.api.PlumtreeException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoWorkerMainTest {
    private static final String RETAINED = "handler.pubsub.retained.messages";

    @Test
    void shouldKnowHowManyMessagesTheHandlerKeeps() {
        assertEquals(65_536, DemoWorkerMain.retained(Map.of()));
        assertEquals(12, DemoWorkerMain.retained(Map.of(RETAINED, " 12 ")));
    }

    @Test
    void shouldLeaveItToTheHandlerToRefuseItsOption() throws Exception {
        for (final String value : List.of("garbage", "0", "-5", "99999999999")) {
            final byte[] line = new ObjectMapper().writeValueAsBytes(new WorkerSettings("n1", "127.0.0.1:0",
                List.of("n1"), List.of(), null, 64, Map.of(RETAINED, value)));
            final PlumtreeException ex = assertThrows(PlumtreeException.class, () -> DemoWorkerMain.serve(
                new ByteArrayInputStream(line), new PrintStream(new ByteArrayOutputStream())));
            assertTrue(ex.getMessage().contains(RETAINED + " must be a number from 1 to 4194304: '" + value + "'"),
                ex.getMessage());
        }
    }
}
