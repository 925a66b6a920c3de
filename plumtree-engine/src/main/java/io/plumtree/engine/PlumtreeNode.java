package io.plumtree.engine;

import io.plumtree.api.Exchange;
import io.plumtree.api.ExchangeSelector;
import io.plumtree.api.Member;
import io.plumtree.api.NodeId;
import io.plumtree.api.PeerSets;
import io.plumtree.api.PlumtreeException;
import io.plumtree.api.PlumtreeException.Category;
import io.plumtree.api.TreeView;
import io.plumtree.api.transport.Transport;
import io.plumtree.engine.agent.AgronaAccess;
import io.plumtree.engine.agent.EngineAgent;
import io.plumtree.engine.counting.EngineCounter;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.handlers.HandlerRegistry;
import io.plumtree.engine.handlers.HandlerSlot;
import io.plumtree.engine.options.EngineOptions;
import io.plumtree.engine.options.ExchangeOptions;
import io.plumtree.engine.options.MembershipOptions;
import io.plumtree.engine.ring.Broadcaster;
import io.plumtree.engine.ring.CommandRings;
import io.plumtree.engine.ring.SleepUntilWork;
import io.plumtree.engine.settings.EngineSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeoutException;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.IdleStrategy;

/**
 * A node of a cluster: broadcasts messages through its handlers to every other member, and takes theirs to its own.
 *
 * <p>The engine runs on one thread: its own, or that which drives {@link #invoker()}. The methods here are for any
 * thread.
 */
public final class PlumtreeNode implements AutoCloseable {
    private final EngineSettings settings;
    private final EngineCounters counters;
    private final HandlerRegistry registry;
    private final CommandRings rings;
    private final Broadcaster broadcaster;
    private final Transport transport;
    private final EngineAgent agent;
    private final Answers answers;
    private final NodeInspection inspection;
    private final AgentInvoker invoker;
    private final EngineLoop loop;

    private PlumtreeNode(final NodeLauncher launcher, final NodeContext ctx) {
        this.settings = launcher.settings();
        this.counters = launcher.counters();
        this.registry = launcher.registry();
        this.rings = launcher.rings();
        this.transport = launcher.transport();
        this.agent = launcher.agent();
        this.inspection = new NodeInspection(agent);
        this.broadcaster = new Broadcaster(registry, rings, counters);
        this.answers = new Answers(agent);
        if (ctx.engine().useInvoker()) {
            invoker = new AgentInvoker(agent::onLoopError, null, agent);
            loop = null;
        } else {
            invoker = null;
            loop = new EngineLoop(agent, idleStrategy(ctx), settings.closeTimeoutNs());
        }
    }

    /**
     * Launches a node.
     *
     * @param context its options; used for this launch alone.
     * @return the node, running.
     * @throws io.plumtree.api.PlumtreeException if the JVM lacks the flag that Agrona needs, an option is not
     *     allowed, the transport can't be made, or a handler does not start; nothing is left behind then.
     */
    public static PlumtreeNode launch(final NodeContext context) {
        AgronaAccess.check();
        context.conclude();
        final NodeLauncher launcher = new NodeLauncher(context);
        launcher.launch();
        final PlumtreeNode node = new PlumtreeNode(launcher, context);
        try {
            context.beforeStart().accept(node);
            node.start(context);
        } catch (final Throwable ex) {
            node.close();
            throw ex;
        }
        return node;
    }

    /**
     * This node's identity.
     *
     * @return the identity.
     */
    public NodeId id() {
        return settings.self().id();
    }

    /**
     * This node and where it listens, with the port resolved.
     *
     * @return this node, as others would name it among their members.
     */
    public Member self() {
        return settings.self();
    }

    /**
     * Distinguishes this run of the node from its earlier ones: grows from run to run. It may grow during a run, too:
     * where others know a later run of this name, as after a clock was set back, the node goes on above that. Any
     * thread.
     *
     * @return milliseconds since 1970 at the launch, or more; positive.
     */
    public long incarnation() {
        return settings.incarnation().get();
    }

    /**
     * The members that were given at launch or by the last {@link #update} that is in effect, and this node. Of a node
     * that finds its members by itself, those of its full view; without one, its neighbours. Any thread; asks nobody.
     *
     * @return the members, by name; a snapshot.
     */
    public List<Member> members() {
        return agent.members();
    }

