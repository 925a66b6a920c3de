package io.plumtree.handlers.testkit;

import io.plumtree.handlers.spi.BroadcastHandler;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * What every broadcast handler must keep to, as tests: extend it in a handler's own tests, and say how to make the
 * handler and data for it to broadcast. The package's description has an example.
 *
 * <p>Each test makes its own handlers, started on {@link TestNode}s, so make them small by {@link #options} where they
 * acquire much when they start. They must keep some hundreds of small messages for some seconds.
 */
public abstract class BroadcastHandlerContract {
    /** A contract for a handler to fulfil. */
    protected BroadcastHandlerContract() {
    }

    /**
     * Makes a handler, always of the same kind.
     *
     * @return a new handler, not started.
     */
    protected abstract BroadcastHandler createHandler();

    /**
     * An application's data, which the handler takes.
     *
     * @param number 0 or more; a different number gives different data, of which a different message is made that
     *     does not subsume the others (unless {@link #isSubsuming()}).
     * @return the data, as {@code broadcast} gets it.
     */
    protected abstract byte[] data(int number);

    /**
     * Options of the handler.
     *
     * @return values by what follows {@code handler.NAME.}; none, unless overridden.
     */
    protected Map<String, String> options() {
        return Map.of();
    }

    /**
     * Makes the handler broadcast a message. Override it for a handler that broadcasts of its own accord, or through a
     * front end.
     *
     * @param node   the handler's node.
     * @param number tells messages apart, as in {@link #data}.
     * @return the message; null if none was broadcast.
     */
    protected TestMessage broadcast(final TestNode node, final int number) {
        return node.broadcast(data(number));
    }

    /**
     * Data that the handler refuses to broadcast.
     *
     * @return samples; none, unless overridden.
     */
    protected List<byte[]> refusedData() {
        return List.of();
    }

    /**
     * Whether the handler has exchanges. If so, one between two handlers must bring each what it lacks.
     *
     * @return false, unless overridden.
     */
    protected boolean hasExchanges() {
        return false;
    }

    /**
     * How many exchanges it may take until two handlers have the same, for handlers that bound what one does.
     *
     * @return 16, unless overridden.
     */
    protected int maxExchanges() {
        return 16;
    }

    /**
     * Whether the handler knows the incarnations of nodes, from their messages, and says so in
     * {@link BroadcastHandler#latestIncarnation}.
     *
     * @return false, unless overridden: then it says 0.
     */
    protected boolean knowsIncarnations() {
        return false;
    }

    /**
     * Whether a message may subsume others that were made of other data. Then a graft of a message that was merged may
     * be answered as stale, and a message that was not merged may be stale.
     *
     * @return false, unless overridden.
     */
    protected boolean isSubsuming() {
        return false;
    }

    /**
     * What an application sees of a handler; it must not change when a message comes that is here already, or that is
     * malformed.
     *
     * @param handler a started handler.
     * @return something to be compared by {@code equals}, such as a copy of a map; null, unless overridden, if nothing
     *     is to be compared.
     */
    protected Object visibleState(final BroadcastHandler handler) {
        return null;
    }

    /**
     * Begins all that is random, so that a failure can be repeated. Failures name it.
     *
     * @return a constant, unless overridden.
     */
    protected long seed() {
        return 20_261_122L;
    }

    /** A message is new once, in whatever order messages come, and changes nothing when it comes again. */
    @Test
    public void shouldTakeAMessageAsNewOnce() {
        ContractCluster.run(this, MergeChecks::newOnce);
    }

    /** {@code isStale} says true exactly when {@code merge} would say false, and changes nothing. */
    @Test
    public void shouldSayStaleExactlyWhenAMergeWouldSayOld() {
        ContractCluster.run(this, MergeChecks::staleAgreesWithMerge);
    }

    /** What this node has broadcast is stale here, too, and old when a peer sends it back. */
    @Test
    public void shouldKnowItsOwnBroadcasts() {
        ContractCluster.run(this, MergeChecks::ownBroadcasts);
    }

    /** A graft finds what was merged, with the same payload; so the handler has kept no buffer of the call. */
    @Test
    public void shouldFindWhatWasMerged() {
        ContractCluster.run(this, GraftChecks::merged);
    }

    /** A graft finds what this node has broadcast. */
    @Test
    public void shouldFindItsOwnBroadcasts() {
        ContractCluster.run(this, GraftChecks::ownBroadcasts);
    }

    /** A graft finds nothing under an id that was never merged, be it well formed or not. */
    @Test
    public void shouldFindNothingUnderAnUnknownId() {
        ContractCluster.run(this, GraftChecks::unknownIds);
    }

    /** Ids and payloads are where the arguments say, at any offset. */
    @Test
    public void shouldHonourOffsets() {
        ContractCluster.run(this, GraftChecks::offsets);
    }

    /** Bytes that are no message are refused, and nothing else happens. */
    @Test
    public void shouldRefuseMalformedMessages() {
        ContractCluster.run(this, MalformedChecks::messages);
    }

    /** Data that can't be broadcast is refused by not claiming. */
    @Test
    public void shouldRefuseDataWithoutClaiming() {
        ContractCluster.run(this, BroadcastChecks::refusedData);
    }

    /** A failed claim is no error: nothing is broadcast, and the next one works. */
    @Test
    public void shouldBroadcastAgainAfterBackPressure() {
        ContractCluster.run(this, BroadcastChecks::backPressure);
    }

    /** A handler without exchanges asks for none, and takes part in none. */
    @Test
    public void shouldTakePartInNoExchangeIfItHasNone() {
        Assumptions.assumeFalse(hasExchanges(), "the handler has exchanges");
        ContractCluster.run(this, ExchangeChecks::none);
    }

    /** Exchanges bring both sides what they lack, whichever of them initiates. */
    @Test
    public void shouldConvergeByExchanges() {
        assumeExchanges();
        ContractCluster.run(this, ExchangeChecks::converge);
    }

    /** Exchanges work with little room to send. */
    @Test
    public void shouldConvergeThroughASmallWindow() {
        assumeExchanges();
        ContractCluster.run(this, ExchangeChecks::convergeThroughSmallWindow);
    }

    /** A node may initiate an exchange with a peer while it takes part in one that the peer has initiated. */
    @Test
    public void shouldConvergeByExchangesInBothDirectionsAtOnce() {
        assumeExchanges();
        ContractCluster.run(this, ExchangeChecks::convergeInBothDirectionsAtOnce);
    }

    /** An exchange whose link is lost, at whichever message, does no harm: the next one goes on. */
    @Test
    public void shouldConvergeAfterAnExchangeThatWasCut() {
        assumeExchanges();
        ContractCluster.run(this, CutChecks::cut);
    }

    /** An exchange that is cancelled, at whichever step, does no harm. */
    @Test
    public void shouldConvergeAfterAnExchangeThatWasCancelled() {
        assumeExchanges();
        ContractCluster.run(this, CutChecks::cancelled);
    }

    /** A peer that sends nonsense in an exchange does no harm. */
    @Test
    public void shouldSurviveMalformedExchangeMessages() {
        assumeExchanges();
        ContractCluster.run(this, MalformedChecks::exchangeMessages);
    }

    /** A handler tells the latest incarnation of a node that it knows, and makes ids of its own node's present one. */
    @Test
    public void shouldTellTheLatestIncarnationThatItKnows() {
        ContractCluster.run(this, IncarnationChecks::tellsTheLatest);
    }

    /** What nobody has seen when the incarnation is raised is new to others under its new ids. */
    @Test
    public void shouldBroadcastAgainUnderALaterIncarnation() {
        ContractCluster.run(this, IncarnationChecks::broadcastsAgain);
    }

    private void assumeExchanges() {
        Assumptions.assumeTrue(hasExchanges(), "the handler has no exchanges");
    }
}
