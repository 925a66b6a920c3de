package io.plumtree.node.tree;

import io.plumtree.api.NodeId;
import io.plumtree.api.TreeView;
import java.util.List;
import java.util.Locale;

/**
 * A tree as a drawing that is complete in itself: no script, no font, nothing from elsewhere. Follows the reader's
 * preference for light or dark. Each node is a {@code g} and each link a {@code path}, with their names in
 * {@code data-} attributes. Names need no escaping: they have no character that XML gives a meaning.
 */
public final class TreeSvg {
    private static final int LEGEND_ROW_HEIGHT = 20;
    private static final int LEGEND_SAMPLE_WIDTH = 44;
    private static final int HEAD_LENGTH = 8;
    /** How far a link between boxes one above the other bends out; less than the gap of columns. */
    private static final int BEND = 56;
    /** With more links than this, lazy ones fade, so that the tree remains to be seen. */
    private static final int CROWD = 200;
    private static final String STYLE = """
        <style>
        svg { --paper: #ffffff; --ink: #1f2328; --faint: #6e7781; --tree: #0969da; --spare: #bc4c00;\
         --box: #f6f8fa; --root: #ddf4ff; }
        @media (prefers-color-scheme: dark) {
        svg { --paper: #0d1117; --ink: #e6edf3; --faint: #8b949e; --tree: #58a6ff; --spare: #f0883e;\
         --box: #161b22; --root: #0c2d6b; }
        }
        text { font: 12px ui-monospace, "DejaVu Sans Mono", Consolas, monospace; fill: #1f2328; fill: var(--ink); }
        .paper { fill: #ffffff; fill: var(--paper); }
        .node rect { fill: #f6f8fa; fill: var(--box); stroke: #1f2328; stroke: var(--ink); }
        .root rect { fill: #ddf4ff; fill: var(--root); stroke-width: 2.5; }
        .down rect, .stranger rect { stroke: #6e7781; stroke: var(--faint); stroke-dasharray: 3 3; }
        .down text, .stranger text { fill: #6e7781; fill: var(--faint); }
        .down text { text-decoration: line-through; }
        .link { fill: none; }
        .tree { stroke: #0969da; stroke: var(--tree); stroke-width: 2.5; }
        .spare { stroke: #bc4c00; stroke: var(--spare); stroke-width: 1.5; }
        .silent { stroke: #6e7781; stroke: var(--faint); stroke-width: 1.5; }
        .lazy { stroke: #6e7781; stroke: var(--faint); stroke-dasharray: 4 4; opacity: 0.6; }
        .crowded .lazy[data-from] { opacity: 0.2; }
        .head { fill: #bc4c00; fill: var(--spare); }
        </style>
        """;

    private final StringBuilder out = new StringBuilder();
    private final BroadcastTree tree;
    private final TreeLayout layout;
    private final String title;

    private TreeSvg(final BroadcastTree tree) {
        this.tree = tree;
        this.title = title(tree);
        this.layout = new TreeLayout(tree, 2 * TreeLayout.MARGIN + Math.max(480, TreeLayout.textWidth(title)));
    }

    /**
     * Draws a tree.
     *
     * @param view what the nodes say.
     * @return an SVG document.
     */
    public static String print(final TreeView view) {
        return new TreeSvg(BroadcastTree.of(view)).print();
    }

    private String print() {
        final List<TreeLink> links = tree.links();
        final int legendY = layout.height() + LEGEND_ROW_HEIGHT;
        final int height = legendY + TreeLink.Kind.values().length * LEGEND_ROW_HEIGHT + TreeLayout.MARGIN;
        line("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\""
            + "%s>", layout.width(), height, layout.width(), height, links.size() > CROWD ? " class=\"crowded\"" : "");
        line("<title>%s</title>", title);
        out.append(STYLE);
        line("<rect class=\"paper\" width=\"%d\" height=\"%d\"/>", layout.width(), height);
        text(TreeLayout.MARGIN, TreeLayout.MARGIN, title);
        // What counts most is drawn last, over the rest.
        for (int i = links.size() - 1; i >= 0; i--) {
            link(links.get(i));
        }
        for (final TreeLayout.Heading heading : layout.headings()) {
            text(TreeLayout.MARGIN, heading.y(), words(heading.standing()) + ":");
        }
        layout.boxes().forEach(this::node);
        legend(legendY);
        return out.append("</svg>\n").toString();
    }