    /**
     * Gives the node new members, instead of those it has. Who is no member any more is told goodbye and forgotten;
     * who is new becomes an eager peer in every root's tree, whose other links stay as they are
     * ({@link io.plumtree.protocol.options.PlumtreeOptions#resetTreesOnJoin()} for the reference's way); who listens
     * elsewhere than before keeps its place in the trees. Never blocks; any thread. The last call wins: an update that
     * the engine has not begun with is replaced by the next.
     *
     * @param members the members; this node may be among them, and its endpoint is not looked at.
     * @return completes once this update, or a later one that has replaced it, is in effect, on another thread than
     *     the engine's. Fails where the node is closed, or the transport has no room for a link; nothing has changed
     *     then. Callers whose updates have replaced one another share it, so that it can't be completed or cancelled.
     *     Don't wait for it on the thread that runs the engine.
     * @throws PlumtreeException    if the node finds its members by itself
     *                              ({@link io.plumtree.engine.options.MembershipKind#HYPARVIEW}), a name is there
     *                              twice with different endpoints, two names have the same value, a peer's port is 0,
     *                              or there are more than
     *                              {@link io.plumtree.protocol.options.PlumtreeOptions#maxPeers()} besides this node;
     *                              nothing has changed then.
     * @throws NullPointerException if the collection, or a member, is null.
     */
    public CompletableFuture<Void> update(final Collection<Member> members) {
        final List<Member> peers;
        try {
            if (settings.findsNeighbours()) {
                throw new PlumtreeException(Category.CONFIGURATION, "node '" + id() + "' takes no update: it finds " +
                    "its members by itself, as " + MembershipOptions.KIND_PROPERTY + " is hyparview");
            }
            peers = MemberChecks.peers("update", id(), members, settings.protocol().maxPeers());
        } catch (final PlumtreeException ex) {
            counters.get(EngineCounter.MEMBERSHIP_REFUSED).increment();
            throw ex;
        }
        return agent.update(peers);
    }

    /**
     * Asks the engine for the members, after all updates given before, and waits for it. Any thread but the one that
     * runs the engine.
     *
     * @return the members, by name, this node included.
     * @throws InterruptedException  if the thread is interrupted meanwhile.
     * @throws IllegalStateException if the node is closed, or this thread runs the engine.
     * @throws java.util.concurrent.RejectedExecutionException if too many queries wait.
     */
    public List<Member> broadcastMembers() throws InterruptedException {
        return answers.await("broadcastMembers", this::broadcastMembersAsync);
    }

    /**
     * Asks the engine for the members as {@link #broadcastMembers()} does, but waits no longer than a time.
     *
     * @param timeout more than 0.
     * @return the members, by name, this node included.
     * @throws InterruptedException     if the thread is interrupted meanwhile.
     * @throws TimeoutException         if there is no answer in time.
     * @throws IllegalArgumentException if the timeout is 0 or less.
     * @throws IllegalStateException    if the node is closed, or this thread runs the engine.
     * @throws java.util.concurrent.RejectedExecutionException if too many queries wait.
     */
    public List<Member> broadcastMembers(final Duration timeout) throws InterruptedException, TimeoutException {
        return answers.await("broadcastMembers", timeout, this::broadcastMembersAsync);
    }

    /**
     * Asks the engine for the members, after all updates given before. Any thread, as {@link #peerSets}.
     *
     * @return the members, by name, this node included; or an exception: the node is closed, or too many queries wait.
     */
    public CompletableFuture<List<Member>> broadcastMembersAsync() {
        return agent.queries().ask(agent::updatedMembers);
    }

    /**
     * How often messages are announced to lazy peers. Any thread.
     *
     * @return nanoseconds.
     */
    public long lazyTickPeriodNs() {
        return agent.lazyTickPeriodNs();
    }

    /**
     * Sets how often messages are announced to lazy peers, from now on: the time since the last tick counts. Any
     * thread.
     *
     * @param periodNs 1 ms to 1 minute, in nanoseconds.
     * @throws PlumtreeException if it is outside that range; nothing has changed then.
     */
    public void lazyTickPeriodNs(final long periodNs) {
        NodeContextChecks.checkLazyTickPeriod(periodNs);
        agent.lazyTickPeriodNs(periodNs);
    }

    /**
     * Broadcasts an application's data through a handler. Never blocks, allocates nothing in the steady state; any
     * thread.
     *
     * @param handler name of the handler.
     * @param data    holds the data, which is copied.
     * @param offset  where it starts.
     * @param length  its length in bytes.
     * @return a position (positive), or a negative {@link io.plumtree.api.BroadcastResult}. Once
     *     {@link #consumedPosition(String)} has reached the position, the message has been handed to the peers.
     */
    public long broadcast(final String handler, final DirectBuffer data, final int offset, final int length) {
        return broadcaster.broadcast(handler, data, offset, length);
    }

