package io.plumtree.protocol;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** A key is a flyweight, valid during an effect: the core reads it before, and not afterwards. */
class OverwrittenKeyTest extends PlumtreeFixture {
    @Test
    void shouldPutTheAnnouncerIntoTheTreeOfTheMessagesRootWhereNothingIsWaitedFor() {
        options.grafts().graftTimeoutNs(0);
        start(nodes(), nodes(10, 20, 30, 40));
        effects.isOverwriting = true;
        assertFalse(plumtree.isEager(10, 1));
        ihave(1, 7, 2, 10);
        expect("graft 1 m7 r2 root 10");
        assertTrue(plumtree.isEager(10, 1));
    }

    @Test
    void shouldPutTheAnnouncerIntoTheTreeOfTheMessagesRootWhenItsTimeIsUp() {
        start(nodes(10), nodes(20, 30, 40));
        effects.isOverwriting = true;
        assertFalse(plumtree.isEager(10, 1));
        ihave(1, 7, 2, 10);
        pass(102);
        expect("graft 1 m7 r2 root 10");
        assertTrue(plumtree.isEager(10, 1));
    }
}