    private static String title(final BroadcastTree tree) {
        final StringBuilder text = new StringBuilder("Tree of " + tree.root() + ": ");
        text.append(tree.nodes().stream().filter(node -> tree.standing(node) == Standing.REACHED).count());
        text.append(" of ").append(tree.nodes().size()).append(" nodes reached");
        final long down = tree.nodes().stream().filter(node -> tree.standing(node) == Standing.DOWN).count();
        if (down > 0) {
            text.append(", ").append(down).append(" down");
        }
        if (tree.standing(tree.root()) == Standing.STRANGER) {
            text.append("; the root is not among the members");
        }
        return text.toString();
    }

    private static String words(final Standing standing) {
        return switch (standing) {
            case REACHED -> "reached";
            case UNREACHED -> "not in the tree";
            case DOWN -> "down";
            case STRANGER -> "no member, not asked";
        };
    }

    private static String words(final TreeLink.Kind kind) {
        return switch (kind) {
            case TREE -> "eager, in the tree";
            case SPARE -> "eager, beside the tree (pushes at the arrow)";
            case SILENT -> "eager, to a node that did not answer";
            case LAZY -> "lazy";
        };
    }

    private void node(final NodeId node, final TreeLayout.Box box) {
        final Standing standing = tree.standing(node);
        line("<g class=\"node %s%s\" data-node=\"%s\"><title>%s: %s</title>"
                + "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"5\"/>"
                + "<text x=\"%d\" y=\"%d\" textLength=\"%d\" lengthAdjust=\"spacingAndGlyphs\">%s</text></g>",
            standing.name().toLowerCase(Locale.ROOT), node.equals(tree.root()) ? " root" : "", node, node,
            words(standing), box.x(), box.y(), box.width(), TreeLayout.BOX_HEIGHT,
            box.x() + (box.width() - TreeLayout.textWidth(node.name())) / 2, box.y() + 16,
            TreeLayout.textWidth(node.name()), node);
    }

    private void link(final TreeLink link) {
        final TreeLayout.Box from = layout.boxes().get(link.from());
        final TreeLayout.Box to = layout.boxes().get(link.to());
        // From edge to edge where one box is to the left of the other; else out to the right and back.
        final boolean isRightwards = from.right() < to.x();
        final boolean isLeftwards = to.right() < from.x();
        final int x1 = isLeftwards ? from.x() : from.right();
        final int x2 = isRightwards ? to.x() : to.right();
        final int bend = isRightwards || isLeftwards ? (x1 + x2) / 2 : Math.max(x1, x2) + BEND;
        line("<path class=\"link %s\" data-from=\"%s\" data-to=\"%s\" d=\"M%d %dC%d %d %d %d %d %d\">"
                + "<title>%s %s %s: %s</title></path>",
            link.kindName(), link.from(), link.to(), x1, from.middle(), bend, from.middle(), bend, to.middle(), x2,
            to.middle(), link.from(), link.isMutual() ? "and" : "to", link.to(), words(link.kind()));
        if (link.kind() == TreeLink.Kind.SPARE) {
            head(x2, to.middle(), bend < x2);
            if (link.isMutual()) {
                head(x1, from.middle(), bend < x1);
            }
        }
    }

    /** Drawn by hand, as not every viewer turns the markers of a path's start; every link ends horizontally. */
    private void head(final int x, final int y, final boolean isRightwards) {
        line("<path class=\"head\" d=\"M%d %dl%d -4v8z\"/>", x, y, isRightwards ? -HEAD_LENGTH : HEAD_LENGTH);
    }

    private void legend(final int top) {
        line("<g class=\"legend\">");
        int y = top;
        for (final TreeLink.Kind kind : TreeLink.Kind.values()) {
            line("<path class=\"link %s\" d=\"M%d %dH%d\"/>", kind.name().toLowerCase(Locale.ROOT),
                TreeLayout.MARGIN, y - 4, TreeLayout.MARGIN + LEGEND_SAMPLE_WIDTH);
            if (kind == TreeLink.Kind.SPARE) {
                head(TreeLayout.MARGIN + LEGEND_SAMPLE_WIDTH, y - 4, true);
            }
            text(TreeLayout.MARGIN + LEGEND_SAMPLE_WIDTH + 12, y, words(kind));
            y += LEGEND_ROW_HEIGHT;
        }
        line("</g>");
    }

    /** As wide as was reckoned with, whatever font there is. */
    private void text(final int x, final int y, final String text) {
        line("<text x=\"%d\" y=\"%d\" textLength=\"%d\" lengthAdjust=\"spacingAndGlyphs\">%s</text>", x, y,
            TreeLayout.textWidth(text), text);
    }

    private void line(final String format, final Object... values) {
        out.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
