package io.plumtree.handlers.testkit;

import io.plumtree.api.NodeId;
import io.plumtree.handlers.spi.GraftResult;
import io.plumtree.handlers.spi.MalformedMessageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;

/** Nodes that a check needs, each with a handler of the contract; words what goes wrong there. */
final class ContractCluster {
    /** Enough for order and bounds to matter, few enough to be quick. */
    static final int MESSAGE_COUNT = 12;
    private static final long INCARNATION = 1_000;
    private static final int LEAP = 1_000_003;

    final Random random;
    private final BroadcastHandlerContract contract;
    private final List<TestNode> nodes = new ArrayList<>();
    private int nextNumber;

    private ContractCluster(final BroadcastHandlerContract contract) {
        this.contract = contract;
        random = new Random(contract.seed());
    }

    /** Runs a check on a cluster of its own. */
    static void run(final BroadcastHandlerContract contract, final Consumer<ContractCluster> check) {
        final ContractCluster cluster = new ContractCluster(contract);
        check.accept(cluster);
        cluster.close();
    }

    BroadcastHandlerContract contract() {
        return contract;
    }

    TestNode node(final String name) {
        final TestNode node = new TestNode(
            NodeId.of(name),
            INCARNATION,
            Objects.requireNonNull(contract.createHandler(), "createHandler"),
            contract.options());
        nodes.add(node);
        return node;
    }

    /** Messages of a node that has no other purpose. */
    List<TestMessage> messages(final String origin, final int count) {
        return messages(node(origin), count);
    }

    /** Messages that a node broadcasts now. */
    List<TestMessage> messages(final TestNode origin, final int count) {
        final List<TestMessage> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            messages.add(broadcast(origin));
        }
        return messages;
    }

    /** From here on data is so different from that before, that no change of a bit makes one of the other. */
    void leap() {
        nextNumber += LEAP;
    }

    TestMessage broadcast(final TestNode node) {
        final int number = nextNumber++;
        final TestMessage message =
            quietly("broadcasting data(" + number + ")", () -> contract.broadcast(node, number));
        if (message == null) {
            throw failure("broadcasting data(" + number + ") has made no message: broadcastData must claim"
                + " space for it (unless contract.data gives what the handler refuses)");
        }
        return message;
    }

    boolean merge(final TestNode node, final TestMessage message) {
        return quietly("merge of " + message, () -> node.merge(message));
    }

    boolean isStale(final TestNode node, final TestMessage message) {
        return quietly("isStale of the id of " + message, () -> node.isStale(message.id()));
    }

    GraftResult graft(final TestNode node, final TestMessage message) {
        final GraftResult result = quietly("graft of the id of " + message, () -> node.graft(message.id()));
        if (result == null) {
            throw failure("graft of the id of " + message + " answered null, which is no GraftResult");
        }
        return result;
    }

    Object visibleState(final TestNode node) {
        return contract.visibleState(node.handler());
    }

    /** A verdict on bytes that may be malformed, which is the only reason to throw. */
    Verdict verdict(final String doing, final Call<Boolean> call) {
        try {
            return call.run() ? Verdict.YES : Verdict.NO;
        } catch (final MalformedMessageException ex) {
            return Verdict.MALFORMED;
        } catch (final RuntimeException | Error ex) {
            throw failure(doing + " threw " + ex + ", where only a MalformedMessageException is allowed", ex);
        }
    }

    /** Whether a handler that may have suffered still does all that it must do with messages of an origin new to it. */
    void checkUsable(final TestNode node, final String after) {
        leap();
        final TestNode origin = node("fresh-" + nodes.size());
        for (final TestMessage message : messages(origin, 3)) {
            final boolean isStale = isStale(node, message);
            final boolean isNew = merge(node, message);
            if (isNew == isStale || !isNew && !contract.isSubsuming()) {
                throw failure("after " + after + ", isStale said " + isStale + " and merge said " + isNew
                    + " of a new " + message);
            }
            if (merge(node, message) || !isStale(node, message)) {
                throw failure("after " + after + ", a merged message does not count as seen: " + message);
            }
            GraftChecks.checkFound(this, node, message, "after " + after + ", ");
        }
        broadcast(node);
    }

    void checkNoErrors(final TestNode node, final String when) {
        if (!node.errors().isEmpty()) {
            final Throwable error = node.errors().get(0);
            throw failure("the handler at " + node.self() + " reported an error " + when + ": " + error, error);
        }
    }

    AssertionError failure(final String message) {
        return failure(message, null);
    }

    AssertionError failure(final String message, final Throwable cause) {
        return new AssertionError(message + " (seed " + contract.seed() + ")", cause);
    }

    /** Calls what must not throw. */
    <T> T quietly(final String doing, final Call<T> call) {
        try {
            return call.run();
        } catch (final AssertionError ex) {
            throw ex;
        } catch (final RuntimeException | Error ex) {
            throw failure(doing + " threw " + ex, ex);
        }
    }

    private void close() {
        for (final TestNode node : nodes) {
            quietly("onClose", () -> {
                node.close();
                return null;
            });
        }
    }

    /** What is called. */
    @FunctionalInterface
    interface Call<T> {
        T run();
    }

    /** What a handler says. */
    enum Verdict {
        YES, NO, MALFORMED
    }
}
