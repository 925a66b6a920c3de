package io.plumtree.api;

import java.util.Objects;

/**
 * What stands for one exchange among all of a cluster (the reference's exchange pid): two runs of a node never have
 * the same one.
 *
 * @param initiator   the node that started the exchange.
 * @param incarnation its run, positive.
 * @param id          the exchange's id in that run, positive.
 */
public record ExchangeHandle(NodeId initiator, long incarnation, long id) {
    /**
     * Checks that all is there.
     *
     * @param initiator   the node that started the exchange.
     * @param incarnation its run.
     * @param id          the exchange's id in that run.
     * @throws NullPointerException if the initiator is null.
     */
    public ExchangeHandle {
        Objects.requireNonNull(initiator, "initiator");
    }

    @Override
    public String toString() {
        return initiator + "/" + incarnation + "/" + id;
    }
}
