package io.plumtree.node.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StandardOutputTest {
    private final StringWriter err = new StringWriter();

    private static StandardOutput failing(final String reason) {
        return new StandardOutput(new OutputStream() {
            @Override
            public void write(final int value) throws IOException {
                throw new IOException(reason);
            }
        }, StandardCharsets.UTF_8);
    }

    private int conclude(final StandardOutput out, final int status) {
        return out.conclude(status, new PrintWriter(err, true));
    }

    @Test
    void shouldKeepTheStatusWhereAllIsWritten() {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final StandardOutput out = new StandardOutput(bytes, StandardCharsets.UTF_8);
        out.writer().print("\u00fc");
        assertEquals(3, conclude(out, 3));
        assertEquals("\u00fc", bytes.toString(StandardCharsets.UTF_8));
        assertEquals("", err.toString());
    }

    @Test
    void shouldEndWithOneLineAndStatusOneWhereAWriteFails() {
        final StandardOutput out = failing("No space left on device");
        out.writer().print("only at the end is it flushed");
        assertEquals(1, conclude(out, 0));
        assertEquals("plumtree: can't write to standard output: No space left on device" + System.lineSeparator(),
            err.toString());
    }

    @Test
    void shouldEndQuietlyWhereNobodyReads() {
        final StandardOutput out = failing("Broken pipe");
        out.writer().println("x");
        assertEquals(0, conclude(out, 0));
        assertEquals("", err.toString());
    }

    @Test
    void shouldTellCommandsThatRunForLong() {
        final StandardOutput out = failing("Broken pipe");
        assertFalse(out.writer().checkError());
        out.writer().println("x");
        assertTrue(out.writer().checkError());
    }
}
