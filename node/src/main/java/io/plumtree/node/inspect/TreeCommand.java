package io.plumtree.node.inspect;

import io.plumtree.api.NodeId;
import io.plumtree.api.TreeView;
import io.plumtree.engine.NodeContext;
import io.plumtree.node.Versions;
import io.plumtree.node.options.Defaults;
import io.plumtree.node.tree.TreeDot;
import io.plumtree.node.tree.TreeJson;
import io.plumtree.node.tree.TreeSvg;
import io.plumtree.node.tree.TreeText;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plumtree tree}: shows the tree of a root. */
@Command(
    name = "tree",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    sortOptions = false,
    description = {
        "Shows the tree of a root, as the nodes of a running cluster tell it.",
        "",
        "Asks one node for the members, and each member for its peers in the tree of the root. A node hangs below the"
            + " one from which a payload reaches it with the fewest hops; other eager links, lazy links, nodes that"
            + " no eager link leads to and nodes that are down are told apart. The answers are not of one instant:"
            + " while the tree changes, two nodes can disagree about the link between them.",
        "",
        "Exit status 2 if the contact does not answer.",
        ""
    },
    footer = {
        "",
        "Fields of the JSON: root, rootIsMember, nodes; of each node name, standing (reached, unreached, down,"
            + " stranger: named by others, but no member that the contact knows), parent, depth, children, eager, lazy,"
            + " spare (eager beside the tree). Names are sorted; what is not known is null.",
        "",
        "  plumtree tree --root a --contact localhost:21001",
        "  plumtree tree --root a --contact localhost:21001 --format svg >a.svg",
        "  plumtree tree --root a --contact localhost:21001 --format dot | dot -Tx11"
    })
public final class TreeCommand implements Callable<Integer> {
    private final Defaults defaults;
    private final Function<NodeContext, ClusterQueries> launcher;

    @Option(names = "--root", required = true, paramLabel = "NAME",
        description = "The node whose broadcasts take the tree; one that is down, or no member, too. Required.")
    private String root;

    @Option(names = "--format", defaultValue = "text", paramLabel = "text|dot|svg|json",
        description = "How to show it: indented text (which counts peers where there are more than 8), Graphviz's"
            + " language, a drawing, or JSON. Default: ${DEFAULT-VALUE}.")
    private Format format;

    @Mixin
    private InspectOptions inspect;

    /** How a tree is shown. */
    enum Format {
        /** Indented text. */
        TEXT(TreeText::print),
        /** Graphviz's language. */
        DOT(TreeDot::print),
        /** A drawing. */
        SVG(TreeSvg::print),
        /** For programs. */
        JSON(TreeJson::print);

        private final Function<TreeView, String> printer;

        Format(final Function<TreeView, String> printer) {
            this.printer = printer;
        }
    }

    /**
     * A command, to be filled in by the parser.
     *
     * @param defaults where options come from that are not on the command line.
     */
    public TreeCommand(final Defaults defaults) {
        this(defaults, ClusterQueries::launch);
    }

    TreeCommand(final Defaults defaults, final Function<NodeContext, ClusterQueries> launcher) {
        this.defaults = defaults;
        this.launcher = launcher;
    }

    @Override
    public Integer call() throws Exception {
        final NodeId id = inspect.name("--root", root);
        return inspect.answer(defaults, launcher, (queries, contact, deadline) ->
            queries.tree(contact, id, deadline.forAnswers()).thenApply(format.printer));
    }
}
