package io.plumtree.engine.agent;

import io.plumtree.api.Exchange;
import io.plumtree.engine.codec.AnswerPart;
import io.plumtree.engine.codec.MemberState;
import io.plumtree.engine.codec.Query;
import io.plumtree.engine.codec.QueryFrameListener;
import io.plumtree.engine.codec.TreePeer;
import io.plumtree.engine.peers.FrameOrigin;

/** Takes in queries and answers. */
final class QueryReceiver implements QueryFrameListener {
    private final FrameOrigin origin;
    private final Inspection inspection;

    QueryReceiver(final FrameOrigin origin, final Inspection inspection) {
        this.origin = origin;
        this.inspection = inspection;
    }

    @Override
    public boolean accepts(final long cluster, final long sender) {
        return origin.acceptsStranger(cluster, sender);
    }

    @Override
    public void onQuery(final long sender, final Query query) {
        inspection.responder().onQuery(sender, query, origin.nowNs());
    }

    @Override
    public void onMembersAnswer(final AnswerPart<MemberState> part) {
        confirmAnswer(part.correlation());
        inspection.asker().onMembersAnswer(part);
    }

    @Override
    public void onPeersAnswer(final AnswerPart<TreePeer> part) {
        confirmAnswer(part.correlation());
        inspection.asker().onPeersAnswer(part);
    }

    @Override
    public void onExchangesAnswer(final long incarnation, final AnswerPart<Exchange> part) {
        confirmAnswer(part.correlation());
        inspection.asker().onExchangesAnswer(part);
    }

    @Override
    public void onQueryRefused(final long sender, final long correlation, final int code) {
        inspection.asker().onQueryRefused(sender, correlation, code);
    }

    /** Who was asked is to be heard to the end of its answer, however long it is. */
    private void confirmAnswer(final long correlation) {
        if (inspection.asker().isPending(correlation)) {
            origin.session().confirm();
        }
    }
}
