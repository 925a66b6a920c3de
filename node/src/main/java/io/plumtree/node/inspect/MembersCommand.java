package io.plumtree.node.inspect;

import io.plumtree.engine.NodeContext;
import io.plumtree.node.Versions;
import io.plumtree.node.options.Defaults;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plumtree members}: lists the members of a cluster. */
@Command(
    name = "members",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    sortOptions = false,
    description = {
        "Lists the members of a running cluster as one of its nodes, the contact, sees them: name, where it listens,"
            + " and whether the contact has a link to it: up, down, none (no neighbour), self (the contact itself).",
        "",
        "Exit status 2 if the contact does not answer.",
        ""
    },
    footer = {
        "",
        "Fields of the JSON: node (the contact's name), members; of each member name, endpoint, link (up, down, none,"
            + " self)."
    })
public final class MembersCommand implements Callable<Integer> {
    private final Defaults defaults;
    private final Function<NodeContext, ClusterQueries> launcher;

    @Option(names = "--format", defaultValue = "text", paramLabel = "text|json",
        description = "How to show them: a line each, or JSON. Default: ${DEFAULT-VALUE}.")
    private ListFormat format;

    @Mixin
    private InspectOptions inspect;

    /**
     * A command, to be filled in by the parser.
     *
     * @param defaults where options come from that are not on the command line.
     */
    public MembersCommand(final Defaults defaults) {
        this(defaults, ClusterQueries::launch);
    }

    MembersCommand(final Defaults defaults, final Function<NodeContext, ClusterQueries> launcher) {
        this.defaults = defaults;
        this.launcher = launcher;
    }

    @Override
    public Integer call() throws Exception {
        return inspect.answer(defaults, launcher, (queries, contact, deadline) ->
            queries.members(contact, deadline.forAnswers())
                .thenApply(format == ListFormat.JSON ? MembersReport::json : MembersReport::text));
    }
}
