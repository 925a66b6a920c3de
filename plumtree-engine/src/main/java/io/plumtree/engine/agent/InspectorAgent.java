package io.plumtree.engine.agent;

import io.plumtree.api.Exchange;
import io.plumtree.api.NodeId;
import io.plumtree.api.transport.FrameHandler;
import io.plumtree.api.transport.Session;
import io.plumtree.api.transport.Transport;
import io.plumtree.engine.codec.AnswerPart;
import io.plumtree.engine.codec.DecodeResult;
import io.plumtree.engine.codec.FrameDecoder;
import io.plumtree.engine.codec.FrameListeners;
import io.plumtree.engine.codec.MemberState;
import io.plumtree.engine.codec.Query;
import io.plumtree.engine.codec.QueryFrameListener;
import io.plumtree.engine.codec.TreePeer;
import io.plumtree.engine.counting.EngineCounter;
import io.plumtree.engine.counting.EngineCounters;
import io.plumtree.engine.counting.ErrorReporter;
import io.plumtree.engine.counting.ErrorSource;
import io.plumtree.engine.counting.Failures;
import io.plumtree.engine.options.QueryOptions;
import io.plumtree.engine.query.OnDemandLinks;
import io.plumtree.engine.query.QueryAsker;
import io.plumtree.engine.query.QueryTarget;
import io.plumtree.engine.query.Question;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

/** Asks nodes from outside of their cluster: drives a transport, takes in answers and nothing else. */
public final class InspectorAgent implements Agent, FrameHandler, QueryFrameListener {
    private static final long CHECK_PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int FRAME_LIMIT = 64;

    private final FrameDecoder decoder = new FrameDecoder(new FrameListeners().queries(this));
    private final NodeId self;
    private final long cluster;
    private final Transport transport;
    private final EngineCounters counters;
    private final ErrorSource errors;
    private final ErrorSource loopErrors;
    private final OnDemandLinks links;
    private final QueryAsker asker;
    private final QueryQueue commands;
    private final NanoClock clock;
    private final Shutdown shutdown;
    private long nowNs;
    private long nextCheckNs;

    /**
     * An inspector that is about to run.
     *
     * @param self          what it calls itself.
     * @param cluster       what stands for the cluster.
     * @param transport     its transport, listening.
     * @param options       of queries.
     * @param commandLength how many questions to the agent may wait.
     * @param counters      where to count.
     * @param reporter      where to report errors.
     * @param clock         the time.
     */
    public InspectorAgent(
        final NodeId self,
        final long cluster,
        final Transport transport,
        final QueryOptions options,
        final int commandLength,
        final EngineCounters counters,
        final ErrorReporter reporter,
        final NanoClock clock) {
        this.clock = clock;
        this.self = self;
        this.cluster = cluster;
        this.transport = transport;
        this.counters = counters;
        this.errors = reporter.source("inspector");
        this.loopErrors = reporter.source(null);
        this.links = new OnDemandLinks(transport, options, counters::increment);
        this.asker = new QueryAsker(cluster, self, transport.localEndpoint(), options, counters::increment);
        this.commands = new QueryQueue(commandLength, counters, () -> { });
        final NodeEnd end = new NodeEnd(reporter, cause -> { });
        this.shutdown = new Shutdown(
            end,
            new ClosePhase[] {
                ClosePhase.of(() -> commands.close(end.cause())),
                ClosePhase.of(() -> asker.close(Failures.closed(end.cause()))),
                ClosePhase.of(transport::close)
            },
            loopErrors,
            clock,
            0);
        this.nowNs = clock.nanoTime();
        this.nextCheckNs = nowNs;
    }

    @Override
    public String roleName() {
        return "plumtree-inspector";
    }

    /**
     * The way to the agent's thread. Any thread.
     *
     * @return where to ask.
     */
    public QueryQueue commands() {
        return commands;
    }

