package io.plumtree.system.hostile;

import io.plumtree.system.hostile.Attacks.By;
import org.junit.jupiter.api.Tag;

/** Somebody who knows where the nodes listen. */
@Tag("deep")
class StrangersForgeryTest extends ForgeryTests {
    StrangersForgeryTest() {
        super(By.STRANGER);
    }
}
