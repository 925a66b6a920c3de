package io.plumtree.protocol;

import io.plumtree.protocol.options.PlumtreeOptions;

/**
 * What is kept of the messages of one channel's handlers. The trees are shared; what fills up, or has to wait for its
 * turn, is not, so that no channel's messages find it taken by another's.
 */
final class Lane {
    final int channel;
    final RelayHold hold;
    final LazyPush lazyPush;
    final Acknowledgements acknowledgements;
    final Grafting grafting;
    final Pruning pruning;
    final SourceQuench quench;

    Lane(
        final int channel,
        final long self,
        final PlumtreeOptions options,
        final PlumtreeEffects effects,
        final ProtocolCounters counters,
        final MemberIndexes peers,
        final Trees trees,
        final long nowNs) {
        this.channel = channel;
        hold = new RelayHold(options.flowControl().relayHoldNs(), counters, options.maxPeers());
        lazyPush = new LazyPush(channel, options, effects, counters, peers, trees);
        acknowledgements = new Acknowledgements(options, effects, counters, lazyPush.messages());
        grafting = new Grafting(options, effects, counters, peers, trees, lazyPush, acknowledgements, hold);
        quench = new SourceQuench(self, options, effects, counters, peers, trees, nowNs);
        pruning = new Pruning(self, options, effects, counters, trees, lazyPush, grafting);
    }
}
