package io.plumtree.node.inspect;

import io.plumtree.api.Member;
import io.plumtree.api.MembersView;
import io.plumtree.api.NodeId;
import io.plumtree.engine.NodeContext;
import io.plumtree.node.Versions;
import io.plumtree.node.options.Defaults;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plumtree exchanges}: lists the exchanges that run. */
@Command(
    name = "exchanges",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    sortOptions = false,
    description = {
        "Lists the exchanges that run in a cluster, each at the node that initiated it: of the contact, or of the nodes"
            + " asked for.",
        "",
        "Exit status 2 if the contact, or the only node asked for, does not answer.",
        ""
    },
    footer = {
        "",
        "Fields of the JSON: nodes; of each node name, endpoint, error (why it does not answer, or null),"
            + " exchanges (null if it does not); of each exchange handle, id, handler, peer, ageMs."
    })
public final class ExchangesCommand implements Callable<Integer> {
    private final Defaults defaults;
    private final Function<NodeContext, ClusterQueries> launcher;

    @Option(names = "--node", paramLabel = "NAME",
        description = "A member of the cluster, found through the contact, whose exchanges to list.")
    private String node;

    @Option(names = "--all", description = "List the exchanges of all members that the contact knows.")
    private boolean isAll;

    @Option(names = "--format", defaultValue = "text", paramLabel = "text|json",
        description = "How to show them: lines of text, or JSON. Default: ${DEFAULT-VALUE}.")
    private ListFormat format;

    @Mixin
    private InspectOptions inspect;

    /**
     * A command, to be filled in by the parser.
     *
     * @param defaults where options come from that are not on the command line.
     */
    public ExchangesCommand(final Defaults defaults) {
        this(defaults, ClusterQueries::launch);
    }

    ExchangesCommand(final Defaults defaults, final Function<NodeContext, ClusterQueries> launcher) {
        this.defaults = defaults;
        this.launcher = launcher;
    }

    @Override
    public Integer call() throws Exception {
        if (isAll && node != null) {
            throw inspect.usage("--all and --node exclude each other");
        }
        final NodeId id = node == null ? null : inspect.name("--node", node);
        return inspect.answer(defaults, launcher, (queries, contact, deadline) -> {
            final CompletableFuture<MembersView> members = queries.members(contact, deadline.forAnswers());
            final CompletableFuture<List<NodeExchanges>> answer;
            if (isAll) {
                answer = members.thenCompose(view -> ofAll(queries, contact, view, deadline));
            } else if (id != null) {
                answer = members.thenCompose(view -> ofOne(queries, contact, view, id, deadline));
            } else {
                answer = members.thenCombine(queries.exchanges(contact, deadline.forAnswers()), (view, exchanges) ->
                    List.of(new NodeExchanges(view.node().name(), contact, exchanges, null)));
            }
            return answer.thenApply(format == ListFormat.JSON ? ExchangesReport::json : ExchangesReport::text);
        });
    }

    private Member member(final MembersView view, final NodeId id) {
        return view.members().stream().filter(member -> member.id().equals(id)).findFirst().orElseThrow(() ->
            inspect.usage("--node must be a member that the contact knows ("
                + view.members().stream().map(member -> member.id().name()).collect(Collectors.joining(", "))
                + "): '" + id + "'"));
    }

    private CompletableFuture<List<NodeExchanges>> ofOne(
        final ClusterQueries queries,
        final String contact,
        final MembersView view,
        final NodeId id,
        final Deadline deadline) {
        final String endpoint = endpoint(contact, view, member(view, id));
        return queries.exchanges(endpoint, deadline.forAnswers()).handle((exchanges, ex) -> {
            if (isSilence(ex)) {
                throw new CompletionException(
                    new NoAnswerException("no answer from '" + id + "' at " + endpoint + " in time", ex));
            }
            if (ex != null) {
                throw new CompletionException(unwrapped(ex));
            }
            return List.of(new NodeExchanges(id.name(), endpoint, exchanges, null));
        });
    }

    /** All at once; who does not answer is told as such. */
    private static CompletableFuture<List<NodeExchanges>> ofAll(
        final ClusterQueries queries, final String contact, final MembersView view, final Deadline deadline) {
        final List<CompletableFuture<NodeExchanges>> answers = view.members().stream().map(member -> {
            final String endpoint = endpoint(contact, view, member);
            return queries.exchanges(endpoint, deadline.forAnswers()).handle((exchanges, ex) -> new NodeExchanges(
                member.id().name(), endpoint, exchanges,
                ex == null ? null : isSilence(ex) ? "no answer" : unwrapped(ex).getMessage()));
        }).toList();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
            .thenApply(done -> answers.stream().map(CompletableFuture::join).toList());
    }

    /** The contact may know of itself only that it listens on all its machine's addresses. */
    private static String endpoint(final String contact, final MembersView view, final Member member) {
        return member.id().equals(view.node()) ? contact : member.endpoint();
    }

    private static boolean isSilence(final Throwable ex) {
        return ex != null && unwrapped(ex) instanceof TimeoutException;
    }

    private static Throwable unwrapped(final Throwable ex) {
        return ex instanceof CompletionException && ex.getCause() != null ? ex.getCause() : ex;
    }
}