    /**
     * Asks a node; on the agent's thread.
     *
     * @param endpoint  where it listens.
     * @param node      who has to answer; null for whoever listens there.
     * @param question  what to ask.
     * @param timeoutNs how long to wait.
     * @param answer    completed with the answer, on another thread.
     * @param <T>       what the answer's entries are.
     * @param <R>       what the answer is.
     */
    public <T, R> void ask(
        final String endpoint,
        final NodeId node,
        final Question<T, R> question,
        final long timeoutNs,
        final CompletableFuture<R> answer) {
        if (!answer.isDone()) {
            final String name = node == null ? endpoint : "node '" + node + "' at " + endpoint;
            asker.ask(
                new QueryTarget(node, name, timeNs -> links.connected(endpoint, timeNs)),
                question, nowNs, timeoutNs, answer);
        }
    }

    @Override
    public int doWork() {
        try {
            return doWork(clock.nanoTime());
        } catch (final Throwable ex) {
            if (Failures.endsLoop(ex)) {
                onThreadEnd(ex);
            }
            throw ex;
        }
    }

    /**
     * What runs the inspector has caught something, which ends it or is reported. The agent's thread.
     *
     * @param error what was caught.
     */
    public void onLoopError(final Throwable error) {
        if (Failures.endsLoop(error)) {
            onThreadEnd(error);
        } else {
            loopErrors.onError(error);
        }
    }

    /**
     * The thread that ran the inspector ends: so does the inspector, if it has not yet, and what waits fails.
     *
     * @param error what it ends with; null for nothing.
     */
    public void onThreadEnd(final Throwable error) {
        shutdown.run(error);
    }

    int doWork(final long timeNs) {
        nowNs = timeNs;
        int workCount = commands.poll();
        workCount += transport.doWork(timeNs);
        workCount += transport.poll(this, FRAME_LIMIT);
        if (timeNs - nextCheckNs >= 0) {
            nextCheckNs = timeNs + CHECK_PERIOD_NS;
            workCount += asker.doWork(timeNs) + links.closeIdle(timeNs);
        }
        return workCount;
    }

    @Override
    public void onClose() {
        shutdown.run(null);
    }

    @Override
    public boolean onFrame(
        final Session session, final DirectBuffer buffer, final int offset, final int length) {
        try {
            final DecodeResult result = decoder.decode(buffer, offset, length);
            count(result);
            if (result == DecodeResult.CONSUMED) {
                // Who answers is to be heard again: on a link that it keeps for a while.
                session.confirm();
            }
        } catch (final Throwable ex) {
            Failures.rethrowIfFatal(ex);
            counters.increment(EngineCounter.FRAMES_FAILED);
            errors.report("a frame", ex);
        }
        return true;
    }

    private void count(final DecodeResult result) {
        switch (result) {
            case CONSUMED -> counters.increment(EngineCounter.FRAMES);
            case STRANGER -> counters.increment(EngineCounter.FRAMES_STRANGERS);
            case TOO_SHORT -> counters.increment(EngineCounter.FRAMES_TOO_SHORT);
            case OTHER_SCHEMA -> counters.increment(EngineCounter.FRAMES_OTHER_SCHEMA);
            case UNKNOWN_TEMPLATE -> counters.increment(EngineCounter.FRAMES_UNKNOWN_TEMPLATE);
            default -> counters.increment(EngineCounter.FRAMES_MALFORMED);
        }
    }

    @Override
    public boolean accepts(final long frameCluster, final long sender) {
        return frameCluster == cluster && sender != self.value();
    }

    /** There is nothing to tell of an inspector. */
    @Override
    public void onQuery(final long sender, final Query query) {
        counters.increment(EngineCounter.FRAMES_STRANGERS);
    }

    @Override
    public void onMembersAnswer(final AnswerPart<MemberState> part) {
        asker.onMembersAnswer(part);
    }

    @Override
    public void onPeersAnswer(final AnswerPart<TreePeer> part) {
        asker.onPeersAnswer(part);
    }

    @Override
    public void onExchangesAnswer(final long incarnation, final AnswerPart<Exchange> part) {
        asker.onExchangesAnswer(part);
    }

    @Override
    public void onQueryRefused(final long sender, final long correlation, final int code) {
        asker.onQueryRefused(sender, correlation, code);
    }
}
