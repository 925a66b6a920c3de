package io.plumtree.node.demo;

/**
 * How far a worker under load has come: little enough to be asked for often.
 *
 * @param timeNs        when, by the worker's clock.
 * @param published     messages of its own that have been taken by its node.
 * @param backPressured times that its node refused one for the time being.
 * @param received      different messages of others.
 */
record LoadStatus(long timeNs, long published, long backPressured, long received) {
}
