package io.plumtree.node.inspect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumtree.api.Member;
import io.plumtree.api.MembersView;
import java.util.Locale;

/**
 * The members as one node sees them. The JSON has {@code node} (the name of that node) and {@code members}, each with
 * {@code name}, {@code endpoint} and {@code link}: {@code up}, {@code down}, {@code none}
 * (to whom no link is wanted) or {@code self}; by name.
 */
final class MembersReport {
    private MembersReport() {
    }

    private static String link(final MembersView view, final Member member) {
        if (member.id().equals(view.node())) {
            return "self";
        }
        if (view.distant().contains(member.id())) {
            return "none";
        }
        return view.connected().contains(member.id()) ? "up" : "down";
    }

    /** One line a member: name, endpoint and link, in columns. */
    static String text(final MembersView view) {
        final int nameWidth = view.members().stream().mapToInt(member -> member.id().name().length()).max().orElse(1);
        final int endpointWidth = view.members().stream().mapToInt(member -> member.endpoint().length()).max()
            .orElse(1);
        final StringBuilder out = new StringBuilder();
        for (final Member member : view.members()) {
            out.append(String.format(Locale.ROOT, "%-" + nameWidth + "s  %-" + endpointWidth + "s  %s\n",
                member.id(), member.endpoint(), link(view, member)));
        }
        return out.toString();
    }

    /** Indented, its last line ended. */
    static String json(final MembersView view) {
        final ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("node", view.node().name());
        final ArrayNode members = json.putArray("members");
        for (final Member member : view.members()) {
            members.addObject()
                .put("name", member.id().name())
                .put("endpoint", member.endpoint())
                .put("link", link(view, member));
        }
        return json.toPrettyString() + "\n";
    }
}
