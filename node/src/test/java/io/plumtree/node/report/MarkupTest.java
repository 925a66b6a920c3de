package io.plumtree.node.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class MarkupTest {
    @Test
    void shouldEscapeWhateverXmlGivesAMeaningOrForbids() {
        assertEquals("a &amp; b &lt;c&gt; &quot;d&quot; &#39;e&#39;", Markup.escape("a & b <c> \"d\" 'e'"));
        assertEquals("\ufffd\ufffd\ufffd\t\ud83d\ude00", Markup.escape("\0\u001b\ud800\t\ud83d\ude00"));
    }
}
