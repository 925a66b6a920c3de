package io.plumtree.engine.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The schema is the protocol's document, and the codecs rely on some of what it says. */
class SchemaTest {
    private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);
    private static final Pattern START_TAG = Pattern.compile("<(?:sbe:)?(\\w+)\\s([^>]*)>");
    private static final Pattern ATTRIBUTE = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    private static final Set<String> DOCUMENTED = Set.of(
        "messageSchema", "message", "field", "group", "data", "composite", "type", "set", "choice", "enum",
        "validValue");

    /** Start tags in the order of the file: attributes by name, and the tag's own name under "". */
    private final List<Map<String, String>> tags = new ArrayList<>();

    @BeforeEach
    void readSchema() throws IOException {
        final String schema = COMMENT.matcher(Files.readString(Path.of("src/main/sbe/plumtree.xml"))).replaceAll("");
        final Matcher tag = START_TAG.matcher(schema);
        while (tag.find()) {
            final Map<String, String> attributes = new LinkedHashMap<>();
            attributes.put("", tag.group(1));
            final Matcher attribute = ATTRIBUTE.matcher(tag.group(2));
            while (attribute.find()) {
                attributes.put(attribute.group(1), attribute.group(2));
            }
            tags.add(attributes);
        }
    }

    @Test
    void shouldDescribeEveryMessageFieldAndType() {
        int checked = 0;
        for (final Map<String, String> tag : tags) {
            if (DOCUMENTED.contains(tag.get(""))) {
                assertFalse(tag.getOrDefault("description", "").isBlank(), "not described: " + tag);
                checked++;
            }
        }
        assertTrue(checked > 80, "only " + checked + " elements found");
        assertEquals(31, tags.stream().filter(tag -> "message".equals(tag.get(""))).count());
    }

    @Test
    void shouldBeginEveryMessageWithClusterAndSender() {
        for (int i = 0; i < tags.size(); i++) {
            if ("message".equals(tags.get(i).get(""))) {
                assertEquals("cluster NameHash64", name(i + 1), tags.get(i).toString());
                assertEquals("sender NodeValue", name(i + 2), tags.get(i).toString());
            }
        }
    }

    @Test
    void shouldLayOutTheFiveBatchesAlike() {
        final List<List<String>> layouts = new ArrayList<>();
        for (final String message : List.of("IHave", "IgnoredIHave", "Graft", "Adopt", "GraftFailed")) {
            layouts.add(layout(message));
        }

        assertEquals(7, layouts.get(0).size());
        for (final List<String> layout : layouts) {
            assertEquals(layouts.get(0), layout);
        }
    }

    private List<String> layout(final String message) {
        final List<String> layout = new ArrayList<>();
        boolean isInside = false;
        for (final Map<String, String> tag : tags) {
            if ("message".equals(tag.get(""))) {
                isInside = message.equals(tag.get("name"));
            } else if (isInside) {
                layout.add(
                    tag.get("") + " " + tag.get("name") + " " + tag.get("type") + " " + tag.get("dimensionType"));
            }
        }
        return layout;
    }

    private String name(final int index) {
        return tags.get(index).get("name") + " " + tags.get(index).get("type");
    }
}
