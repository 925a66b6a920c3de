package io.plumtree.node.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private final StringWriter out = new StringWriter();
    private long nowNs;
    private final ProgressBar bar = new ProgressBar(new PrintWriter(out), () -> nowNs);

    @Test
    void shouldNotComeUpWhereNothingTakesLong() {
        nowNs = 999_999_999;
        bar.show(0.9, "run 1 of 1");
        bar.end();
        assertEquals("", out.toString());
    }

    @Test
    void shouldDrawItselfNowAndThenAndGoAtTheEnd() {
        nowNs = 1_000_000_000;
        bar.show(0.5, "run 1 of 2");
        bar.show(0.6, "run 1 of 2");
        bar.end();
        assertEquals("\r\u001b[K[" + "#".repeat(20) + ".".repeat(20) + "]  50 %  run 1 of 2\r\u001b[K",
            out.toString());
    }
}