    /**
     * How far the engine has come in the stream of this node's broadcasts on the default channel. Any thread.
     *
     * @return all broadcasts with positions up to here, of handlers on that channel, have been handed to the peers; 0
     *     if there is no such handler.
     */
    public long consumedPosition() {
        return rings.consumedPosition();
    }

    /**
     * How far the engine has come in the stream of this node's broadcasts on a handler's channel. Each channel has
     * positions of its own; handlers of one channel share them. Any thread.
     *
     * @param handler name of the handler.
     * @return all broadcasts with positions up to here, of handlers on that channel, have been handed to the peers.
     * @throws io.plumtree.api.PlumtreeException if there is no handler of that name.
     */
    public long consumedPosition(final String handler) {
        return rings.of(slot(handler)).consumedPosition();
    }

    /**
     * The channel on which a handler's broadcasts and exchanges travel (the reference's {@code broadcast_channel/1}).
     *
     * @param handler name of the handler.
     * @return the channel's name.
     * @throws io.plumtree.api.PlumtreeException if there is no handler of that name.
     */
    public String broadcastChannel(final String handler) {
        return registry.channelOf(slot(handler));
    }

    private HandlerSlot slot(final String handler) {
        final HandlerSlot slot = registry.byName(handler);
        if (slot == null) {
            throw new PlumtreeException(Category.HANDLER, "node '" + id() + "' has no handler '" + handler +
                "' (handlers: " + registry.names() + ")");
        }
        return slot;
    }

    /**
     * A handler, to use the methods of its own.
     *
     * @param handler its name.
     * @param type    what it is.
     * @param <T>     what it is.
     * @return the handler.
     * @throws io.plumtree.api.PlumtreeException if there is none of that name, or it is something else.
     */
    public <T> T handler(final String handler, final Class<T> type) {
        final HandlerSlot slot = slot(handler);
        if (!type.isInstance(slot.handler())) {
            throw new PlumtreeException(Category.HANDLER, "handler '" + handler + "' is a " +
                slot.handler().getClass().getName() + " of " + slot.handler().getClass().getModule() + ", not a " +
                type.getName() + " of " + type.getModule());
        }
        return type.cast(slot.handler());
    }

    /**
     * The names of this node's handlers.
     *
     * @return the names, sorted.
     */
    public List<String> handlers() {
        return registry.names();
    }

    /**
     * This node's place in the tree of a root. Any thread but, in invoker mode, don't wait for it on the thread that
     * invokes.
     *
     * @param root the root, which may be this node.
     * @return its eager and lazy peers, or an exception: the node is closed, or too many queries wait.
     */
    public CompletableFuture<PeerSets> peerSets(final NodeId root) {
        return agent.queries().ask(() -> agent.inspection().peerSets(root));
    }

    /**
     * The peers whose links are up. Any thread, as {@link #peerSets}.
     *
     * @return the peers, or an exception: the node is closed, or too many queries wait.
     */
    public CompletableFuture<Set<NodeId>> connectedPeers() {
        return agent.queries().ask(agent.inspection()::connectedPeers);
    }

    /**
     * The exchanges that run and that this node has initiated. Any thread, as {@link #peerSets}.
     *
     * @return the exchanges, the oldest first, or an exception: the node is closed, or too many queries wait.
     */
    public CompletableFuture<List<Exchange>> exchangesAsync() {
        return agent.queries().ask(agent.inspection()::exchanges);
    }

    /**
     * The exchanges that run and that this node has initiated; waits for as long as it takes. Any thread but the
     * engine's and, in invoker mode, the one that invokes.
     *
     * @return the exchanges, the oldest first.
     * @throws InterruptedException                            if the thread is interrupted.
     * @throws IllegalStateException                           if the node is closed, or this is the engine's thread.
     * @throws java.util.concurrent.RejectedExecutionException if too many queries wait.
     */
    public List<Exchange> exchanges() throws InterruptedException {
        return answers.await("exchanges", this::exchangesAsync);
    }

    /**
     * The exchanges that run and that this node has initiated. Any thread, as {@link #exchanges()}.
     *
     * @param timeout how long to wait at most.
     * @return the exchanges, the oldest first.
     * @throws InterruptedException                            if the thread is interrupted.
     * @throws TimeoutException                                if it takes longer.
     * @throws IllegalStateException                           if the node is closed, or this is the engine's thread.
     * @throws java.util.concurrent.RejectedExecutionException if too many queries wait.
     */
    public List<Exchange> exchanges(final Duration timeout) throws InterruptedException, TimeoutException {
        return answers.await("exchanges", timeout, this::exchangesAsync);
    }

