package io.plumtree.handlers.testkit;

import io.plumtree.handlers.spi.ExchangeEnd;
import io.plumtree.handlers.spi.ExchangeResult;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Runs exchanges between the handlers of two nodes on the calling thread, without an engine: {@link #run} does one from
 * its beginning to its end; {@link #start}, {@link #step} and {@link #cancel} do it piece by piece. Settings hold for
 * exchanges that start after them.
 *
 * <p>It takes the SPI at its word, and the less convenient way where there is a choice. Messages arrive in order and
 * as copies, some of them in each step. {@code send} says false until the other side has accepted, and whenever more
 * than a window is on its way. {@code complete} lets what was sent before arrive; what the other side sends meanwhile
 * is lost. {@code onEnd} comes in the step that follows the end. Each step is a millisecond of both nodes' time, in
 * which their handlers do their housekeeping, too. Tasks run on threads of their own, in real time.
 *
 * <p>For the thread that made both nodes.
 */
public final class ExchangePair {
    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final TestNode initiatorNode;
    private final TestNode acceptorNode;
    private int windowLength = TestNode.MAX_MESSAGE_LENGTH;
    private int maxMessageLength = TestNode.MAX_MESSAGE_LENGTH;
    private long timeoutNs = TimeUnit.SECONDS.toNanos(10);
    private boolean isNeeded;
    private int lossAfter = ExchangeWire.NEVER;
    private int tamperAt = ExchangeWire.NEVER;
    private UnaryOperator<byte[]> tamper;
    private long id;
    private long startNs;
    private ExchangeResult answer;
    private ExchangeWire wire;
    private ExchangeSide initiator;
    private ExchangeSide acceptor;

    /**
     * Both nodes of all exchanges that follow.
     *
     * @param initiator asks for the exchanges.
     * @param acceptor  is asked.
     */
    public ExchangePair(final TestNode initiator, final TestNode acceptor) {
        this.initiatorNode = initiator;
        this.acceptorNode = acceptor;
    }

    /**
     * How much may be on its way in one direction.
     *
     * @param length bytes of messages, at least 0; one message may always be.
     * @return this.
     */
    public ExchangePair windowLength(final int length) {
        windowLength = length;
        return this;
    }

    /**
     * The longest message.
     *
     * @param length bytes; by the SPI at least the longest message of a node.
     * @return this.
     */
    public ExchangePair maxMessageLength(final int length) {
        maxMessageLength = length;
        return this;
    }

    /**
     * When an exchange is ended as {@link ExchangeEnd#TIMED_OUT}.
     *
     * @param durationNs how long it may take of the nodes' time, in nanoseconds; 10 s if not set.
     * @return this.
     */
    public ExchangePair timeoutNs(final long durationNs) {
        timeoutNs = durationNs;
        return this;
    }

    /**
     * What the initiator's session says of {@link io.plumtree.handlers.spi.ExchangeSession#isNeeded()}.
     *
     * @param isTrue what it says.
     * @return this.
     */
    public ExchangePair needed(final boolean isTrue) {
        isNeeded = isTrue;
        return this;
    }

    /**
     * Loses the link in the midst of an exchange.
     *
     * @param messageCount as soon as so many messages have arrived, at both sides together; a negative number for
     *     never.
     * @return this.
     */
    public ExchangePair loseLinkAfter(final int messageCount) {
        lossAfter = messageCount;
        return this;
    }

    /**
     * Changes a message on its way: what a peer with an error, or of another version, would send.
     *
     * @param index  the how manieth message to arrive, at both sides together, from 0; a negative number for none.
     * @param change makes another message of it.
     * @return this.
     */
    public ExchangePair tamper(final int index, final UnaryOperator<byte[]> change) {
        tamperAt = index;
        tamper = change;
        return this;
    }

    /**
     * Runs an exchange to its end.
     *
     * @return what became of it.
     */
    public ExchangeOutcome run() {
        start();
        while (!isOver()) {
            step();
        }
        return outcome();
    }

    /**
     * Asks the initiator for an exchange, and if it wants one the other side to accept it. None may be running.
     *
     * @return whether an exchange runs now.
     */
    public boolean start() {
        if (wire != null && !isOver()) {
            throw new IllegalStateException("exchange " + id + " is not over: step until it is");
        }
        id++;
        startNs = initiatorNode.nowNs();
        wire = new ExchangeWire(id, windowLength, maxMessageLength, isNeeded, lossAfter, tamperAt, tamper);
        initiator = new ExchangeSide(wire, initiatorNode, true);
        acceptor = new ExchangeSide(wire, acceptorNode, false);
        initiator.other(acceptor);
        acceptor.other(initiator);
        answer = ask(
            initiator, "exchange", () -> initiatorNode.handler().exchange(acceptorNode.self(), initiator));
        if (answer == ExchangeResult.RUNNING) {
            accept();
        }
        return answer == ExchangeResult.RUNNING && !isOver();
    }

    private void accept() {
        final ExchangeResult accepted = ask(
            acceptor, "acceptExchange", () -> acceptorNode.handler().acceptExchange(initiatorNode.self(), acceptor));
        switch (accepted) {
            case RUNNING -> wire.accepted();
            case DONE -> initiator.end(ExchangeEnd.COMPLETED);
            case FAILED -> initiator.end(ExchangeEnd.FAILED);
            default -> initiator.end(ExchangeEnd.REFUSED);
        }
    }

    private static ExchangeResult ask(
        final ExchangeSide side, final String method, final Supplier<ExchangeResult> question) {
        final ExchangeResult[] result = {ExchangeResult.FAILED};
        side.startable(true);
        try {
            side.node().call(() -> result[0] = question.get());
        } catch (final RuntimeException ex) {
            side.node().context().onError(ex);
        } finally {
            side.startable(false);
        }
        if (result[0] == null) {
            throw new AssertionError(method + " answered null, which is no ExchangeResult");
        }
        if (result[0] == ExchangeResult.RUNNING != side.isStarted()) {
            throw new AssertionError(method + " answered " + result[0]
                + (side.isStarted() ? ", but has started the session" : " without having started the session"));
        }
        if (side.runner() != null) {
            side.runner().start();
        }
        return result[0];
    }

    /**
     * A duty cycle of both nodes: time passes, some messages arrive, both sides get to do some work.
     *
     * @return how much was done; 0 if nothing.
     */
    public int step() {
        initiatorNode.advance(STEP_NS);
        acceptorNode.advance(STEP_NS);
        if (wire.isLost()) {
            endBoth(ExchangeEnd.LINK_LOST);
        } else if (initiatorNode.nowNs() - startNs > timeoutNs) {
            endBoth(ExchangeEnd.TIMED_OUT);
        }
        final int workCount = initiator.work() + acceptor.work();
        if (isOver()) {
            joinTasks();
        } else if (workCount == 0) {
            awaitTasks();
        }
        return workCount;
    }

    /**
     * Ends the exchange at both sides, wherever it has not ended.
     */
    public void cancel() {
        endBoth(ExchangeEnd.CANCELLED);
    }

    /**
     * Whether nothing is left to do: no exchange was wanted, or it has ended at both sides and they have been told.
     *
     * @return true if so.
     */
    public boolean isOver() {
        return answer != ExchangeResult.RUNNING || isOver(initiator) && isOver(acceptor);
    }

    /**
     * Whether the initiator has asked for another exchange to follow; that it does is the test's choice.
     *
     * @return true if so.
     */
    public boolean wantsAgain() {
        return initiator.wantsAgain();
    }

    /**
     * Whether the initiator has called this exchange unsettled: the peer may have soon what it lacks.
     *
     * @return true if so.
     */
    public boolean isUnsettled() {
        return initiator.isUnsettled();
    }

    private static boolean isOver(final ExchangeSide side) {
        return !side.isStarted() || side.isEndReported();
    }

    /**
     * What became of the exchange so far.
     *
     * @return its ends, null where it has not ended.
     */
    public ExchangeOutcome outcome() {
        return new ExchangeOutcome(answer, initiator.end(), acceptor.end(), wire.messageCount());
    }

    private void endBoth(final ExchangeEnd end) {
        initiator.end(end);
        acceptor.end(end);
    }

    private void joinTasks() {
        if (initiator.runner() != null) {
            initiator.runner().join();
        }
        if (acceptor.runner() != null) {
            acceptor.runner().join();
        }
    }

    private void awaitTasks() {
        if (isBusy(initiator) || isBusy(acceptor)) {
            try {
                wire.awaitChange();
            } catch (final InterruptedException ex) {
                Thread.currentThread().interrupt();
                cancel();
            }
        }
    }

    private static boolean isBusy(final ExchangeSide side) {
        return side.runner() != null && side.runner().isAlive();
    }
}
