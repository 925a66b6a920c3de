/**
 * For programs and tests that run many nodes on one machine: the demonstration, the rig, and the tests. They take their
 * ports from one place, so that none takes another's, and wait in a way that does not count the time in which the
 * machine stood still.
 *
 * <p>The engine does not know this module, and no application needs it.
 */
module io.plumtree.harness {
    exports io.plumtree.harness;
}
