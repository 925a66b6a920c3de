package io.plumtree.engine;

import io.plumtree.api.Exchange;
import io.plumtree.api.Member;
import io.plumtree.api.MembersView;
import io.plumtree.api.NodeId;
import io.plumtree.api.PeerSets;
import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import io.plumtree.api.TreeView;
import io.plumtree.api.transport.Transport;
import io.plumtree.api.transport.TransportContext;
import io.plumtree.engine.agent.AgronaAccess;
import io.plumtree.engine.agent.InspectorAgent;
import io.plumtree.engine.codec.LinkFrameEncoder;
import io.plumtree.engine.codec.NameHash;
import io.plumtree.engine.codec.Query;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.counting.ErrorReporter;
import io.plumtree.engine.plugin.Discovery;
import io.plumtree.engine.query.Question;
import io.plumtree.engine.query.Timeouts;
import io.plumtree.engine.query.TreeReading;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Asks the nodes of a cluster about themselves without being one of them: it has no members, no handlers, and no tree
 * knows of it. Nodes answer it unless they are set not to, see
 * {@link io.plumtree.engine.options.QueryOptions#remote()}.
 *
 * <p>It has a thread of its own, a daemon. All methods are for any thread; answers complete their futures on another
 * than the inspector's.
 */
public final class ClusterInspector implements AutoCloseable {
    private static final int CLOSE_TIMEOUT_MS = 5_000;

    private final InspectorAgent agent;
    private final Transport transport;
    private final EngineCounters counters;
    private final AgentRunner runner;
    private final NanoClock clock;

    private ClusterInspector(
        final InspectorAgent agent,
        final Transport transport,
        final EngineCounters counters,
        final AgentRunner runner,
        final NanoClock clock) {
        this.agent = agent;
        this.transport = transport;
        this.counters = counters;
        this.runner = runner;
        this.clock = clock;
    }

    /**
     * Launches an inspector.
     *
     * @param ctx its options, used for this launch alone: cluster, bind, transport, the transport's options, error
     *            handler, idle strategy, and those of queries; the others it checks and ignores. Nodes must be able to
     *            reach it where it binds. If there is no name, one is made up.
     * @return the inspector, running.
     * @throws PlumtreeException if an option is not allowed, or the transport can't be made; nothing is left behind
     *     then.
     */
    public static ClusterInspector launch(final NodeContext ctx) {
        AgronaAccess.check();
        if (ctx.name() == null) {
            ctx.name("inspector-" + Long.toHexString(new SecureRandom().nextLong()));
        }
        ctx.conclude();
        if (ctx.transport() == null && (ctx.bind().startsWith("0.0.0.0:") || ctx.bind().startsWith("[::]:"))) {
            throw new PlumtreeException(Category.CONFIGURATION, NodeContext.BIND_PROPERTY + " (" + ctx.bind() +
                ") must name the one address at which nodes reach the inspector with their answers");
        }
        final NodeId self = NodeId.of(ctx.name());
        final EngineCounters counters = new EngineCounters();
        final NanoClock clock = SystemNanoClock.INSTANCE;
        final ErrorReporter reporter = new ErrorReporter(self, ctx.errorHandler(), counters, clock);
        final ErrorHandler errors = reporter.source(null);
        final Transport transport = ctx.transport() != null ? ctx.transport() : launchTransport(ctx, errors);
        try {
            final InspectorAgent agent = new InspectorAgent(
                self,
                NameHash.ofCluster(ctx.cluster()),
                transport,
                ctx.queries(),
                ctx.queries().queueLength(),
                counters,
                reporter,
                clock);
            final AgentRunner runner = new AgentRunner(
                ctx.engine().idleStrategySupplier().get(), agent::onLoopError, null, agent);
            AgentRunner.startOnThread(runner, task -> {
                final Thread thread = new Thread(() -> run(task, agent), agent.roleName());
                thread.setDaemon(true);
                return thread;
            });
            return new ClusterInspector(agent, transport, counters, runner, clock);
        } catch (final RuntimeException ex) {
            transport.close();
            throw ex;
        }
    }

    /** However the thread ends, what waits for an answer must not wait for ever. */
    private static void run(final Runnable task, final InspectorAgent agent) {
        Throwable error = null;
        try {
            task.run();
        } catch (final Throwable ex) {
            error = ex;
        } finally {
            agent.onThreadEnd(error);
        }
    }

    private static Transport launchTransport(final NodeContext ctx, final ErrorHandler errors) {
        final Map<String, String> options = new HashMap<>(ctx.options());
        options.keySet().removeIf(key -> !key.startsWith(ctx.transportName() + "."));
        // Nobody sends it anything longer than a greeting, and answers are shorter.
        return new Discovery(errors::onError).transport(ctx.transportName()).launch(
            new TransportContext(ctx.bind(), LinkFrameEncoder.MAX_GREETING_LENGTH, options, errors));
    }

    /**
     * The cluster as a node sees it.
     *
     * @param endpoint where the node listens, {@code host:port}.
     * @param timeout  how long to wait for the answer; positive.
     * @return the view; or an exception: a {@link java.util.concurrent.TimeoutException} (also if the node is of
     *     another cluster), a {@link PlumtreeException} if the node refuses, an {@link IllegalStateException} if the
     *     inspector is closed, a {@link java.util.concurrent.RejectedExecutionException} if too many queries wait.
     * @throws IllegalArgumentException if the endpoint is malformed, or the timeout is not positive.
     */
    public CompletableFuture<MembersView> members(final String endpoint, final Duration timeout) {
        return ask(endpoint, Question.members(), Timeouts.timeoutNs(timeout));
    }

    /**
     * A node's place in the tree of a root.
     *
     * @param endpoint where the node listens, {@code host:port}.
     * @param root     the root, which may be any node.
     * @param timeout  how long to wait for the answer; positive.
     * @return its eager and lazy peers, or an exception as {@link #members} has them.
     * @throws IllegalArgumentException if the endpoint is malformed, or the timeout is not positive.
     */
    public CompletableFuture<PeerSets> peers(final String endpoint, final NodeId root, final Duration timeout) {
        return ask(endpoint, Question.peers(root), Timeouts.timeoutNs(timeout));
    }

    /**
     * The exchanges that run, of those that a node initiated.
     *
     * @param endpoint where the node listens, {@code host:port}.
     * @param timeout  how long to wait for the answer; positive.
     * @return the exchanges, or an exception as {@link #members} has them.
     * @throws IllegalArgumentException if the endpoint is malformed, or the timeout is not positive.
     */
    public CompletableFuture<List<Exchange>> exchanges(final String endpoint, final Duration timeout) {
        return ask(endpoint, Question.exchanges(), Timeouts.timeoutNs(timeout));
    }

    /**
     * The tree of a root as the members tell it. One node is asked who they are, then all of them at once for their
     * places.
     *
     * @param contact where the node listens that is asked for the members, {@code host:port}.
     * @param root    the root, which may be any node.
     * @param timeout how long to wait for all answers together; positive.
     * @return the tree, in which members that do not answer in time, or refuse to, are down; or an exception as
     *     {@link #members} has them, if the contact does not answer.
     * @throws IllegalArgumentException if the endpoint is malformed, or the timeout is not positive.
     */
    public CompletableFuture<TreeView> tree(final String contact, final NodeId root, final Duration timeout) {
        final long timeoutNs = Timeouts.timeoutNs(timeout);
        final long startNs = clock.nanoTime();
        final CompletableFuture<TreeView> tree = new CompletableFuture<>();
        ask(contact, Question.members(), timeoutNs).whenComplete((view, error) -> {
            if (error != null) {
                tree.completeExceptionally(error instanceof CompletionException ? error.getCause() : error);
            } else {
                // Whatever is left, if only enough to find that it is too late.
                final long leftNs = Math.max(1, timeoutNs - (clock.nanoTime() - startNs));
                readTree(contact, view, root, leftNs, tree);
            }
        });
        return tree;
    }

    private void readTree(
        final String contact,
        final MembersView view,
        final NodeId root,
        final long timeoutNs,
        final CompletableFuture<TreeView> tree) {
        final Map<NodeId, CompletableFuture<PeerSets>> answers = new HashMap<>();
        for (final Member member : view.members()) {
            answers.put(member.id(), Timeouts.within("node '" + member.id() + "'", timeoutNs));
        }
        TreeReading.read(root, answers, tree);
        command(answers.values(), () -> {
            for (final Member member : view.members()) {
                // The contact may know of itself only that it listens on all its machine's addresses.
                final String endpoint = member.id().equals(view.node()) ? contact : member.endpoint();
                agent.ask(endpoint, member.id(), Question.peers(root), timeoutNs, answers.get(member.id()));
            }
        });
    }

    private <T, R> CompletableFuture<R> ask(
        final String endpoint, final Question<T, R> question, final long timeoutNs) {
        if (!Query.isEndpoint(Member.checkEndpoint(endpoint))) {
            throw new IllegalArgumentException("endpoint must be host:port, with a port of 1 to 65535: '" +
                endpoint + "'");
        }
        final CompletableFuture<R> answer = Timeouts.within(endpoint, timeoutNs);
        command(List.of(answer), () -> agent.ask(endpoint, null, question, timeoutNs, answer));
        return answer;
    }

    /** Lets the agent's thread do it; what keeps it from that fails the answers. */
    private <R> void command(final Iterable<CompletableFuture<R>> answers, final Runnable task) {
        agent.commands().ask(() -> {
            task.run();
            return null;
        }).whenComplete((done, error) -> {
            if (error != null) {
                answers.forEach(answer -> answer.completeExceptionally(error));
            }
        });
    }

    /**
     * What the inspector and its transport have counted.
     *
     * @return values by label, sorted by label; a snapshot.
     */
    public Map<String, Long> counters() {
        final Map<String, Long> values = counters.snapshot();
        transport.forEachCounter((label, value) -> values.put(label, value));
        return Collections.unmodifiableMap(values);
    }

    /** Closes the inspector: what has not been answered yet fails. Harmless when closed. Any thread. */
    @Override
    public void close() {
        runner.close(CLOSE_TIMEOUT_MS, thread -> { });
    }
}
