package io.plumtree.node.tree;

import io.plumtree.api.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where everything is in a drawing, in pixels: the root at the left, a column for each number of hops, each node as
 * high as the middle of those below it; beneath, what does not hang in the tree, in a grid for each reason. No two
 * boxes overlap, since each leaf has a row of its own.
 */
final class TreeLayout {
    /** Space around everything. */
    static final int MARGIN = 24;
    static final int BOX_HEIGHT = 24;
    /** From one row to the next. */
    static final int ROW_HEIGHT = 36;
    /** Between columns, for links. */
    static final int COLUMN_GAP = 80;
    /** What a fixed-width letter of 12 pixels takes; the drawing has texts fitted to that. */
    static final double LETTER_WIDTH = 7.25;
    private static final int BOX_PADDING = 10;
    private static final int TITLE_HEIGHT = 44;
    private static final int HEADING_HEIGHT = 30;

    /**
     * A node's box.
     *
     * @param x     left edge.
     * @param y     upper edge.
     * @param width its width.
     */
    record Box(int x, int y, int width) {
        int right() {
            return x + width;
        }

        int middle() {
            return y + BOX_HEIGHT / 2;
        }
    }

    /**
     * What stands above a grid.
     *
     * @param standing why its nodes don't hang in the tree.
     * @param y        base line of the text.
     */
    record Heading(Standing standing, int y) {
    }

    private final BroadcastTree tree;
    private final Map<NodeId, Box> boxes = new LinkedHashMap<>();
    private final List<Heading> headings = new ArrayList<>();
    private int width;
    private int height = TITLE_HEIGHT;

    /**
     * Lays a tree out.
     *
     * @param tree     the tree.
     * @param minWidth how wide it is at least, margins included.
     */
    TreeLayout(final BroadcastTree tree, final int minWidth) {
        this.tree = tree;
        this.width = minWidth;
        final List<Integer> columns = columns();
        place(tree.root(), columns, 0);
        for (final Standing standing : List.of(Standing.UNREACHED, Standing.DOWN, Standing.STRANGER)) {
            grid(standing, tree.beside(standing));
        }
    }

    /** Width of a text. */
    static int textWidth(final String text) {
        return (int) Math.ceil(text.length() * LETTER_WIDTH);
    }

    /** The boxes, by node. */
    Map<NodeId, Box> boxes() {
        return boxes;
    }

    /** The headings of the grids. */
    List<Heading> headings() {
        return headings;
    }

    /** Width of all, margins included. */
    int width() {
        return width;
    }

    /** Height of all but the lower margin. */
    int height() {
        return height;
    }

    /** Left edges of the columns, by depth. */
    private List<Integer> columns() {
        final List<Integer> lefts = new ArrayList<>();
        int left = MARGIN;
        for (List<NodeId> level = List.of(tree.root()); !level.isEmpty(); level = below(level)) {
            lefts.add(left);
            left += widest(level) + COLUMN_GAP;
        }
        width = Math.max(width, left + MARGIN);
        return lefts;
    }

    private List<NodeId> below(final List<NodeId> level) {
        return level.stream().flatMap(node -> tree.children(node).stream()).toList();
    }

    /** Leaves take the next row; all others come between those below them. */
    private Box place(final NodeId node, final List<Integer> columns, final int depth) {
        final List<Box> below = new ArrayList<>();
        for (final NodeId child : tree.children(node)) {
            below.add(place(child, columns, depth + 1));
        }
        final int y;
        if (below.isEmpty()) {
            y = height;
            height += ROW_HEIGHT;
        } else {
            y = (below.get(0).y() + below.get(below.size() - 1).y()) / 2;
        }
        final Box box = new Box(columns.get(depth), y, boxWidth(node));
        boxes.put(node, box);
        return box;
    }

    private void grid(final Standing standing, final List<NodeId> nodes) {
        if (nodes.isEmpty()) {
            return;
        }
        height += HEADING_HEIGHT;
        headings.add(new Heading(standing, height - BOX_PADDING));
        final int cellWidth = widest(nodes) + COLUMN_GAP;
        final int columns = Math.max(1, (width - 2 * MARGIN) / cellWidth);
        for (int i = 0; i < nodes.size(); i++) {
            final NodeId node = nodes.get(i);
            boxes.put(node, new Box(
                MARGIN + i % columns * cellWidth, height + i / columns * ROW_HEIGHT, boxWidth(node)));
        }
        height += (nodes.size() + columns - 1) / columns * ROW_HEIGHT;
        width = Math.max(width, 2 * MARGIN + cellWidth);
    }

    private static int boxWidth(final NodeId node) {
        return textWidth(node.name()) + 2 * BOX_PADDING;
    }

    private static int widest(final Collection<NodeId> nodes) {
        return nodes.stream().mapToInt(TreeLayout::boxWidth).max().orElse(0);
    }
}