    /**
     * Cancels exchanges that this node has initiated, on both sides. What their handlers have done until then stays
     * done. Any thread, as {@link #peerSets}.
     *
     * @param selector which.
     * @return what was cancelled, or an exception: the node is closed, or too many queries wait.
     */
    public CompletableFuture<List<Exchange>> cancelExchangesAsync(final ExchangeSelector selector) {
        Objects.requireNonNull(selector, "selector");
        return agent.queries().ask(() -> agent.cancelExchanges(selector));
    }

    /**
     * Cancels exchanges as {@link #cancelExchangesAsync}, and waits until that is done. Any thread, as
     * {@link #exchanges()}.
     *
     * @param selector which.
     * @param timeout  how long to wait at most; they may be cancelled even so if it takes longer.
     * @return what was cancelled.
     * @throws InterruptedException                            if the thread is interrupted.
     * @throws TimeoutException                                if it takes longer.
     * @throws IllegalStateException                           if the node is closed, or this is the engine's thread.
     * @throws java.util.concurrent.RejectedExecutionException if too many queries wait.
     */
    public List<Exchange> cancelExchanges(final ExchangeSelector selector, final Duration timeout)
        throws InterruptedException, TimeoutException {
        return answers.await("cancelExchanges", timeout, () -> cancelExchangesAsync(selector));
    }

    /**
     * How often this node starts exchanges with a random peer. Any thread.
     *
     * @return nanoseconds; 0 for never.
     */
    public long exchangeTickPeriodNs() {
        return agent.exchangeTickPeriodNs();
    }

    /**
     * Changes how often this node starts exchanges with a random peer; the next time is within the new period. Any
     * thread.
     *
     * @param periodNs nanoseconds, as {@link ExchangeOptions#tickPeriodNs(long)}: 1 ms to 1 day, or 0 for never.
     * @throws IllegalArgumentException naming the value and what is allowed.
     */
    public void exchangeTickPeriodNs(final long periodNs) {
        agent.exchangeTickPeriodNs(ExchangeOptions.checkTickPeriodNs(periodNs));
    }

    /**
     * Asks a member, or this node itself, for its place in the tree of a root. Any thread.
     *
     * @param node    whom to ask.
     * @param root    the root, which may be any node.
     * @param timeout how long to wait for the answer; positive.
     * @return its eager and lazy peers, completed on a thread of its own; or an exception: a {@link TimeoutException},
     *     an {@link IllegalArgumentException} if the node is no member, an {@link IllegalStateException} if this node
     *     is closed, a {@link java.util.concurrent.RejectedExecutionException} if too many queries wait, a
     *     {@link PlumtreeException} if the node refuses.
     * @throws IllegalArgumentException if the timeout is not positive.
     */
    public CompletableFuture<PeerSets> debugGetPeersAsync(
        final NodeId node, final NodeId root, final Duration timeout) {
        return inspection.peers(node, root, timeout);
    }

    /**
     * As {@link #debugGetPeersAsync}, but waits for the answer. Any thread but the engine's; in invoker mode another
     * one has to go on driving the engine.
     *
     * @param node    whom to ask.
     * @param root    the root, which may be any node.
     * @param timeout how long to wait for the answer; positive.
     * @return its eager and lazy peers.
     * @throws InterruptedException  if the thread is interrupted while it waits.
     * @throws TimeoutException      if the node does not answer in time.
     * @throws IllegalStateException on the engine's own thread, which would wait for itself.
     */
    public PeerSets debugGetPeers(final NodeId node, final NodeId root, final Duration timeout)
        throws InterruptedException, TimeoutException {
        return answers.awaitTimed("debugGetPeers", () -> inspection.peers(node, root, timeout));
    }

    /**
     * Asks members, this node among them or not, for the tree of a root. All are asked at once, so that the whole takes
     * no longer than one timeout. Any thread.
     *
     * @param root    the root, which may be any node.
     * @param nodes   whom to ask; {@link #members()} has everyone.
     * @param timeout how long to wait for the answers; positive.
     * @return the tree, in which nodes that do not answer in time, or refuse to, are down; or an exception, as
     *     {@link #debugGetPeersAsync} has them: a node that is no member at all is an error, not down.
     * @throws IllegalArgumentException if the timeout is not positive.
     */
    public CompletableFuture<TreeView> debugGetTreeAsync(
        final NodeId root, final Collection<NodeId> nodes, final Duration timeout) {
        return inspection.tree(root, nodes, timeout);
    }

