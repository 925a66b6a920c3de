package io.plumtree.engine.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plumtree.api.DownReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages say of links is what there is. */
class LinksPageTest {
    private static List<String> found(final String regex, final String text) {
        return Pattern.compile(regex).matcher(text).results().map(match -> match.group(1)).sorted().toList();
    }

    private static String page(final String name) throws IOException {
        return Files.readString(Path.of("../docs", name));
    }

    @Test
    void shouldExplainEveryReasonToEmbedders() throws IOException {
        final String table = found("(?s)(\\| `DownReason` \\|.*?)\n\n", page("embedding.md")).get(0);
        assertEquals(
            Stream.of(DownReason.values()).map(DownReason::name).sorted().toList(),
            found("(?m)^\\| `([A-Z]+)` \\|", table));
    }

    @Test
    void shouldHaveEachReasonWithItsCounter() throws IOException {
        assertEquals(
            Stream.of(DownReason.values())
                .map(reason -> reason + "`, `engine.links.down." + reason.name().toLowerCase(Locale.ROOT)).sorted()
                .toList(),
            found("(?m)\\| `([A-Z]+`, `engine\\.links\\.down\\.[a-z]+)` \\|$", page("architecture.md")));
    }

    @Test
    void shouldDrawEveryTransitionOfALinkAndNoOther() throws IOException {
        assertEquals(
            List.copyOf(LinkStateTest.transitions()),
            found("(?m)^ +([A-Z]+ --> [A-Z]+): ", page("architecture.md")));
    }
}
