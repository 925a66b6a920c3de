package io.plumtree.node.pipe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LineReaderTest {
    /** Gives out pieces of random length, as a pipe does. */
    private static InputStream pieces(final String text, final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        return new ByteArrayInputStream(text.getBytes(ISO_8859_1)) {
            @Override
            public synchronized int read(final byte[] target, final int offset, final int length) {
                return super.read(target, offset, Math.min(length, random.nextInt(1, 20_000)));
            }
        };
    }

    private static List<String> lines(final LineReader reader) throws IOException {
        final List<String> lines = new ArrayList<>();
        while (reader.next()) {
            lines.add(reader.isTooLong()
                ? reader.lineNumber() + ":" + reader.lineLength()
                : new String(reader.buffer(), reader.lineOffset(), (int) reader.lineLength(), ISO_8859_1));
        }
        return lines;
    }

    @Test
    void shouldSplitAtNewlinesAndKeepEverythingElse() throws IOException {
        final LineReader reader = new LineReader(pieces("a\n\n b\r\n\u00ff\0c", 1), 100);
        assertEquals(List.of("a", "", " b\r", "\u00ff\0c"), lines(reader));
        assertEquals(4, reader.lineNumber());
        assertFalse(reader.next());
    }

    @Test
    void shouldFindNothingInAnEmptyStreamAndOneEmptyLineInANewline() throws IOException {
        assertEquals(List.of(), lines(new LineReader(pieces("", 1), 100)));
        assertEquals(List.of(""), lines(new LineReader(pieces("\n", 1), 100)));
    }

    @Test
    void shouldTellTheLengthOfALineThatIsTooLongAndGoOn() throws IOException {
        final String text = "x".repeat(100) + "\n" + "y".repeat(101) + "\nz\n" + "w".repeat(5_000_000);
        assertEquals(List.of("x".repeat(100), "2:101", "z", "4:5000000"), lines(new LineReader(pieces(text, 2), 100)));
    }

    @Test
    void shouldFindTheSameLinesHoweverTheStreamIsCut() throws IOException {
        for (long seed = 0; seed < 50; seed++) {
            final SplittableRandom random = new SplittableRandom(seed);
            final List<String> expected = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                expected.add("" + (char) ('a' + i % 26) + "-".repeat(random.nextInt(i % 50 == 0 ? 200_000 : 300)));
            }
            final LineReader reader = new LineReader(pieces(String.join("\n", expected) + "\n", seed), 250_000);
            assertEquals(expected, lines(reader), "seed " + seed);
        }
    }

    @Test
    void shouldNotWaitForMoreThanTheLine() throws IOException {
        final InputStream in = new InputStream() {
            private boolean isRead;

            @Override
            public int read() {
                throw new AssertionError("byte by byte");
            }

            @Override
            public int read(final byte[] target, final int offset, final int length) {
                assertFalse(isRead, "read on though a line was there");
                isRead = true;
                target[offset] = 'a';
                target[offset + 1] = '\n';
                target[offset + 2] = 'b';
                target[offset + 3] = '\n';
                return 4;
            }
        };
        final LineReader reader = new LineReader(in, 10);
        assertTrue(reader.next());
        assertTrue(reader.next());
        assertEquals('b', reader.buffer()[reader.lineOffset()]);
    }
}