    /**
     * As {@link #debugGetTreeAsync}, but waits for the answers: for the timeout if a node is down. Any thread but the
     * engine's; in invoker mode another one has to go on driving the engine.
     *
     * @param root    the root, which may be any node.
     * @param nodes   whom to ask.
     * @param timeout how long to wait for the answers; positive.
     * @return the tree, in which nodes that do not answer in time, or refuse to, are down.
     * @throws InterruptedException  if the thread is interrupted while it waits.
     * @throws IllegalStateException on the engine's own thread, which would wait for itself.
     */
    public TreeView debugGetTree(final NodeId root, final Collection<NodeId> nodes, final Duration timeout)
        throws InterruptedException {
        try {
            return answers.awaitTimed("debugGetTree", () -> inspection.tree(root, nodes, timeout));
        } catch (final TimeoutException ex) {
            throw new IllegalStateException("a tree takes what it has when its time is over", ex);
        }
    }

    /**
     * Asks a member, or this node itself, for the exchanges that it has initiated and that run. Any thread.
     *
     * @param node    whom to ask.
     * @param timeout how long to wait for the answer; positive.
     * @return the exchanges, or an exception as {@link #debugGetPeersAsync} has them.
     * @throws IllegalArgumentException if the timeout is not positive.
     */
    public CompletableFuture<List<Exchange>> exchangesAsync(final NodeId node, final Duration timeout) {
        return inspection.exchanges(node, timeout);
    }

    /**
     * As {@link #exchangesAsync}, but waits for the answer. Any thread but the engine's; in invoker mode another one
     * has to go on driving the engine.
     *
     * @param node    whom to ask.
     * @param timeout how long to wait for the answer; positive.
     * @return the exchanges.
     * @throws InterruptedException  if the thread is interrupted while it waits.
     * @throws TimeoutException      if the node does not answer in time.
     * @throws IllegalStateException on the engine's own thread, which would wait for itself.
     */
    public List<Exchange> exchanges(final NodeId node, final Duration timeout)
        throws InterruptedException, TimeoutException {
        return answers.awaitTimed("exchanges", () -> inspection.exchanges(node, timeout));
    }

    /**
     * All counters of the node, its protocol, its handlers and its transport. Any thread, also after the close.
     *
     * @return values by label, sorted by label; a snapshot.
     */
    public Map<String, Long> counters() {
        final Map<String, Long> values = counters.snapshot();
        transport.forEachCounter((label, value) -> values.put(label, value));
        return Collections.unmodifiableMap(values);
    }

    /**
     * What drives the engine where {@link EngineOptions#useInvoker()} is set; for one thread.
     *
     * @return the invoker, started; null where the engine has a thread of its own.
     */
    public AgentInvoker invoker() {
        return invoker;
    }

    /**
     * Whether the node is closed, or closing, or has ended of itself.
     *
     * @return true if so: broadcasts return {@link io.plumtree.api.BroadcastResult#CLOSED}.
     */
    public boolean isClosed() {
        return rings.isClosed();
    }

    /**
     * Closes the node: takes no more broadcasts, pushes those taken (for {@link EngineOptions#closeTimeoutNs()} at
     * most), says goodbye to the peers, closes handlers and transport, and waits until all that is done. Harmless when
     * closed, or when the node has ended of itself. Any thread; in invoker mode the one that invokes. From a callback
     * on the engine's thread it returns at once, and the closing goes on step by step at the duty cycles that follow:
     * in invoker mode invoke until {@link AgentInvoker#isClosed()}, or call this once more, outside of the callback.
     */
    @Override
    public void close() {
        rings.close();
        if (agent.isOnEngineThread()) {
            agent.terminate();
        } else if (loop == null) {
            invoker.close();
        } else {
            loop.close();
        }
    }

    private IdleStrategy idleStrategy(final NodeContext ctx) {
        final IdleStrategy strategy = ctx.engine().idleStrategySupplier().get();
        if (strategy instanceof SleepUntilWork sleeping) {
            sleeping.sleep(agent::sleep);
        }
        return strategy;
    }

    private void start(final NodeContext ctx) {
        if (loop == null) {
            invoker.start();
            return;
        }
        final ThreadFactory factory = ctx.engine().threadFactory() != null ? ctx.engine().threadFactory() : task -> {
            final Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        };
        loop.start(factory, ctx.engine().threadName() == null ? agent.roleName() : ctx.engine().threadName());
    }
}
